// Cells of the roster: one handler for the whole table. A click or Enter on a cell fetches its form,
// Enter saves, Esc puts back what stood there. Without this script the cells are links to a page.
(() => {
  "use strict";
  const open = (link) => {
    const cell = link.closest("td");
    htmx.ajax("GET", link.getAttribute("href"), { target: cell, swap: "innerHTML", source: cell });
  };

  const leave = (form) => {
    const cell = form.closest("td");
    form.remove();
    cell.classList.remove("editing");
    return cell;
  };

  const input = (form) => form.querySelector("input:not([type=hidden]), select, textarea");

  const changed = (form) => {
    const field = input(form);
    if (field.tagName === "SELECT") return [...field.options].some((option) => option.selected !== option.defaultSelected);
    return field.value !== field.defaultValue;
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest(".roster a.cell");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || !window.htmx) return;
    event.preventDefault();
    open(link);
  });

  document.addEventListener("keydown", (event) => {
    const form = event.target.closest(".roster .cell-form");
    if (!form) return;
    if (event.key === "Escape") {
      event.preventDefault();
      form.reset(); // or losing the focus would save
      leave(form).querySelector("a.cell").focus();
    } else if (event.key === "Enter" && event.target.tagName === "SELECT") {
      event.preventDefault();
      form.requestSubmit();
    }
  });

  // Going elsewhere saves what was changed, as a spreadsheet does.
  document.addEventListener("focusout", (event) => {
    const form = event.target.closest(".roster .cell-form");
    if (!form || form.contains(event.relatedTarget) || form.querySelector(".cell-error, .cell-conflict")) return;
    if (!form.isConnected || form.classList.contains("htmx-request")) return;
    if (changed(form)) form.requestSubmit();
    else setTimeout(() => form.isConnected && !form.contains(document.activeElement) && leave(form));
  });

  document.addEventListener("htmx:after:swap", (event) => {
    const cell = event.detail?.ctx?.target?.closest?.(".roster td");
    if (!cell) return;
    const form = cell.querySelector(".cell-form");
    cell.classList.toggle("editing", Boolean(form));
    if (!form) {
      if (document.activeElement === document.body) cell.querySelector("a.cell")?.focus();
      return;
    }
    const field = input(form);
    field.focus();
    if (field.select) field.select();
  });
})();
