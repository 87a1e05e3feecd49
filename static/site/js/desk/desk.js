// The front desk: one box that hears every key, one answer at a time. All meaning is the server's; this page sends
// what was scanned, shows the pieces that come back, and keeps the focus where scans arrive.

import { BurstReader, characterOf, isEnter } from "./keys.js";
import { play, speak } from "./sounds.js";
import { Server } from "./server.js";
import { Board } from "./board.js";
import { Duty } from "./duty.js";
import { Mode } from "./mode.js";

const DOUBLE_READ_MS = 2000;
const LONE_KEY_MS = 250; // a digit that answers a question is alone; a scan's first digit is followed at once
const OFFER_ENTER_MS = 400; // a scanner that sends two Enters must not accept an offer with the second
const UNSURE_MS = 60000; // scanned again within this time, a scan whose answer was lost is the same scan
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
const burst = new BurstReader(box);
const server = new Server(document.querySelector("[name=csrfmiddlewaretoken]").value, () => notice(settings.textOffline));
const board = new Board(document.getElementById("board"));
const duty = new Duty(document.getElementById("duty"), (text) => hint(text), settings.textDuty);
const mode = new Mode(document.getElementById("mode"), desk, (text) => hint(text));

let reader = settings.reader || "";
let lastCode = { text: "", at: -Infinity };
let lastEnter = -Infinity;
let unsure = { code: "", id: "", at: -Infinity }; // recorded or not: its answer never came
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
  if (duty.take()) return send(settings.dutyUrl, () => ({ code }));
  const place = board.readerAt(code);
  if (place === undefined) send(settings.scanUrl, () => ({ code, ...sameScan(code) }));
  else if (place) send(settings.openUrl, () => ({ reader: place }));
  else refuse(settings.textUnknownPlace);
}

const sameScan = (code) =>
  code === unsure.code && performance.now() - unsure.at < UNSURE_MS ? { scan_id: unsure.id } : {};

/** Posts `fields()`, asked for when all earlier answers are there: they say who is open. Nothing if it has none. */
function send(url, fields) {
  desk.dataset.tone = "busy"; // the last answer's colour must not be taken for this one's
  clearTimeout(quietTimer); // nor may the reader close while a scan is on its way
  return inTurn(async () => {
    const own = fields();
    if (!own) return;
    const about = { ...context(), reader, ...own };
    show(await server.post(url, about), about);
  });
}

function inTurn(job) {
  return server.enqueue(job).finally(() => {
    startQuietTimer();
    if (document.activeElement === document.body) keepFocus();
  });
}

function context() {
  const fields = {};
  if (settings.board) fields.board = settings.board;
  if (settings.on) fields.on = settings.on;
  if (settings.mode) fields.mode = settings.mode;
  for (const [name, value] of Object.entries(settings)) if (name.startsWith("send")) fields[plain(name)] = value;
  return fields;
}

/** A page's own field: data-send-box is sent as "box". */
const plain = (name) => name[4].toLowerCase() + name.slice(5);

// --- what comes back --------------------------------------------------------------------------------------------

function show(answer, about) {
  if (answer.signedOut) return giveUp(settings.textSignedOut);
  if (answer.lost) return lose(answer.lost, about);
  if (answer.error) return refuse(answer.error.join(" "));
  if (answer.go) return location.assign(answer.go);
  desk.dataset.tone = answer.tone;
  answerPlace.innerHTML = answer.answer;
  openReader(answer.reader, answer.panel);
  if (answer.line) addLines(answer.line);
  board.update(answer.rows);
  for (const [id, html] of Object.entries(answer.pieces ?? {})) document.getElementById(id).innerHTML = html;
  duty.show(answer.duty);
  mode.show(answer.mode);
  play(answer.tone);
  if (speechIsOn()) speak(settings[`say${capital(answer.say)}`]);
  keepFocus();
}

const capital = (word) => (word ? word[0].toUpperCase() + word.slice(1) : "");

function openReader(id, panel) {
  reader = id ? String(id) : "";
  panelPlace.innerHTML = panel || "";
  board.choose(reader);
}

function addLines(html) {
  feed.insertAdjacentHTML("afterbegin", html);
  for (const { dataset } of feed.querySelectorAll("[data-undoes]")) {
    document.getElementById(`event-${dataset.undoes}`)?.setAttribute("data-undone", "");
  }
  while (feed.children.length > FEED_LENGTH) feed.lastElementChild.remove();
}

function refuse(text) {
  desk.dataset.tone = "refused";
  headline(text);
  play("refused");
}

function lose(id, about) {
  if (about.code) unsure = { code: about.code, id, at: performance.now() };
  giveUp(settings.textLost);
}

// The lost scan may have been the next child's card: its books must not go to the child before.
function giveUp(text) {
  openReader("", "");
  refuse(text);
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
  if (!reader || server.busy) return;
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
  const prints = event.key.length === 1 || characterOf(event); // an input method hides which key it was
  if (!isEditing(event.target) && prints && !event.ctrlKey && !event.metaKey) box.focus();
  watchLoneKey(event);
}

function onEnter(event) {
  if (event.repeat) return event.preventDefault(); // held down, it would accept what the first press brought up
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

const ONCE = new Set(["Escape", "F2", "F8", "F9"]); // held down, they act once

function handleCommand(event) {
  if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return false;
  if (event.repeat && ONCE.has(event.code)) return true;
  switch (event.code) {
    case "Escape":
      box.value = "";
      duty.leave();
      inTurn(closeReader); // after the scans before it: their answers must not open the reader again
      keepFocus();
      return true;
    case "F2":
      return takeOffer("F2");
    case "F7":
      if (settings.dutyUrl) duty.ask();
      return true;
    case "F8":
      unsure.code = "";
      send(settings.undoUrl, () => ({}));
      return true;
    case "F9":
      if (reader || server.busy) send(settings.renewAllUrl, () => reader && {});
      return true;
    case "ArrowDown":
    case "ArrowUp":
      return (event.target === box || !isEditing(event.target)) && moveOnBoard(event.code === "ArrowDown" ? 1 : -1);
    default:
      return false;
  }
}

function moveOnBoard(step) {
  if (!board.neighbour(reader, step)) return false;
  send(settings.openUrl, () => ({ reader: board.neighbour(reader, step) }));
  return true;
}

function watchLoneKey(event) {
  const key = characterOf(event);
  if (burst.length !== 1 || box.value || !findOffer(key)) return;
  if (event.target !== box && isEditing(event.target)) return;
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
  if (isOutdated(button)) return;
  const fields = {};
  for (const { name, value } of button.attributes) {
    if (name.startsWith("data-field-")) fields[name.slice("data-field-".length)] = value;
  }
  send(button.dataset.url, () => fields);
}

/** An answer and a panel hold until the next scan: pressed twice, or after it, their keys would act on the wrong one. */
const isOutdated = (part) => server.busy && (answerPlace.contains(part) || panelPlace.contains(part));

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-url]");
  if (button) press(button);
  if (event.target.closest("[data-duty]")) duty.ask();
  if (!event.target.closest("a, input, select, textarea, label, summary")) keepFocus();
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if ((form.method === "get" || "native" in form.dataset) && form.id !== "scan-form" && !form.dataset.url) return;
  event.preventDefault();
  if (!form.dataset.url || isOutdated(form)) return;
  const fields = Object.fromEntries(new FormData(form));
  send(form.dataset.url, () => fields);
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
