// Whose card a photograph shows: type initials, a number or a name; Enter takes the first, "+" the pupil before.

import { composing, found, pupilsOf } from "./pupils.js";

const who = document.getElementById("who");
const list = document.getElementById("who-list");
const tie = document.querySelector("[data-tie]");
const pupils = list ? pupilsOf(list.children) : [];
let first = null;

function choose(pupil) {
  tie.elements.pupil.value = pupil.id;
  tie.submit();
}

function offer() {
  const shown = found(pupils, who.value);
  first = shown[0] ?? null;
  for (const pupil of pupils) {
    pupil.element.hidden = Boolean(who.value.trim()) && !shown.includes(pupil);
    pupil.element.setAttribute("aria-selected", String(pupil === first));
  }
  for (const pupil of [...shown].reverse()) list.prepend(pupil.element);
  who.setAttribute("aria-activedescendant", first ? first.element.id : "");
}

function press(event) {
  if (composing(event)) return;
  if (event.key === "Enter") {
    event.preventDefault();
    if (first) choose(first);
    return;
  }
  const button = who.value ? null : document.querySelector(`[data-press="${CSS.escape(event.key)}"]`);
  if (event.key !== "+" || !button) return;
  event.preventDefault();
  button.click();
}

if (tie) {
  who.addEventListener("input", offer);
  who.addEventListener("keydown", press);
  for (const pupil of pupils) pupil.element.addEventListener("click", () => choose(pupil));
  who.focus();
  tie.dataset.listens = "";
}
