// Keying in answers from paper: one key a question, Enter for the next pupil. Nothing here is a text field, so that no
// Chinese input method stands between the keys and the page. What could not be saved stays in this window.

import { characterOf, isEnter } from "../desk/keys.js";
import { Server } from "../desk/server.js";

const BLANK = "-";
const page = document.getElementById("keying");
const settings = page.dataset;
const who = document.getElementById("keying-who");
const hint = document.getElementById("keying-hint");
const onward = document.getElementById("keying-on");
const boxes = [...document.querySelectorAll("#keying-boxes > li")].map((item) => ({
  item,
  choices: Number(item.dataset.choices),
  several: item.dataset.several === "1",
  letter: item.querySelector(".keying-letter"),
}));
const rows = [...page.querySelectorAll("tr[data-pupil]")];
const server = new Server(document.querySelector("[name=csrfmiddlewaretoken]").value, () => tell(settings.textLost));

let current = 0;
let place = 0;
let letters = [];
let changed = false;
let warned = false;
let jump = "";

// --- what is kept ---------------------------------------------------------------------------------------------------

const kept = () => JSON.parse(sessionStorage.getItem(settings.store) ?? "{}");

function keep(row, text) {
  const all = kept();
  if (text === null) delete all[row.dataset.pupil];
  else all[row.dataset.pupil] = text;
  sessionStorage.setItem(settings.store, JSON.stringify(all));
}

const saved = (row) => (row.dataset.letters ? row.dataset.letters.split(" ") : []);
const unsaved = (row) => kept()[row.dataset.pupil]?.split(" ");

// --- drawing --------------------------------------------------------------------------------------------------------

const cell = (row, name) => row.querySelector(`[data-cell=${name}]`);

function tell(text) {
  hint.textContent = text;
}

function draw() {
  boxes.forEach(({ item, letter }, index) => {
    letter.textContent = letters[index] ?? "·";
    item.classList.toggle("is-now", index === place);
    item.classList.toggle("is-filled", Boolean(letters[index]));
  });
  const now = boxes[place];
  for (const button of page.querySelectorAll("[data-key]")) {
    if (/^[A-F]$/.test(button.dataset.key)) button.hidden = button.dataset.key.charCodeAt(0) - 65 >= widest;
  }
  onward.hidden = !now?.several;
}

const widest = Math.max(...boxes.map((box) => box.choices));

function open(index) {
  current = index;
  const row = rows[index];
  letters = unsaved(row) ?? saved(row);
  letters = letters.map((letter) => letter || undefined);
  changed = Boolean(unsaved(row));
  warned = false;
  const empty = boxes.findIndex((_box, index) => !letters[index]);
  place = empty < 0 ? boxes.length : empty;
  rows.forEach((other) => other.classList.toggle("is-chosen", other === row));
  who.textContent = `${row.dataset.number} ${row.querySelector(".keying-go").textContent}`;
  const done = row.dataset.source === "browser" && row.dataset.letters;
  tell(done ? settings.textBrowser : "");
  row.scrollIntoView({ block: "nearest" });
  draw();
}

// --- answers --------------------------------------------------------------------------------------------------------

function answer(letter) {
  const box = boxes[place];
  if (!box || letter.charCodeAt(0) - 65 >= box.choices) return;
  changed = true;
  if (!box.several) {
    letters[place] = letter;
    place += 1;
    return;
  }
  const chosen = new Set((letters[place] ?? "").replace(BLANK, ""));
  if (!chosen.delete(letter)) chosen.add(letter);
  letters[place] = [...chosen].sort().join("") || undefined;
}

function onNext() {
  if (place >= boxes.length) return;
  letters[place] ??= BLANK;
  place += 1;
  changed = true;
}

function none() {
  if (place >= boxes.length) return;
  letters[place] = BLANK;
  place += 1;
  changed = true;
}

function takeBack() {
  if (!letters[place]) place = Math.max(0, place - 1);
  letters[place] = undefined;
  changed = true;
}

// --- saving ---------------------------------------------------------------------------------------------------------

function finish() {
  if (!changed) return next();
  const missing = boxes.filter((_box, index) => !letters[index]).length;
  if (missing && !warned) {
    warned = true;
    return tell(`${missing} ${settings.textEmpty}`);
  }
  send(rows[current], boxes.map((_box, index) => letters[index] ?? BLANK));
  next();
}

function send(row, answers) {
  keep(row, answers.join(" "));
  cell(row, "letters").textContent = answers.join(" ");
  cell(row, "points").textContent = "";
  cell(row, "told").textContent = settings.textSaving;
  const fields = { pupil: row.dataset.pupil, letters: answers.join(" ") };
  server.enqueue(async () => show(row, await server.post(settings.save, fields)));
}

function show(row, result) {
  const told = cell(row, "told");
  const trouble = troubleOf(result);
  row.classList.toggle("is-unsaved", Boolean(trouble));
  if (trouble) {
    told.textContent = trouble;
    tell(`${row.querySelector(".keying-go").textContent}: ${trouble}`);
    return;
  }
  keep(row, null);
  told.textContent = "";
  row.dataset.letters = result.letters.join(" ");
  row.dataset.source = result.letters.length ? "paper" : "";
  row.querySelector(".keying-undo").hidden = !result.letters.length;
  cell(row, "points").textContent = result.points ?? "";
  drawLetters(cell(row, "letters"), result);
}

function troubleOf(result) {
  if (result.lost) return settings.textLost;
  if (result.signedOut) return settings.textOut;
  return result.error ? result.error.join(" ") : "";
}

function drawLetters(target, { letters: given, right }) {
  const parts = given.map((letter, index) => {
    const mark = document.createElement(right[index] ? "span" : "s"); // struck through: not by colour alone
    mark.textContent = letter;
    return mark;
  });
  target.replaceChildren(...parts.flatMap((part) => [part, " "]));
}

function next() {
  if (current + 1 < rows.length) return open(current + 1);
  open(current);
  tell(settings.textDone);
}

// --- keys -----------------------------------------------------------------------------------------------------------

function press(key) {
  if (key !== "Enter") warned = false;
  if (/^[A-F]$/.test(key)) answer(key);
  else if (key === BLANK) none();
  else if (key === "Space" || key === "ArrowRight") onNext();
  else if (key === "ArrowLeft") place = Math.max(0, place - 1);
  else if (key === "Backspace") takeBack();
  else if (key === "Escape") {
    keep(rows[current], null);
    open(current);
  } else if (key === "ArrowDown" || key === "ArrowUp") go(current + (key === "ArrowDown" ? 1 : -1));
  else if (key === "Enter") return jump ? goToNumber() : finish();
  if (changed && key !== "Enter") keep(rows[current], boxes.map((_box, index) => letters[index] ?? "").join(" "));
  draw();
}

function go(index) {
  if (index >= 0 && index < rows.length) open(index);
}

function goToNumber() {
  const index = rows.findIndex((row) => row.dataset.number === String(Number(jump)));
  jump = "";
  tell("");
  if (index >= 0) open(index);
}

const COMMANDS = new Set(["Space", "ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown", "Backspace", "Escape"]);

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("a, .keying-keys, .keying-undo")) return;
  const character = characterOf(event).toUpperCase();
  if (/^\d$/.test(character)) {
    jump += character;
    tell(`→ ${jump}`);
    return event.preventDefault();
  }
  const key = isEnter(event) ? "Enter" : /^[A-F-]$/.test(character) ? character : event.code;
  if (key !== "Enter" && !COMMANDS.has(key) && !/^[A-F-]$/.test(key)) return;
  event.preventDefault();
  if (key !== "Enter") jump = "";
  if (!(event.repeat && key === "Enter")) press(key);
});

page.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  const row = button.closest("tr");
  if (button.dataset.key) press(button.dataset.key);
  else if (button.classList.contains("keying-go")) open(rows.indexOf(row));
  else if (button.classList.contains("keying-undo")) undo(row);
  else {
    place = boxes.findIndex(({ item }) => item.contains(button));
    draw();
  }
  if (!button.dataset.key) button.blur();
});

function undo(row) {
  const fields = { pupil: row.dataset.pupil };
  server.enqueue(async () => {
    show(row, await server.post(settings.takeBack, fields));
    if (rows[current] === row) open(current);
  });
}

window.addEventListener("beforeunload", (event) => {
  if (server.busy) event.preventDefault();
});

for (const row of rows) if (unsaved(row)) cell(row, "told").textContent = settings.textUnsaved;
open(Math.max(0, rows.findIndex((row) => !row.dataset.letters)));
page.dataset.ready = "yes";
