// The columns: a step moves its row at once, so that the form always says all that was done,
// and whoever is quicker than the answer loses nothing.
(() => {
  "use strict";
  document.addEventListener("click", (event) => {
    const step = event.target.closest(".columns-form .step");
    if (!step) return;
    event.preventDefault();
    const row = step.closest("li");
    const other = step.name === "up" ? row.previousElementSibling : row.nextElementSibling;
    if (!other || other.matches(".fixed")) return;
    if (step.name === "up") other.before(row);
    else other.after(row);
    step.focus();
    step.dispatchEvent(new Event("change", { bubbles: true }));
  });
})();
