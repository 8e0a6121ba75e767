// The roster as a spreadsheet: arrows, Tab and Enter move, typing replaces, Ctrl+Z takes back. One handler for the
// whole table; without this script its cells are links to pages. On a telephone the rows are cards: there the links
// are walked as links are, and only the editing is shared.
(() => {
  "use strict";
  const wide = matchMedia("(min-width: 48rem)");
  const PAGE = 10;

  const grid = () => document.querySelector("table.roster");
  const cellOf = (element) => element?.closest?.(".roster tbody td") ?? null;
  const formOf = (element) => element?.closest?.(".roster .cell-form") ?? null;
  const handle = (cell) => cell.querySelector("a, .pick") ?? cell;
  const opener = (cell) => cell.querySelector("a.cell, a.cell-edit");
  const field = (form) => form.querySelector("input:not([type=hidden]), select:not([data-picked]), textarea");

  // --- One stop for Tab in the whole grid: the cell that was last looked at.

  const settle = (table) => {
    if (!table || !wide.matches) return;
    table.setAttribute("role", "grid");
    for (const cell of table.querySelectorAll("tbody td")) {
      for (const link of cell.querySelectorAll("a")) link.tabIndex = -1;
      handle(cell).tabIndex = -1;
      if (!opener(cell)) cell.setAttribute("aria-readonly", "true");
    }
    const first = table.querySelector("tbody td[data-current]") ?? table.querySelector("tbody td:has(> a)");
    if (first) makeCurrent(first);
  };

  const makeCurrent = (cell) => {
    const before = grid().querySelector("td[data-current]");
    if (before) {
      before.removeAttribute("data-current");
      handle(before).tabIndex = -1;
    }
    cell.dataset.current = "";
    if (wide.matches) handle(cell).tabIndex = 0;
  };

  // A column that stays where it is needs no scrolling to the side.
  const reveal = (element, cell) => {
    const around = cell.closest(".table-wrap");
    const left = around.scrollLeft;
    element.scrollIntoView({ block: "nearest", inline: "nearest" });
    if (getComputedStyle(cell).position === "sticky") around.scrollLeft = left;
  };

  const go = (cell) => {
    makeCurrent(cell);
    handle(cell).focus({ preventScroll: true });
    reveal(cell, cell);
  };

  const near = (cell, down, right) => {
    const row = cell.parentElement;
    const rows = [...row.parentElement.rows];
    const there = rows[Math.min(Math.max(rows.indexOf(row) + down, 0), rows.length - 1)];
    return there.cells[Math.min(Math.max(cell.cellIndex + right, 0), there.cells.length - 1)];
  };

  // The next cell that can be edited, on to the next row at the end.
  const nextEditable = (cell, step) => {
    const cells = [...cell.closest("tbody").querySelectorAll("td")];
    for (let at = cells.indexOf(cell) + step; cells[at]; at += step) if (opener(cells[at])) return cells[at];
    return cell;
  };

  const TARGETS = {
    ArrowLeft: (cell) => near(cell, 0, -1),
    ArrowRight: (cell) => near(cell, 0, 1),
    ArrowUp: (cell) => near(cell, -1, 0),
    ArrowDown: (cell) => near(cell, 1, 0),
    PageUp: (cell) => near(cell, -PAGE, 0),
    PageDown: (cell) => near(cell, PAGE, 0),
    Home: (cell, ctrl) => near(cell, ctrl ? -Infinity : 0, -Infinity),
    End: (cell, ctrl) => near(cell, ctrl ? Infinity : 0, Infinity),
  };

  // --- Opening. Typing goes into a plain field at once, and from there into the form when it has come.

  const open = async (cell, early = null) => {
    const link = opener(cell);
    if (!link || cell.querySelector(".cell-form, .cell-early")) return;
    makeCurrent(cell);
    const waiting = early === null ? null : beginEarly(cell, early);
    const part = { "HX-Request": "true", "HX-Request-Type": "partial" };
    const answer = await fetch(link.href, { headers: part }).catch(() => null);
    const html = answer?.ok ? await answer.text() : "";
    if (waiting?.composing) await new Promise((done) => waiting.input.addEventListener("compositionend", done, { once: true }));
    const left = waiting && !waiting.input.isConnected;
    if (!html) return failOpening(cell, link, answer);
    if (!left && !cell.querySelector(".cell-form")) show(cell, html, waiting);
  };

  const failOpening = (cell, link, answer) => {
    cell.querySelector(".cell-early")?.remove();
    cell.classList.remove("editing");
    // Whatever it was, the page of the link says it in words.
    if (answer) location.assign(link.href);
  };

  const beginEarly = (cell, text) => {
    const input = Object.assign(document.createElement("input"), { className: "cell-early", value: text });
    const waiting = { input, composing: false, then: null };
    input.setAttribute("aria-label", cell.dataset.label ?? "");
    input.addEventListener("compositionstart", () => (waiting.composing = true));
    input.addEventListener("compositionend", () => (waiting.composing = false));
    input.addEventListener("keydown", (event) => pressEarly(event, cell, waiting));
    input.addEventListener("blur", () => (waiting.then ??= "save"));
    cell.append(input);
    cell.classList.add("editing");
    input.focus();
    return waiting;
  };

  const pressEarly = (event, cell, waiting) => {
    if (event.isComposing || !(event.key in AFTER || event.key === "Escape")) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Escape") {
      waiting.input.remove();
      cell.classList.remove("editing");
      go(cell);
      return;
    }
    waiting.then = "save";
    go(AFTER[event.key](cell, event.shiftKey));
  };

  const show = (cell, html, waiting) => {
    const here = !waiting || document.activeElement === waiting.input;
    const then = waiting?.then; // read before the field goes, which also takes the focus from it
    cell.innerHTML = html;
    cell.classList.add("editing");
    htmx.process(cell);
    for (const link of cell.querySelectorAll(":scope > a")) link.tabIndex = -1;
    document.dispatchEvent(new CustomEvent("cell:opened"));
    const form = cell.querySelector(".cell-form");
    const input = field(form);
    if (here) {
      input.focus({ preventScroll: true });
      reveal(form, cell);
    }
    if (!waiting) {
      input.select?.();
      if (input.matches("[role=combobox]")) input.click(); // its list opens
      return;
    }
    form.dataset.typed = "";
    input.value = waiting.input.value;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.setSelectionRange?.(input.value.length, input.value.length);
    if (then) save(form);
  };

  // --- Saving and leaving.

  const changed = (form) =>
    [...form.elements].some((control) => {
      if (control.type === "hidden" || !control.name) return false;
      if (control.options) return [...control.options].some((option) => option.selected !== option.defaultSelected);
      return control.value !== control.defaultValue;
    });

  // False where a picker cannot tell what was meant.
  const settled = (form) => {
    const picker = form.querySelector("[role=combobox]");
    return !picker || picker.dispatchEvent(new CustomEvent("picker:settle", { cancelable: true }));
  };

  const leave = (form) => {
    const cell = form.closest("td");
    form.remove();
    cell.classList.remove("editing");
    return cell;
  };

  const save = (form) => {
    if (!settled(form)) return false;
    if (changed(form) || form.querySelector(".cell-conflict")) send(form);
    else leave(form);
    return true;
  };

  // The cell shows what was typed while it is on its way; the form waits behind it for a refusal.
  const send = (form) => {
    const cell = form.closest("td");
    const link = handle(cell);
    const input = field(form);
    form.requestSubmit();
    cell.dataset.stood = link.textContent;
    if (input.tagName !== "TEXTAREA" && !form.querySelector("select[multiple]")) link.textContent = input.value;
    cell.classList.replace("editing", "saving");
  };

  const comeBack = (cell) => {
    if (!cell.classList.replace("saving", "editing")) return;
    handle(cell).textContent = cell.dataset.stood;
    field(cell.querySelector(".cell-form"))?.focus();
  };

  const AFTER = {
    Enter: (cell, back) => near(cell, back ? -1 : 1, 0),
    Tab: (cell, back) => nextEditable(cell, back ? -1 : 1),
    ArrowUp: (cell) => near(cell, -1, 0),
    ArrowDown: (cell) => near(cell, 1, 0),
  };

  const pressInForm = (event, form) => {
    const cell = form.closest("td");
    const conflict = form.querySelector(".cell-conflict");
    if (event.isComposing) return;
    if (event.key === "Escape") {
      event.preventDefault();
      if (conflict) return void conflict.querySelector("a").click();
      form.reset(); // or losing the focus would save
      go(leave(form));
    } else if (event.key === "Enter" || event.key === "Tab" || (isArrow(event) && "typed" in form.dataset)) {
      if (event.target.matches("button, a, textarea") && event.key === "Enter" && !event.ctrlKey) return;
      if (event.key === "Tab" && stopsInside(form, event)) return;
      if (isArrow(event) && event.target.matches("[role=combobox]")) return;
      event.preventDefault();
      if (event.key === "Enter" && conflict) send(form);
      else if (asksMore(form, event)) form.querySelector(".cell-more input").focus();
      else if (save(form)) go(AFTER[event.key](cell, event.shiftKey));
    }
  };

  const isArrow = (event) => event.key === "ArrowUp" || event.key === "ArrowDown";

  // A reason that is still to be given, or the choice in a conflict, is reached before the cell is left.
  const stopsInside = (form, event) => {
    const stops = [...form.querySelectorAll(".cell-more input, .cell-conflict :is(button, a)")];
    if (!stops.length) return false;
    const all = [field(form), ...stops];
    return Boolean(all[all.indexOf(event.target) + (event.shiftKey ? -1 : 1)]);
  };

  const asksMore = (form, event) => {
    const more = form.querySelector(".cell-more input");
    return Boolean(more && !more.value && event.target !== more && changed(form));
  };

  const pressInCell = (event, cell) => {
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (event.key in TARGETS && !event.altKey && !event.shiftKey) {
      event.preventDefault();
      go(TARGETS[event.key](cell, event.ctrlKey || event.metaKey));
    } else if (event.key === "Tab") stepByTab(event, cell);
    else if (event.key === "Enter" && event.target.matches(".pick")) event.preventDefault(); // Space ticks; nothing is sent
    else if (event.key === "F2") {
      event.preventDefault();
      open(cell);
    } else if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      open(cell, "");
    } else if (plain && event.key.length === 1 && event.key !== " " && event.key !== "/") {
      // The field has the focus before the character arrives, so that an input method begins in it.
      open(cell, "");
    }
  };

  // Along the row as in a spreadsheet, and out of the table at its end, so that nobody is held in it.
  const stepByTab = (event, cell) => {
    const next = near(cell, 0, event.shiftKey ? -1 : 1);
    if (next === cell) return;
    event.preventDefault();
    go(next);
  };

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented) return;
    const form = formOf(event.target);
    const cell = cellOf(event.target);
    if (form) pressInForm(event, form);
    else if (cell && wide.matches && !event.target.matches("input:not(.pick), select, textarea")) pressInCell(event, cell);
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest(".roster a.cell, .roster a.cell-edit");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || !window.htmx) return;
    event.preventDefault();
    open(link.closest("td"));
  });

  document.addEventListener("focusin", (event) => {
    const cell = cellOf(event.target);
    if (cell && !("current" in cell.dataset)) makeCurrent(cell);
  });

  // Going elsewhere saves what was changed, as a spreadsheet does.
  document.addEventListener("focusout", (event) => {
    const form = formOf(event.target);
    if (!form || form.contains(event.relatedTarget) || form.querySelector(".cell-error, .cell-wrong, .cell-conflict")) return;
    if (!form.isConnected || form.classList.contains("htmx-request")) return;
    if (asksMore(form, event)) return;
    if (changed(form)) send(form);
    else setTimeout(() => form.isConnected && !form.contains(document.activeElement) && leave(form));
  });

  document.addEventListener("htmx:after:swap", (event) => {
    const target = event.detail?.ctx?.target;
    const cell = cellOf(target);
    if (!cell) return void (grid()?.getAttribute("role") || settle(grid()));
    const form = cell.querySelector(".cell-form");
    cell.classList.remove("saving");
    cell.classList.toggle("editing", Boolean(form));
    if (wide.matches) for (const link of cell.querySelectorAll(":scope > a")) link.tabIndex = -1;
    if ("current" in cell.dataset && wide.matches) handle(cell).tabIndex = 0;
    const busy = formOf(document.activeElement) ?? document.activeElement.closest(".cell-early");
    if (form && !busy) {
      const input = field(form);
      input.focus();
      input.select?.();
    } else if (!form && (document.activeElement === document.body || document.activeElement === cell)) handle(cell).focus();
  });

  // Where no answer came, or one that is shown elsewhere, what was typed is still there.
  document.addEventListener("htmx:finally:request", (event) => {
    const cell = cellOf(event.detail?.ctx?.sourceElement);
    if (cell?.isConnected) setTimeout(() => comeBack(cell));
  });

  wide.addEventListener("change", () => settle(grid()));
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => settle(grid()));
  else settle(grid());
})();
