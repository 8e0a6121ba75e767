// Selects with data-picker become a text field with a list under it that is narrowed by characters, pinyin or initials
// (options carry data-pinyin). The select stays and holds the value: forms, validation and pages without script know
// nothing of this. Pattern: combobox with list autocomplete (WAI-ARIA 1.2).
(() => {
  "use strict";
  let count = 0;

  const plain = (text) => text.normalize("NFKC").toLowerCase().replace(/[\s'’·]+/g, "");

  // 0 = begins so, 1 = holds it, -1 = neither.
  const rank = (option, typed) => {
    const heard = (option.dataset.pinyin ?? "").split(" ");
    const label = plain(option.label);
    if (label.startsWith(typed) || heard.some((word) => word.startsWith(typed))) return 0;
    return label.includes(typed) || heard.some((word) => word.includes(typed)) ? 1 : -1;
  };

  class Picker {
    constructor(select) {
      this.select = select;
      this.name = select.getAttribute("aria-label") ?? select.labels[0]?.textContent.trim() ?? "";
      this.input = this.makeInput();
      this.list = this.makeList();
      select.before(this.input, this.list);
      if (select.multiple) this.tokens = this.makeTokens();
      select.dataset.picked = "";
      select.tabIndex = -1;
      select.setAttribute("aria-hidden", "true");
      select.classList.add("picker-native");
      select.addEventListener("change", () => this.show());
      select.form?.addEventListener("reset", () => setTimeout(() => this.show()));
      this.show();
    }

    makeInput() {
      const input = Object.assign(document.createElement("input"), { type: "text", className: "picker-input" });
      const { id } = this.select;
      input.id = id || `picker-${++count}`;
      if (id) this.select.id = `${id}-select`;
      const told = { role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-expanded": "false" };
      if (this.name && !document.querySelector(`label[for="${CSS.escape(id)}"]`)) told["aria-label"] = this.name;
      for (const name of ["aria-describedby", "aria-invalid", "required", "disabled"]) {
        if (this.select.hasAttribute(name)) told[name] = this.select.getAttribute(name);
      }
      for (const [name, value] of Object.entries(told)) input.setAttribute(name, value);
      input.addEventListener("input", () => this.narrow());
      input.addEventListener("click", () => this.open());
      input.addEventListener("focus", () => input.select());
      input.addEventListener("blur", () => this.leave());
      input.addEventListener("keydown", (event) => this.press(event));
      input.addEventListener("picker:settle", (event) => this.settle() || event.preventDefault());
      return input;
    }

    makeList() {
      const list = Object.assign(document.createElement("ul"), { className: "picker-list", id: `${this.input.id}-list` });
      list.setAttribute("role", "listbox");
      list.setAttribute("aria-label", this.name);
      if (this.select.multiple) list.setAttribute("aria-multiselectable", "true");
      if ("popover" in list) list.popover = "manual";
      list.hidden = !("popover" in list);
      this.input.setAttribute("aria-controls", list.id);
      // The field keeps the focus while the list is clicked.
      list.addEventListener("pointerdown", (event) => event.preventDefault());
      list.addEventListener("click", (event) => {
        const item = event.target.closest("[role=option]");
        if (item) this.pick(this.items.indexOf(item));
      });
      return list;
    }

    makeTokens() {
      const tokens = Object.assign(document.createElement("p"), { className: "picker-tokens" });
      this.input.before(tokens);
      return tokens;
    }

    get chosen() {
      return [...this.select.selectedOptions];
    }

    get isOpen() {
      return this.input.getAttribute("aria-expanded") === "true";
    }

    show() {
      this.typed = false;
      if (this.tokens) {
        this.tokens.textContent = this.chosen.map((option) => option.label).join("、");
        this.input.value = "";
      } else this.input.value = this.chosen[0]?.value ? this.chosen[0].label : "";
      const none = this.tokens ? this.select.dataset.any : this.chosen[0]?.label;
      this.input.placeholder = (this.tokens ? this.chosen.length : this.chosen[0]?.value) ? "" : (none ?? "");
    }

    open(narrowed = false) {
      if (this.isOpen) return;
      if (!narrowed) this.narrow(false);
      this.input.setAttribute("aria-expanded", "true");
      if ("popover" in this.list) this.list.showPopover();
      else this.list.hidden = false;
      this.place();
      this.follow = () => this.place();
      addEventListener("scroll", this.follow, { capture: true, passive: true });
      addEventListener("resize", this.follow);
    }

    close() {
      if (!this.isOpen) return;
      this.input.setAttribute("aria-expanded", "false");
      this.input.removeAttribute("aria-activedescendant");
      if ("popover" in this.list) this.list.hidePopover();
      else this.list.hidden = true;
      removeEventListener("scroll", this.follow, { capture: true });
      removeEventListener("resize", this.follow);
    }

    // Under the field, or over it where there is more room.
    place() {
      const box = this.input.getBoundingClientRect();
      const below = innerHeight - box.bottom;
      const above = below < 240 && box.top > below;
      Object.assign(this.list.style, {
        left: `${Math.max(8, Math.min(box.left, innerWidth - this.list.offsetWidth - 8))}px`,
        minWidth: `${box.width}px`,
        maxHeight: `${Math.min(320, (above ? box.top : below) - 8)}px`,
        top: above ? "auto" : `${box.bottom}px`,
        bottom: above ? `${innerHeight - box.top}px` : "auto",
      });
    }

    narrow(typed = true) {
      this.typed = typed;
      this.input.removeAttribute("aria-invalid");
      const wanted = typed ? plain(this.input.value) : "";
      const ranked = [...this.select.options].map((option) => [option, wanted ? rank(option, wanted) : 0]);
      this.options = ranked.filter(([, place]) => place >= 0).sort((a, b) => a[1] - b[1]).map(([option]) => option);
      if (wanted) this.options = this.options.filter((option) => option.value);
      this.items = this.options.map((option, index) => this.makeItem(option, index));
      this.list.replaceChildren(...(this.items.length ? this.items : [this.nothing()]));
      const standing = this.options.findIndex((option) => option.selected);
      this.activate(wanted ? 0 : Math.max(standing, 0));
      if (typed) this.open(true);
      if (this.isOpen) this.place();
    }

    makeItem(option, index) {
      const item = document.createElement("li");
      item.id = `${this.list.id}-${index}`;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", String(option.selected));
      item.textContent = option.label;
      return item;
    }

    nothing() {
      const none = Object.assign(document.createElement("li"), { className: "picker-none", textContent: this.select.dataset.nothing ?? "" });
      none.setAttribute("role", "presentation");
      return none;
    }

    activate(index) {
      this.active = index;
      for (const [place, item] of this.items.entries()) item.classList.toggle("active", place === index);
      const item = this.items[index];
      if (item) this.input.setAttribute("aria-activedescendant", item.id);
      else this.input.removeAttribute("aria-activedescendant");
      item?.scrollIntoView({ block: "nearest" });
    }

    pick(index) {
      const option = this.options[index];
      if (!option) return;
      if (this.select.multiple) option.selected = !option.selected;
      else this.select.value = option.value;
      this.select.dispatchEvent(new Event("input", { bubbles: true }));
      this.select.dispatchEvent(new Event("change", { bubbles: true }));
      if (this.select.multiple) this.narrow(false);
      else this.close();
      this.input.focus();
    }

    // Take what was typed for the option it leads to; false where there is none.
    settle() {
      if (this.typed && this.isOpen) {
        if (!plain(this.input.value)) this.clear();
        else if (!this.options.length) {
          this.input.setAttribute("aria-invalid", "true");
          return false;
        } else this.pick(this.active);
      } else if (this.isOpen && !this.select.multiple) this.pick(this.active);
      this.close();
      return true;
    }

    clear() {
      const empty = [...this.select.options].findIndex((option) => !option.value);
      if (!this.select.multiple && empty >= 0) {
        this.select.selectedIndex = empty;
        this.select.dispatchEvent(new Event("change", { bubbles: true }));
      }
      this.show();
    }

    press(event) {
      const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };
      if (event.isComposing) return;
      if (event.key in steps) {
        event.preventDefault();
        if (!this.isOpen) this.open();
        else if (this.items.length) this.activate(Math.min(Math.max(this.active + steps[event.key], 0), this.items.length - 1));
      } else if (event.key === "Enter" && this.isOpen && !event.target.closest(".cell-form")) {
        event.preventDefault();
        this.settle();
      } else if (event.key === "Enter" && this.isOpen && this.select.multiple && this.typed) {
        event.preventDefault();
        event.stopPropagation();
        this.pick(this.active);
        this.show();
      } else if (event.key === "Escape" && this.isOpen && !event.target.closest(".cell-form")) {
        event.stopPropagation();
        this.show();
        this.close();
      }
    }

    leave() {
      this.close();
      this.show();
    }
  }

  const enhance = () => {
    for (const select of document.querySelectorAll("select[data-picker]:not([data-picked])")) new Picker(select);
  };

  document.addEventListener("DOMContentLoaded", enhance);
  document.addEventListener("htmx:after:swap", enhance);
  document.addEventListener("cell:opened", enhance);
  if (document.readyState !== "loading") enhance();
})();
