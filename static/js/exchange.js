// Imports: a file may be dropped instead of chosen; its name is shown, and left-out columns are dimmed.
"use strict";

const dropPlace = (event) => (event.target instanceof Element ? event.target.closest("[data-drop]") : null);

document.addEventListener("dragover", (event) => {
  const place = dropPlace(event);
  if (!place) return;
  event.preventDefault();
  place.classList.add("over");
});

document.addEventListener("dragleave", (event) => {
  const place = dropPlace(event);
  if (place && !place.contains(event.relatedTarget)) place.classList.remove("over");
});

document.addEventListener("drop", (event) => {
  const place = dropPlace(event);
  if (!place || !event.dataTransfer.files.length) return;
  event.preventDefault();
  place.classList.remove("over");
  place.querySelector("input[type=file]").files = event.dataTransfer.files;
  place.closest("form").requestSubmit();
});

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-drop] input[type=file]") && event.target.files.length) {
    const place = event.target.closest("[data-drop]");
    place.classList.remove("wrong");
    place.classList.add("chosen");
    place.querySelector("[data-drop-words]").textContent = event.target.files[0].name;
  }
  if (event.target.matches(".exchange-columns select")) {
    event.target.closest("tr").classList.toggle("left-out", !event.target.value);
  }
});
