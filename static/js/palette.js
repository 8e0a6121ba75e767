// The palette: Ctrl-K opens one line to type in; arrows choose, Enter goes, Esc closes.
// Without this script the way to it is a link to a page with the same list.
(() => {
  "use strict";
  const dialog = () => document.getElementById("palette");
  const field = () => document.getElementById("palette-q");
  const options = () => [...document.querySelectorAll("#palette-results [role=option]")];

  const open = () => {
    const box = dialog();
    if (!box) {
      field()?.focus();
      field()?.select();
      return;
    }
    if (box.open) return box.close();
    box.showModal();
    field().select();
    box.querySelector("form").dispatchEvent(new CustomEvent("opened"));
  };

  const choose = (option) => {
    for (const other of options()) other.setAttribute("aria-selected", String(other === option));
    if (option) field().setAttribute("aria-activedescendant", option.id);
    else field().removeAttribute("aria-activedescendant");
    option?.scrollIntoView({ block: "nearest" });
  };

  const move = (step) => {
    const all = options();
    const here = all.findIndex((option) => option.getAttribute("aria-selected") === "true");
    if (all.length) choose(all[(here + step + all.length) % all.length]);
  };

  // The list is headings and links; in the dialog it is read as one listbox.
  const read = (list) => {
    for (const group of list.querySelectorAll(".palette-group")) {
      const heading = group.querySelector("h2");
      group.setAttribute("role", "group");
      group.setAttribute("aria-labelledby", heading.id);
      for (const part of group.querySelectorAll("h2, ul, li")) part.setAttribute("role", "presentation");
    }
    list.querySelectorAll("a").forEach((link, place) => {
      link.id = `palette-option-${place}`;
      link.tabIndex = -1;
      link.setAttribute("role", "option");
    });
    const count = list.querySelector("[data-count]");
    document.getElementById("palette-status").textContent = count?.textContent ?? "";
    if (count) count.hidden = options().length > 0;
    choose(options()[0]);
  };

  const KEYS = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Escape: () => dialog().close(), // or the browser would first empty the field
    Enter: () => options().find((option) => option.getAttribute("aria-selected") === "true")?.click(),
  };

  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      open();
    } else if (event.target.id === "palette-q" && dialog()?.open && KEYS[event.key] && !event.isComposing) {
      event.preventDefault();
      KEYS[event.key]();
    }
  });

  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-palette]");
    if (opener && dialog() && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      open();
    } else if (event.target === dialog() || event.target.closest("[data-close]")) dialog()?.close();
  });

  document.addEventListener("htmx:after:swap", (event) => {
    const list = event.detail?.ctx?.target;
    if (list?.id === "palette-results") read(list);
  });
})();
