// Marking by keys: digits give the mark, letters tick, Enter saves and goes on. In the comment keys are letters.

import { composing } from "./pupils.js";

const form = document.querySelector("[data-mark-form]");
const comment = form?.elements.comment;

function press(event) {
  if (composing(event) || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  if (event.target === comment) {
    if (event.key !== "Escape") return;
    comment.blur();
    form.querySelector("[data-key]").focus();
    return;
  }
  const key = event.key.toLowerCase();
  const choice = document.querySelector(`[data-key="${CSS.escape(key)}"], [data-press="${CSS.escape(key)}"]`);
  if (choice) choice.click();
  else if (key === "c") comment.focus();
  else if (key === "enter" && !event.target.closest("a, button")) form.querySelector("[value=save]").click();
  else return;
  event.preventDefault();
}

if (form) {
  document.addEventListener("keydown", press);
  form.addEventListener("click", (event) => {
    const text = event.target.closest("[data-comment]");
    if (!text) return;
    comment.value = [comment.value.trim(), text.textContent].filter(Boolean).join(" ");
    comment.focus();
  });
  comment.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.ctrlKey) return;
    form.querySelector("[value=save]").click();
  });
  form.dataset.listens = "";
}
