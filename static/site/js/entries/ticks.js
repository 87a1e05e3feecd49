// Ticking the works of a class: Enter ticks the pupil found and goes on; nothing is sent by Enter.

import { Names } from "./names.js";

const form = document.querySelector("[data-ticks]");
const said = form?.querySelector("[data-said]");
const count = form?.querySelector("[data-count]");
let unsaved = false;

const boxes = () => [...form.querySelectorAll("input[type=checkbox]")];
const tell = () => count && (count.textContent = `✓ ${boxes().filter((box) => box.checked).length}`);

function tick(names) {
  const row = names.marked;
  if (!row) {
    said.textContent = names.text ? said.dataset.nobody : "";
    return;
  }
  const box = row.querySelector("input[type=checkbox]");
  box.checked = !box.checked;
  box.dispatchEvent(new Event("change", { bubbles: true }));
  said.textContent = `${row.dataset.name} ${box.checked ? said.dataset.ticked : said.dataset.unticked}`;
  names.clear();
}

if (form) {
  const field = form.querySelector("[data-find]");
  const names = new Names(field, () => [...form.querySelectorAll("[data-pupil]")]);
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target.matches("button")) return;
    event.preventDefault();
    if (event.isComposing) return;
    if (event.target === field) tick(names);
    else field.focus();
  });
  form.addEventListener("input", (event) => {
    const name = event.target.name ?? "";
    if (!name.startsWith("name-")) return;
    unsaved = true;
    const box = event.target.closest("li").querySelector("input[type=checkbox]");
    if (event.target.value && !box.checked) box.checked = true;
    tell();
  });
  form.addEventListener("change", () => {
    unsaved = true;
    tell();
  });
  form.addEventListener("submit", () => (unsaved = false));
  window.addEventListener("beforeunload", (event) => unsaved && event.preventDefault());
  tell();
  form.dataset.ready = "";
}
