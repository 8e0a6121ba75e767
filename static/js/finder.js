// The usual selects above the roster and the lists below them that take several say the same.
(() => {
  "use strict";
  const form = document.getElementById("roster-filter");
  if (!form) return;

  const usual = (key) => form.querySelector(`select[data-usual="${CSS.escape(key)}"]`);
  const ticks = (key) => [...form.querySelectorAll(`.finder input[type=checkbox][name="${CSS.escape(key)}"]`)];
  const list = (key) => form.querySelector(`.finder select[name="${CSS.escape(key)}"]`);

  const chosen = (key) => [
    ...ticks(key).filter((tick) => tick.checked).map((tick) => tick.value),
    ...(list(key) ? [...list(key).selectedOptions].map((option) => option.value) : []),
  ];

  // The picker that stands for a list shows what was set; the form need not ask twice.
  const set = (key, value) => {
    for (const tick of ticks(key)) tick.checked = tick.value === value;
    const select = list(key);
    if (!select) return;
    for (const option of select.options) option.selected = option.value === value;
    select.dispatchEvent(new Event("change"));
  };

  const follow = (key) => {
    const select = usual(key);
    if (!select) return;
    select.querySelector("[data-several]")?.remove();
    const values = chosen(key);
    if (values.length < 2) {
      select.value = values[0] ?? "";
      return;
    }
    const label = select.closest("label").querySelector(".visually-hidden").textContent;
    const several = new Option(`${label}：${values.length} 项`, "", true, true);
    several.dataset.several = "";
    select.append(several);
  };

  // Before htmx reads the form.
  form.addEventListener(
    "change",
    ({ target }) => {
      if (target.dataset.usual) set(target.dataset.usual, target.value);
      else if (target.closest(".finder") && target.name) follow(target.name);
    },
    true,
  );
})();
