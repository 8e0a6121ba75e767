// What every page shares. Everything works without it; listeners stand on the document and outlive swaps.
"use strict";

const root = document.documentElement;

function isTyping(element) {
  return element.matches("input, select, textarea") || element.isContentEditable;
}

function focusSearch(event) {
  const search = document.querySelector("[data-search]");
  if (!search) return;
  event.preventDefault();
  search.focus();
  search.select();
}

document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !isTyping(event.target)) focusSearch(event);
  else if (event.key === "Escape") closeMenus(null);
});

// One open menu at a time; a click elsewhere closes it.
function closeMenus(inside) {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (menu.contains(inside)) continue;
    if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
    menu.open = false;
  }
}

function toggleTheme() {
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  try {
    localStorage.setItem("theme", root.dataset.theme);
  } catch {
    // It then holds for this page only.
  }
}

document.addEventListener("click", (event) => {
  closeMenus(event.target);
  if (event.target.closest("[data-theme-toggle]")) toggleTheme();
  if (event.target.closest("[data-print]")) print();
  const close = event.target.closest("[data-dismiss]");
  if (close) close.closest(".notice").remove();
});

// Where to go on after a swap: the first wrong field, the summary, or what asks for focus.
function focusAfter(part) {
  const place =
    part.querySelector(".error-summary") || part.querySelector("[aria-invalid=true]") || part.querySelector("[autofocus]");
  if (place) place.focus();
}

function fadeTicks() {
  for (const done of document.querySelectorAll(".saved")) setTimeout(() => done.classList.remove("saved"), 1000);
}

// An answer may go elsewhere than it was asked for, so the busy part is remembered by its request.
const busy = new WeakMap();
document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
  if (!(ctx.target instanceof Element)) return;
  busy.set(ctx, ctx.target);
  ctx.target.setAttribute("aria-busy", "true");
});
document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => {
  busy.get(ctx)?.removeAttribute("aria-busy");
});
document.addEventListener("htmx:after:swap", (event) => {
  const target = event.detail.ctx?.target;
  if (target === document.body) scrollTo(0, 0);
  const part = target?.isConnected ? target : document.querySelector("main");
  // The grid knows by itself where to go on.
  if (part && !part.closest("table.roster")) focusAfter(part);
  fadeTicks();
});

document.addEventListener("DOMContentLoaded", () => {
  document.querySelector(".error-summary")?.focus();
  fadeTicks();
});
