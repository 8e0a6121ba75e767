// Judging one after the other with the keyboard: A accepts all, R refuses all and asks for words, J and K go on.
(() => {
  "use strict";
  const choose = (word) => document.querySelectorAll(`.judge input[type="radio"][value="${word}"]`).forEach((radio) => {
    radio.checked = true;
  });
  const deeds = {
    a: () => { choose("accept"); document.querySelector(".judge button")?.focus(); },
    r: () => { choose("refuse"); document.querySelector(".judge textarea")?.focus(); },
    j: () => document.querySelector('#proposal [rel="next"]')?.click(),
    k: () => document.querySelector('#proposal [rel="prev"]')?.click(),
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.matches("input:not([type='radio']), select, textarea")) return;
    const deed = deeds[event.key.toLowerCase()];
    if (!deed || !document.querySelector("#proposal")) return;
    event.preventDefault();
    deed();
  });
})();
