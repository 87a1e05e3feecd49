// A quiz in the browser: answers are saved by themselves, one request at a time; the time is the server's.

const SAVE_AFTER_MS = 600;
const AGAIN_MS = 3000;

const form = document.getElementById("take");
const settings = form.dataset;
const left = document.getElementById("take-left");
const savedPlace = document.getElementById("take-saved");
const done = document.getElementById("take-done");
const hint = document.getElementById("take-hint");
const questions = [...form.querySelectorAll("fieldset[data-question]")];
const token = form.querySelector("[name=csrfmiddlewaretoken]").value;

let ends = performance.now() + Number(settings.left) * 1000;
let timer;
let sending = false;
let waiting = false;
let warned = false;
let over = false;

const chosenIn = (question) => [...question.querySelectorAll("input:checked")].map((input) => Number(input.value));

function answers() {
  const pairs = questions.map((question) => [question.dataset.question, chosenIn(question)]);
  return Object.fromEntries(pairs.filter(([, places]) => places.length));
}

function count() {
  done.textContent = `${Object.keys(answers()).length} / ${done.dataset.of}`;
}

// --- saving ---------------------------------------------------------------------------------------------------------

function later(delay) {
  clearTimeout(timer);
  timer = setTimeout(save, delay);
}

async function save() {
  if (over) return;
  if (sending) {
    waiting = true;
    return;
  }
  sending = true;
  const good = await post();
  sending = false;
  if (!good) return later(AGAIN_MS);
  if (waiting) {
    waiting = false;
    save();
  }
}

async function post() {
  try {
    const body = new URLSearchParams({ answers: JSON.stringify(answers()) });
    const headers = { "X-CSRFToken": token };
    const response = await fetch(settings.save, { method: "POST", body, headers, credentials: "same-origin" });
    const result = await response.json();
    if (result.over) {
      finish();
      return true;
    }
    if (!response.ok) throw new Error(String(response.status));
    ends = performance.now() + result.left * 1000;
    savedPlace.textContent = settings.textSaved;
    return true;
  } catch {
    savedPlace.textContent = settings.textTrouble;
    return false;
  }
}

form.addEventListener("change", () => {
  savedPlace.textContent = "";
  hint.textContent = "";
  warned = false;
  count();
  later(SAVE_AFTER_MS);
});

// --- handing in -----------------------------------------------------------------------------------------------------

function fill() {
  const field = form.elements.answers ?? document.createElement("input");
  field.type = "hidden";
  field.name = "answers";
  field.value = JSON.stringify(answers());
  form.append(field);
}

function finish() {
  if (over) return;
  over = true;
  hint.textContent = settings.textOver;
  fill();
  form.submit();
}

form.addEventListener("submit", (event) => {
  const empty = questions.length - Object.keys(answers()).length;
  if (empty && !warned) {
    warned = true;
    hint.textContent = `${empty} ${settings.textEmpty}`;
    return event.preventDefault();
  }
  over = true;
  fill();
});

// --- the clock ------------------------------------------------------------------------------------------------------

function tick() {
  const seconds = Math.max(0, Math.ceil((ends - performance.now()) / 1000));
  left.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  left.classList.toggle("is-short", seconds <= 60);
  if (!seconds) finish();
}

count();
tick();
setInterval(tick, 1000);
form.dataset.ready = "yes";
