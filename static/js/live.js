// What others save appears in the rows that are shown. The page asks every few seconds, only while it is looked at and
// somebody is at it; the answer is empty unless something was done in the society meanwhile.
(() => {
  "use strict";
  const EVERY = 3_000;
  const REST = 5 * 60_000;
  const WASH = 1_500;
  let active = Date.now();
  let asking = false;
  let stopped = false;

  const roster = () => document.querySelector("#roster[data-head]");

  const ask = async () => {
    const shown = roster();
    if (!shown || asking || stopped || document.hidden) return;
    asking = true;
    try {
      const where = new URL(shown.dataset.changes, location);
      where.search = location.search;
      where.searchParams.set("since", shown.dataset.head);
      const answer = await fetch(where, { headers: { "HX-Request": "true", "HX-Request-Type": "partial" } });
      if (answer.status === 401 || answer.redirected) stopped = true;
      if (answer.status === 200 && shown.isConnected) apply(shown, await answer.text());
    } catch {
      // Out of reach for a moment; the next question will tell.
    } finally {
      asking = false;
    }
  };

  const apply = (shown, html) => {
    const part = Object.assign(document.createElement("template"), { innerHTML: html }).content.querySelector("table");
    if (!part) return;
    shown.dataset.head = part.dataset.head;
    const rows = new Map([...shown.querySelectorAll("table.roster > tbody > tr")].map((row) => [row.dataset.number, row]));
    const fresh = new Set();
    let washed = 0;
    for (const row of [...part.rows]) {
      fresh.add(row.dataset.number);
      const old = rows.get(row.dataset.number);
      if (old) for (const cell of [...row.cells]) washed += renew(old, cell);
    }
    for (const number of part.dataset.numbers.split(" ")) {
      rows.get(number)?.classList.toggle("gone", !fresh.has(number));
    }
    if (washed) say(part.dataset.said);
    enter(shown, part, rows);
  };

  // Who came in since the page was drawn stands in no row: a line says how many, and draws the page anew.
  const enter = (shown, part, rows) => {
    const known = (shown.dataset.entered ?? "").split(" ");
    const entered = new Set([...known, ...part.dataset.entered.split(" ")].filter((number) => number && !rows.has(number)));
    shown.dataset.entered = [...entered].join(" ");
    const words = part.dataset.many ?? (entered.size ? part.dataset.enteredSaid.replace("#", entered.size) : "");
    const count = document.getElementById("roster-count");
    if (!words || !count) return;
    const line = document.getElementById("entered") ?? Object.assign(document.createElement("p"), { id: "entered", className: "roster-entered" });
    line.setAttribute("role", "status");
    line.replaceChildren(Object.assign(document.createElement("a"), { href: location.href, textContent: words }));
    if (!line.isConnected) count.after(line);
  };

  // 1 where the cell shows something new.
  const renew = (row, cell) => {
    const name = [...cell.classList].find((word) => word.startsWith("col-"));
    const old = row.querySelector(`:scope > .${name}`);
    if (!old || standing(old) === standing(cell)) return 0;
    if (old.querySelector(".cell-form, .cell-early")) {
      touch(old, cell);
      return 1;
    }
    const focused = old.contains(document.activeElement);
    const roving = old.querySelector("a")?.tabIndex ?? old.tabIndex;
    old.replaceChildren(...cell.childNodes);
    for (const link of old.querySelectorAll("a")) if (old.closest("[role=grid]")) link.tabIndex = -1;
    if (old.querySelector("a") && roving === 0) old.querySelector("a").tabIndex = 0;
    if (focused) (old.querySelector("a") ?? old).focus();
    old.classList.add("washed");
    setTimeout(() => old.classList.remove("washed"), WASH);
    return 1;
  };

  // What stands in a cell, whatever is being typed over it.
  const standing = (cell) => {
    const link = cell.querySelector(":scope > a");
    return (link ?? cell).textContent.trim();
  };

  // The cell is being edited: what stands under the form is renewed, the form stays, and the cell says so.
  const touch = (old, cell) => {
    const link = old.querySelector(":scope > a");
    if (link) link.textContent = standing(cell);
    if (old.querySelector(".cell-touched")) return;
    const note = Object.assign(document.createElement("p"), { className: "cell-touched" });
    note.textContent = old.closest("#roster").dataset.touched;
    note.setAttribute("role", "status");
    old.querySelector(".cell-form")?.append(note);
  };

  const say = (words) => {
    let line = document.getElementById("live");
    if (!line) {
      line = Object.assign(document.createElement("p"), { id: "live", className: "visually-hidden" });
      line.setAttribute("role", "status");
      document.querySelector("main").append(line);
    }
    line.textContent = words;
  };

  const wake = () => {
    const rested = Date.now() - active > REST;
    active = Date.now();
    if (rested) ask();
  };
  for (const sign of ["pointerdown", "pointermove", "keydown", "wheel"]) addEventListener(sign, wake, { capture: true, passive: true });
  document.addEventListener("visibilitychange", ask);
  document.addEventListener("acts:changed", ask);
  setInterval(() => Date.now() - active < REST && ask(), EVERY);
})();
