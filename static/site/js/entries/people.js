// Prizes without works: the one found by keys is taken by Enter.

import { Names } from "./names.js";

const form = document.querySelector("[data-naming]");
if (form) {
  const field = form.querySelector("[data-find]");
  const names = new Names(field, () => [...form.querySelectorAll("[data-pupil]")]);
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target.matches("button")) return;
    event.preventDefault();
    if (!event.isComposing) names.marked?.click();
  });
  form.dataset.ready = "";
}
