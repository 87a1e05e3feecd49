// A class ticked by keys: letters narrow the list, Enter ticks the first found and the box is empty for the next name;
// in the list Enter or Space ticks and goes on, arrows move. Enter never sends the form.

const form = document.querySelector("[data-ticks]");
const find = form?.querySelector("#ticks-find");
const boxes = form ? [...form.querySelectorAll("input[type=checkbox]")] : [];
const count = form?.querySelector("[data-ticks-count]");
const line = (box) => box.closest("li");
const shown = () => boxes.filter((box) => !line(box).hidden);
let unsaved = false;

function tell() {
  count.textContent = boxes.filter((box) => box.checked).length;
}

function narrow() {
  const text = find.value.trim().toLowerCase();
  for (const box of boxes) line(box).hidden = !fits(box.dataset.find.toLowerCase(), text);
}

// A number is meant to its end or its beginning, a name or its initials anywhere.
const fits = (words, text) => !text || words.includes(text);

function tickFirst() {
  const open = shown();
  const wanted = open.find((box) => !box.checked) ?? open[0];
  if (!find.value.trim() || !wanted) return;
  wanted.click();
  line(wanted).scrollIntoView({ block: "nearest" });
  find.value = "";
  narrow();
}

function step(box, by) {
  const open = shown();
  open[open.indexOf(box) + by]?.focus();
}

function across(box) {
  const top = line(box).offsetTop;
  return Math.max(1, shown().filter((other) => line(other).offsetTop === top).length);
}

function inList(box, key) {
  if (key === "Enter" || key === " ") {
    box.click();
    step(box, 1);
  } else if (key === "ArrowRight") step(box, 1);
  else if (key === "ArrowLeft") step(box, -1);
  else if (key === "ArrowDown") step(box, across(box));
  else if (key === "ArrowUp") step(box, -across(box));
  else return false;
  return true;
}

function press(event) {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target === find) {
    if (event.key === "Enter") tickFirst();
    else if (event.key === "ArrowDown") shown()[0]?.focus();
    else return;
    event.preventDefault();
  } else if (boxes.includes(event.target) && inList(event.target, event.key)) event.preventDefault();
}

if (form) {
  form.addEventListener("keydown", press);
  find.addEventListener("input", narrow);
  form.addEventListener("change", () => {
    unsaved = true;
    tell();
  });
  form.addEventListener("submit", () => (unsaved = false));
  window.addEventListener("beforeunload", (event) => unsaved && event.preventDefault());
  tell();
  find.focus();
  form.setAttribute("data-listens", "");
}
