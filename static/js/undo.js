// What was done last can be taken back with Ctrl+Z, and done again with Ctrl+Y, one act after the other.
// The server says what was done in #undo, with a form that takes it back; this keeps those that came before.
(() => {
  "use strict";
  const STAYS = 12_000;
  const stacks = { undo: [], redo: [] };
  let seen = "";
  let fade;

  const place = () => {
    let bar = document.getElementById("undo");
    if (!bar) {
      bar = Object.assign(document.createElement("div"), { id: "undo", className: "undo-bar" });
      bar.setAttribute("role", "status");
      document.querySelector("main").append(bar);
    }
    return bar;
  };

  const note = () => {
    const form = place().querySelector(".undo-offer");
    if (!form || form.dataset.act === seen) return;
    seen = form.dataset.act;
    const step = { href: form.getAttribute("action"), values: Object.fromEntries(new FormData(form)) };
    if ("again" in form.dataset) stacks.redo.push(step);
    else stacks.undo.push(step);
    place().classList.remove("faded");
    clearTimeout(fade);
    fade = setTimeout(() => place().matches(":hover, :focus-within") || place().classList.add("faded"), STAYS);
  };

  const take = (stack) => {
    const step = stacks[stack].pop();
    if (!step) return;
    htmx.ajax("POST", step.href, { target: place(), swap: "innerHTML", values: step.values });
  };

  const known = (form) => Object.values(stacks).forEach((stack) => {
    const at = stack.findIndex((step) => step.href === form.getAttribute("action"));
    if (at >= 0) stack.splice(at, 1);
  });

  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.defaultPrevented) return;
    if (event.target.matches("input:not(.pick), select, textarea") || !window.htmx) return;
    const key = event.key.toLowerCase();
    const stack = key === "y" || (key === "z" && event.shiftKey) ? "redo" : key === "z" ? "undo" : "";
    if (!stack || !stacks[stack].length) return;
    event.preventDefault();
    take(stack);
  });

  document.addEventListener("submit", (event) => {
    if (event.target.matches("#undo .undo-offer")) known(event.target);
  }, true);

  document.addEventListener("htmx:after:swap", (event) => {
    const taken = event.detail?.ctx?.target?.id === "undo";
    if (!taken && place().querySelector(".undo-offer")?.dataset.act !== seen) stacks.redo.length = 0;
    note();
    if (taken) document.dispatchEvent(new CustomEvent("acts:changed"));
  });
  place();
})();
