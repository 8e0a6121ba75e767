// Rows chosen on the roster: a click, Shift for a range, Space on a row, the whole page, or all that match. What is
// chosen outlives pages and filters of this window: only keys of rows are kept, and the server asks the rights anew.
(() => {
  "use strict";
  const form = () => document.querySelector("[data-chosen]");
  const picks = () => [...document.querySelectorAll(".roster tbody .pick")];
  const pageBox = () => document.querySelector(".roster [data-pick-page]");
  let anchor = null;
  let every = null;

  const key = () => `chosen:${form().dataset.chosen}`;
  const held = () => {
    try {
      return new Set(JSON.parse(sessionStorage.getItem(key()) ?? "[]"));
    } catch {
      return new Set();
    }
  };
  const keep = (chosen) => {
    try {
      if (chosen.size) sessionStorage.setItem(key(), JSON.stringify([...chosen]));
      else sessionStorage.removeItem(key());
    } catch {
      // What is ticked on this page still counts.
    }
  };

  const mark = (pick, on) => {
    pick.checked = on;
    pick.closest("tr").classList.toggle("chosen", on);
    if (pick.closest("[role=grid]")) pick.closest("tr").setAttribute("aria-selected", on);
  };

  // Ticks follow what is held; the bar says how many.
  const show = (chosen = held()) => {
    if (!form()) return;
    const here = picks();
    for (const pick of here) mark(pick, every !== null || chosen.has(pick.value));
    const ticked = here.filter((pick) => pick.checked).length;
    const box = pageBox();
    if (box) {
      box.checked = here.length > 0 && ticked === here.length;
      box.indeterminate = ticked > 0 && ticked < here.length;
    }
    tell(chosen, here);
  };

  const said = (words, number) => words.replace("{n}", number.toLocaleString("en-US"));

  const tell = (chosen, here) => {
    const bar = form();
    const elsewhere = [...chosen].filter((value) => !here.some((pick) => pick.value === value));
    bar.elements.ids.value = every === null ? elsewhere.join(",") : "";
    const many = every ?? chosen.size;
    const more = every === null && elsewhere.length ? said(bar.dataset.more, elsewhere.length) : "";
    const words = many ? said(every === null ? bar.dataset.some : bar.dataset.every, many) + more : "";
    const line = bar.querySelector("[data-count]");
    if (line.textContent !== words) line.textContent = words;
    bar.classList.toggle("on", many > 0);
    document.body.classList.toggle("choosing", many > 0);
    const all = bar.querySelector("[name=all]");
    if (all) all.hidden = every !== null || chosen.size >= Number(all.value);
  };

  const choose = (some, on) => {
    const chosen = every === null ? held() : new Set(picks().map((pick) => pick.value));
    every = null;
    for (const pick of some) chosen[on ? "add" : "delete"](pick.value);
    keep(chosen);
    show(chosen);
  };

  const range = (pick) => {
    const here = picks();
    const from = here.indexOf(anchor?.isConnected ? anchor : pick);
    const to = here.indexOf(pick);
    return here.slice(Math.min(from, to), Math.max(from, to) + 1);
  };

  const toggle = (pick, on, wide) => {
    choose(wide ? range(pick) : [pick], on);
    anchor = pick;
  };

  document.addEventListener("click", (event) => {
    const pick = event.target.closest?.(".roster .pick");
    if (pick) toggle(pick, pick.checked, event.shiftKey);
    else if (event.target.closest?.("[data-none]")) {
      every = null;
      keep(new Set());
      show(new Set());
      document.querySelector(".roster tbody [data-current] :is(a, .pick)")?.focus();
    }
  });

  // The cell around the small box belongs to it.
  document.addEventListener("mousedown", (event) => {
    if (event.shiftKey && event.target.closest?.(".roster .col-pick")) event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    if (event.target.matches?.(".roster tbody .col-pick")) event.target.querySelector(".pick").click();
  });

  document.addEventListener("change", (event) => {
    if (event.target.matches?.("[data-pick-page]")) choose(picks(), event.target.checked);
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== " " || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const row = event.target.closest?.(".roster tbody tr");
    const pick = row?.querySelector(".pick");
    const typing = event.target.matches("input:not(.pick), select, textarea, button");
    if (!pick || typing) return;
    event.preventDefault();
    toggle(pick, event.shiftKey && anchor?.isConnected ? anchor.checked : !pick.checked, event.shiftKey);
  });

  // "All that match" is first only said; the act then sends it along.
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-chosen]")) return;
    const bar = event.target;
    if (event.submitter?.name === "all") {
      event.preventDefault();
      every = Number(event.submitter.value);
      show();
      bar.querySelector(".chosen-acts button")?.focus();
    } else if (every !== null) {
      for (const pick of picks()) pick.disabled = true;
      const all = Object.assign(document.createElement("input"), { type: "hidden", name: "all", value: every });
      bar.append(all);
      setTimeout(() => {
        all.remove();
        for (const pick of picks()) pick.disabled = false;
      });
    }
  });

  // Another page or filter of the roster: who was chosen stays chosen, "all that match" does not.
  document.addEventListener("htmx:after:swap", (event) => {
    const target = event.detail?.ctx?.target;
    if (target?.closest?.(".roster")) return;
    every = null;
    show();
  });
  addEventListener("pageshow", () => show());

  const done = document.querySelector("[data-done]");
  if (done) sessionStorage.removeItem(`chosen:${done.dataset.done}`);
  show();
})();
