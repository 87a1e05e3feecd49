// The fast lane: ISBN or title, label, next. All meaning is the server's; this page sends what was scanned or typed
// and how it stands (a title open, a title being typed, a label that waits), and shows the pieces that come back.

import { BurstReader, characterOf, isEnter } from "../desk/keys.js";
import { play } from "../desk/sounds.js";
import { Server } from "../desk/server.js";
import { Draft } from "./draft.js";

const DOUBLE_READ_MS = 2000;
const LONE_KEY_MS = 250; // a digit that chooses is alone; a scan's first digit is followed at once
const OFFER_ENTER_MS = 400; // a scanner that sends two Enters must not accept an offer with the second
const UNSURE_MS = 60000; // scanned again within this time, a scan whose answer was lost is the same scan
const LAST = 10;
const SOUNDS = { added: "lent" };

const lane = document.getElementById("lane");
const settings = lane.dataset;
const box = document.getElementById("scan");
const answerPlace = document.getElementById("answer");
const bookPlace = document.getElementById("book");
const hintPlace = document.getElementById("hint");
const feed = document.getElementById("feed");
const countPlace = document.getElementById("count");
const laneForm = document.getElementById("lane-form");
const burst = new BurstReader(box);
const server = new Server(document.querySelector("[name=csrfmiddlewaretoken]").value, () =>
  tell("notice", settings.textOffline),
);
const draft = new Draft(bookPlace, settings, hint);

let title = ""; // the open title
let label = ""; // a label that waits for its title
let last = ""; // the title entered last
let lastCode = { text: "", at: -Infinity };
let lastEnter = -Infinity;
let unsure = { code: "", id: "", at: -Infinity }; // recorded or not: its answer never came
let loneKey;

// --- what is sent -----------------------------------------------------------------------------------------------

function submit(text, now, typed) {
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
  send(settings.scanUrl, () => ({ code, ...(typed ? { typed: "on" } : {}), ...sameScan(code) }));
}

const sameScan = (code) =>
  code === unsure.code && performance.now() - unsure.at < UNSURE_MS ? { scan_id: unsure.id } : {};

/** Posts `own()`, asked for when all earlier answers are there: they say how the page stands. */
function send(url, own) {
  lane.dataset.tone = "busy"; // the last answer's colour must not be taken for this one's
  return server.enqueue(async () => {
    const about = { ...standing(), ...own() };
    show(await server.post(url, about), about);
  });
}

function standing() {
  const fields = Object.fromEntries(new FormData(laneForm));
  delete fields.csrfmiddlewaretoken;
  const volume = bookPlace.querySelector("#volume")?.value ?? "";
  return { ...fields, title, label, last, volume, ...draft.fields() };
}

// --- what comes back --------------------------------------------------------------------------------------------

function show(answer, about) {
  if (answer.signedOut) return refuse(settings.textSignedOut);
  if (answer.lost) return lose(answer.lost, about);
  if (answer.error) return refuse(answer.error.join(" "));
  lane.dataset.tone = answer.tone;
  answerPlace.innerHTML = answer.answer;
  label = answer.label;
  last = answer.last ? String(answer.last) : last;
  if (answer.book !== null) {
    title = answer.title ? String(answer.title) : "";
    bookPlace.innerHTML = answer.book;
    draft.open();
  }
  if (answer.line) addLine(answer.line);
  if (answer.undone) feed.querySelector(`[data-copy="${answer.undone}"]`)?.remove();
  countPlace.textContent = answer.count;
  play(SOUNDS[answer.tone] ?? answer.tone);
  keepFocus();
}

function addLine(html) {
  const line = document.createElement("template");
  line.innerHTML = html.trim();
  const fresh = line.content.firstElementChild;
  feed.querySelector(`[data-copy="${fresh.dataset.copy}"]`)?.remove(); // an answer that came twice
  feed.prepend(fresh);
  while (feed.children.length > LAST) feed.lastElementChild.remove();
}

function lose(id, about) {
  if (about.code) unsure = { code: about.code, id, at: performance.now() };
  lastCode.at = -Infinity; // scanned again at once, it is no double read
  refuse(settings.textLost);
}

function refuse(text) {
  tell("refused", text);
  play("refused");
  keepFocus();
}

function tell(tone, text) {
  lane.dataset.tone = tone;
  const line = document.createElement("p");
  line.className = "desk-headline";
  line.textContent = text;
  answerPlace.replaceChildren(line);
}

// Beside the box, since the answer to the first read may still be on its way and replaces what the answer shows.
function hint(text) {
  hintPlace.textContent = text;
}

function dropBook() {
  title = label = "";
  bookPlace.replaceChildren();
  lane.dataset.tone = "idle";
  answerPlace.innerHTML = document.getElementById("idle").innerHTML;
  hint("");
  keepFocus();
}

// --- keys ---------------------------------------------------------------------------------------------------------

document.addEventListener("keydown", onKey, true);

function onKey(event) {
  clearTimeout(loneKey);
  if (isEnter(event)) return onEnter(event);
  if (handleCommand(event)) return event.preventDefault();
  burst.press(event);
  const prints = event.key.length === 1 || characterOf(event); // an input method hides which key it was
  if (!isEditing(event.target) && prints && !event.ctrlKey && !event.metaKey && !event.altKey) box.focus();
  watchLoneKey(event);
}

function onEnter(event) {
  if (event.repeat) return event.preventDefault(); // held down, it would accept what the first press brought up
  const field = burst.field;
  const before = burst.fieldValue;
  const code = burst.take(event);
  if (code) return takeBurst(event, code, field, before);
  if (event.isComposing || event.keyCode === 229) return; // the input method's own Enter chooses a word
  if (event.target !== box && event.target.closest("button, a, select")) return;
  event.preventDefault();
  if (draft.has(event.target)) return leaveField(event);
  if (event.target !== box && isEditing(event.target)) return keepFocus();
  const text = box.value;
  box.value = "";
  if (text.trim()) submit(text, event.timeStamp, true);
  else if (event.timeStamp - lastEnter > OFFER_ENTER_MS) takeOffer("Enter");
  lastEnter = event.timeStamp;
}

// Enter goes from field to field; behind the last one, a label that was scanned first is entered.
function leaveField(event) {
  lastEnter = event.timeStamp;
  if (draft.next(event.target)) return;
  if (label) {
    lastCode.at = -Infinity;
    submit(label, event.timeStamp, false);
  } else box.focus();
}

function takeBurst(event, code, field, before) {
  event.preventDefault();
  event.stopPropagation();
  lastEnter = event.timeStamp;
  endComposition(field && "value" in field ? field : box, before);
  submit(code, event.timeStamp, false);
}

// An input method holds the scanned letters as an unfinished word: leaving the field drops it.
function endComposition(field, before) {
  const kept = field === box ? "" : (before ?? "");
  field.blur();
  field.value = kept;
  field.focus();
  setTimeout(() => burst.length || !field.isConnected || (field.value = kept), 0);
}

const ONCE = new Set(["Escape", "F3", "F4", "F8"]); // held down, they act once

function handleCommand(event) {
  if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return false;
  if (event.repeat && ONCE.has(event.code)) return true;
  switch (event.code) {
    case "Escape":
      box.value = "";
      server.enqueue(async () => dropBook()); // after the scans before it
      return true;
    case "F3":
      return takeOffer("F3");
    case "F4":
      return draft.takeFirst();
    case "F8":
      unsure.code = "";
      send(settings.undoUrl, () => ({}));
      return true;
    default:
      return false;
  }
}

function watchLoneKey(event) {
  const key = characterOf(event);
  if (burst.length !== 1 || box.value || !key || !findOffer(key)) return;
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

/** A button's data-field-* attributes as the fields it posts; an answer holds until the next scan. */
function press(button) {
  if (server.busy) return;
  const fields = {};
  for (const { name, value } of button.attributes) {
    if (name.startsWith("data-field-")) fields[name.slice("data-field-".length)] = value;
  }
  send(button.dataset.url, () => fields);
}

// --- focus --------------------------------------------------------------------------------------------------------

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-url]");
  if (button) press(button);
  if (!event.target.closest("a, input, select, textarea, label")) keepFocus();
});
document.addEventListener("submit", (event) => lane.contains(event.target) && event.preventDefault());
laneForm.addEventListener("change", (event) => event.target.matches("select") && keepFocus());
window.addEventListener("focus", () => document.activeElement === document.body && keepFocus());

const isEditing = (target) => target.matches("input, select, textarea");

/** Scans arrive anywhere; what is typed next is the title that is not held, or the box. */
function keepFocus() {
  if (!draft.focusEmpty()) box.focus({ preventScroll: true });
}

keepFocus();
lane.dataset.ready = "yes";
