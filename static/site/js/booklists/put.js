// Putting books on a list by keys: what is typed is looked up, arrows go through what was found, Enter puts it on.

const WAIT = 300;
const form = document.getElementById("put");
const box = document.getElementById("put-q");
let waiting = 0;
let asked = box.value;

function ask() {
  // A scanner ends with Enter: digits alone are looked up by it, not while they come in.
  if (box.value === asked || /^\s*[\dXx-]*\s*$/.test(box.value) || /^\s*[a-z]\s*$/i.test(box.value)) return;
  asked = box.value;
  form.dispatchEvent(new CustomEvent("typed"));
}

function askSoon() {
  clearTimeout(waiting);
  waiting = setTimeout(ask, WAIT);
}

function hits() {
  return [...document.querySelectorAll("#hits button")];
}

function go(step) {
  const places = [box, ...hits()];
  const next = places.indexOf(document.activeElement) + step;
  if (next >= 0 && next < places.length) places[next].focus();
}

box.addEventListener("input", (event) => {
  if (event.isComposing) clearTimeout(waiting);
  else askSoon();
});
box.addEventListener("compositionend", askSoon);
form.addEventListener("submit", () => clearTimeout(waiting));

document.addEventListener("keydown", (event) => {
  const inside = event.target === box || event.target.closest("#hits");
  if (!inside || event.isComposing || !["ArrowDown", "ArrowUp", "Escape"].includes(event.key)) return;
  event.preventDefault();
  if (event.key === "Escape") box.focus();
  else go(event.key === "ArrowDown" ? 1 : -1);
});

// The book is on the list: the next one.
document.body.addEventListener("book-put", () => {
  box.value = "";
  asked = "";
  box.focus();
});
document.documentElement.dataset.listens = "put";
