// The front desk: one box that hears every key, one answer at a time. All meaning is the server's; this page sends
// what was scanned, shows the pieces that come back, and keeps the focus where scans arrive.

import { BurstReader, isEnter } from "./keys.js";
import { play, speak } from "./sounds.js";
import { Server } from "./server.js";
import { Board } from "./board.js";

const DOUBLE_READ_MS = 2000;
const LONE_KEY_MS = 250; // a digit that answers a question is alone; a scan's first digit is followed at once
const OFFER_ENTER_MS = 400; // a scanner that sends two Enters must not accept an offer with the second
const FEED_LENGTH = 12;

const desk = document.getElementById("desk");
const box = document.getElementById("scan");
const answerPlace = document.getElementById("answer");
const panelPlace = document.getElementById("panel");
const hintPlace = document.getElementById("hint");
const feed = document.getElementById("feed");
const quietBar = document.getElementById("quiet-bar");
const speechButton = document.getElementById("speech");
const settings = desk.dataset;
const burst = new BurstReader();
const server = new Server(document.querySelector("[name=csrfmiddlewaretoken]").value, () => notice(settings.textOffline));
const board = new Board(document.getElementById("board"));

let reader = settings.reader || "";
let lastCode = { text: "", at: -Infinity };
let lastEnter = -Infinity;
let loneKey;
let quietTimer;

// --- what is sent -----------------------------------------------------------------------------------------------

function submit(text, now) {
  const code = text.normalize("NFKC").trim();
  if (!code) return;
  if (code === lastCode.text && now - lastCode.at < DOUBLE_READ_MS) {
    lastCode.at = now;
    play("again");
    hint(settings.textAgain);
    return;
  }
  lastCode = { text: code, at: now };
  hint("");
  const place = board.readerAt(code);
  if (place === undefined) send(settings.scanUrl, { code });
  else if (place) send(settings.openUrl, { reader: place });
  else refuse(settings.textUnknownPlace);
}

function send(url, fields) {
  desk.dataset.tone = "busy"; // the last answer's colour must not be taken for this one's
  const about = { ...context(), ...fields };
  return server.enqueue(async () => {
    if (!fields.reader) about.reader = reader; // whoever the answer before this one left open
    show(await server.post(url, about));
  });
}

function context() {
  const fields = {};
  if (settings.board) fields.board = settings.board;
  if (settings.on) fields.on = settings.on;
  return fields;
}

// --- what comes back --------------------------------------------------------------------------------------------

function show(answer) {
  if (answer.signedOut) return refuse(settings.textSignedOut);
  if (answer.lost) return refuse(settings.textLost);
  if (answer.error) return refuse(answer.error.join(" "));
  if (answer.go) return location.assign(answer.go);
  desk.dataset.tone = answer.tone;
  answerPlace.innerHTML = answer.answer;
  openReader(answer.reader, answer.panel);
  if (answer.line) addLine(answer.line);
  board.update(answer.rows);
  play(answer.tone);
  if (speechIsOn()) speak(settings[`say${capital(answer.say)}`]);
  startQuietTimer();
  keepFocus();
}

const capital = (word) => (word ? word[0].toUpperCase() + word.slice(1) : "");

function openReader(id, panel) {
  reader = id ? String(id) : "";
  panelPlace.innerHTML = panel || "";
  board.choose(reader);
}

function addLine(html) {
  feed.insertAdjacentHTML("afterbegin", html);
  const undone = feed.firstElementChild.dataset.undoes;
  if (undone) document.getElementById(`event-${undone}`)?.setAttribute("data-undone", "");
  while (feed.children.length > FEED_LENGTH) feed.lastElementChild.remove();
}

function refuse(text) {
  desk.dataset.tone = "refused";
  headline(text);
  play("refused");
}

function notice(text) {
  desk.dataset.tone = "notice";
  headline(text);
}

function headline(text) {
  const line = document.createElement("p");
  line.className = "desk-headline";
  line.textContent = text;
  answerPlace.replaceChildren(line);
}

// Beside the box, since the answer to the first read may still be on its way and replaces what the answer shows.
const hint = (text) => (hintPlace.textContent = text);

// --- the reader closes by itself ----------------------------------------------------------------------------------

function closeReader() {
  openReader("", "");
  desk.dataset.tone = "idle";
  answerPlace.innerHTML = document.getElementById("idle").innerHTML;
  clearTimeout(quietTimer);
  quietBar.getAnimations().forEach((animation) => animation.cancel());
}

function startQuietTimer() {
  clearTimeout(quietTimer);
  quietBar.getAnimations().forEach((animation) => animation.cancel());
  if (!reader) return;
  const length = Number(settings.quietSeconds) * 1000;
  quietBar.animate([{ transform: "scaleX(1)" }, { transform: "scaleX(0)" }], { duration: length });
  quietTimer = setTimeout(closeReader, length);
}

// --- keys ---------------------------------------------------------------------------------------------------------

document.addEventListener("keydown", onKey, true);

function onKey(event) {
  clearTimeout(loneKey);
  if (reader) startQuietTimer();
  if (isEnter(event)) return onEnter(event);
  if (handleCommand(event)) return event.preventDefault();
  burst.press(event);
  if (!isEditing(event.target) && event.key.length === 1 && !event.ctrlKey && !event.metaKey) box.focus();
  watchLoneKey(event);
}

function onEnter(event) {
  const code = burst.take(event);
  if (code) return takeBurst(event, code);
  if (event.isComposing || event.keyCode === 229) return; // the input method's own Enter chooses a word
  if (event.target !== box && isEditing(event.target)) return;
  if (event.target !== box && event.target.closest("button, a")) return;
  event.preventDefault();
  const text = box.value;
  box.value = "";
  if (text.trim()) submit(text, event.timeStamp);
  else if (event.timeStamp - lastEnter > OFFER_ENTER_MS) takeOffer("Enter");
  lastEnter = event.timeStamp;
}

function takeBurst(event, code) {
  event.preventDefault();
  event.stopPropagation();
  lastEnter = event.timeStamp;
  endComposition();
  submit(code, event.timeStamp);
}

// An input method holds the scanned letters as an unfinished word: leaving the field drops it.
function endComposition() {
  box.blur();
  box.value = "";
  box.focus();
  setTimeout(() => (box.value = burst.length ? box.value : ""), 0);
}

function handleCommand(event) {
  if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return false;
  switch (event.code) {
    case "Escape":
      box.value = "";
      closeReader();
      keepFocus();
      return true;
    case "F2":
      return takeOffer("F2");
    case "F8":
      send(settings.undoUrl, {});
      return true;
    case "F9":
      if (reader) send(settings.renewAllUrl, { reader });
      return true;
    case "ArrowDown":
    case "ArrowUp":
      return moveOnBoard(event.code === "ArrowDown" ? 1 : -1);
    default:
      return false;
  }
}

function moveOnBoard(step) {
  const next = board.neighbour(reader, step);
  if (next) send(settings.openUrl, { reader: next });
  return Boolean(next);
}

function watchLoneKey(event) {
  if (burst.length !== 1 || box.value || !findOffer(event.key)) return;
  const key = event.key;
  loneKey = setTimeout(() => {
    box.value = "";
    burst.reset();
    takeOffer(key);
  }, LONE_KEY_MS);
}

const findOffer = (key) => answerPlace.querySelector(`button[data-key="${CSS.escape(key)}"]`);

function takeOffer(key) {
  const button = findOffer(key);
  if (button) press(button);
  return Boolean(button);
}

// --- buttons and focus --------------------------------------------------------------------------------------------

/** A button's data-field-* attributes as the fields it posts. */
function press(button) {
  const fields = {};
  for (const { name, value } of button.attributes) {
    if (name.startsWith("data-field-")) fields[name.slice("data-field-".length)] = value;
  }
  send(button.dataset.url, fields);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-url]");
  if (button) press(button);
  if (!event.target.closest("a, input, select, textarea, label, summary")) keepFocus();
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method === "get" && form.id !== "scan-form" && !form.dataset.url) return;
  event.preventDefault();
  if (form.dataset.url) send(form.dataset.url, Object.fromEntries(new FormData(form)));
});

const isEditing = (target) => target.matches("input, select, textarea");
const keepFocus = () => box.focus({ preventScroll: true });
window.addEventListener("focus", () => document.activeElement === document.body && keepFocus());

// --- speech -------------------------------------------------------------------------------------------------------

const speechIsOn = () => (localStorage.getItem("desk-speech") ?? settings.speech) === "on";
const showSpeech = () => speechButton.setAttribute("aria-pressed", String(speechIsOn()));
speechButton.addEventListener("click", () => {
  localStorage.setItem("desk-speech", speechIsOn() ? "off" : "on");
  showSpeech();
});

showSpeech();
startQuietTimer();
keepFocus();
desk.dataset.ready = "yes";
