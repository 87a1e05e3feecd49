// Counting visits: every card that is scanned, and a class by F2 and Enter. The next scan never waits for the mouse.

import { BurstReader, characterOf, isEnter } from "../desk/keys.js";
import { Server } from "../desk/server.js";
import { play } from "../desk/sounds.js";
import { watchTurns } from "./turns.js";

const DOUBLE_READ_MS = 2000;
const LONE_KEY_MS = 250; // a digit that chooses is alone; a scan's first digit is followed at once
const UNSURE_MS = 60000; // scanned again within this time, a scan whose answer was lost is the same scan
const SOUNDS = { counted: "lent" };

const page = document.getElementById("visits");
const settings = page.dataset;
const box = document.getElementById("scan");
const place = document.getElementById("id_place");
const answerPlace = document.getElementById("answer");
const todayPlace = document.getElementById("today");
const hintPlace = document.getElementById("hint");
const classForm = document.getElementById("class-form");
const classChoice = document.getElementById("class");
const heads = document.getElementById("heads");
const due = document.getElementById("due");
const burst = new BurstReader(box);
const server = new Server(document.querySelector("[name=csrfmiddlewaretoken]").value, () =>
  tell("notice", settings.textOffline),
);

let lastCode = { text: "", at: -Infinity };
const counted = []; // what was counted on this page and not taken back
let loneKey;
let unsure = { key: "", id: "", at: -Infinity };

// --- what is sent -----------------------------------------------------------------------------------------------

function submit(text, now) {
  const code = text.normalize("NFKC").trim();
  if (!code) return;
  if (code === lastCode.text && now - lastCode.at < DOUBLE_READ_MS) {
    lastCode.at = now;
    play("again");
    hintPlace.textContent = settings.textAgain;
    return;
  }
  lastCode = { text: code, at: now };
  send(settings.scanUrl, { code });
}

function send(url, own) {
  hintPlace.textContent = "";
  page.dataset.tone = "busy"; // the last answer's colour must not be taken for this one's
  const key = url + JSON.stringify(own);
  const again = key === unsure.key && performance.now() - unsure.at < UNSURE_MS ? { scan_id: unsure.id } : {};
  const fields = { place: place.value, ...own, ...again };
  return server.enqueue(async () => show(await server.post(url, fields), key));
}

// --- what comes back --------------------------------------------------------------------------------------------

function show(answer, key) {
  if (answer.signedOut) return refuse(settings.textSignedOut);
  if (answer.error) return refuse(answer.error.join(" "));
  if (answer.lost) {
    unsure = { key, id: answer.lost, at: performance.now() };
    lastCode.at = -Infinity; // scanned again at once, it is no double read
    return refuse(settings.textLost);
  }
  page.dataset.tone = answer.tone;
  if (answer.visit) counted.push(voidUrl(answer.visit));
  answerPlace.innerHTML = answer.answer;
  todayPlace.innerHTML = answer.today;
  play(SOUNDS[answer.tone] ?? answer.tone);
}

function refuse(text) {
  tell("refused", text);
  play("refused");
}

function tell(tone, text) {
  page.dataset.tone = tone;
  const line = document.createElement("p");
  line.className = "desk-headline";
  line.textContent = text;
  answerPlace.replaceChildren(line);
}

// --- keys ---------------------------------------------------------------------------------------------------------

document.addEventListener("keydown", onKey, true);

function onKey(event) {
  clearTimeout(loneKey);
  if (isEnter(event)) return onEnter(event);
  if (event.code === "F2" || event.code === "F8" || event.code === "Escape") {
    event.preventDefault();
    if (!event.repeat) command(event.code);
    return;
  }
  burst.press(event);
  const prints = event.key.length === 1 || characterOf(event); // an input method hides which key it was
  if (prints && !isEditing(event.target) && !event.ctrlKey && !event.metaKey && !event.altKey) {
    box.focus();
  }
  watchLoneKey(event);
}

function watchLoneKey(event) {
  const button = findOffer(characterOf(event));
  if (!button || burst.length !== 1 || box.value || (isEditing(event.target) && event.target !== box)) return;
  loneKey = setTimeout(() => {
    box.value = "";
    burst.reset();
    press(button);
  }, LONE_KEY_MS);
}

function command(code) {
  if (code === "F2") {
    heads.focus();
    heads.select();
  } else if (code === "F8") {
    if (counted.length && !server.busy) takeBack(counted.at(-1));
  } else {
    box.value = "";
    box.focus();
  }
}

const voidUrl = (visit) => settings.voidUrl.replace("/0/", `/${visit}/`);

function takeBack(url) {
  if (counted.includes(url)) counted.splice(counted.indexOf(url), 1);
  send(url, {});
}

function onEnter(event) {
  if (event.repeat) return event.preventDefault();
  const field = burst.field;
  const before = burst.fieldValue;
  const code = burst.take(event);
  if (code) return takeBurst(event, code, field, before);
  if (event.isComposing || event.keyCode === 229) return; // the input method's own Enter chooses a word
  if (event.target !== box) return; // a button, a link, or the form of the class
  event.preventDefault();
  const text = box.value;
  box.value = "";
  submit(text, event.timeStamp);
}

function takeBurst(event, code, field, before) {
  event.preventDefault();
  event.stopPropagation();
  const target = field && "value" in field ? field : box;
  const kept = target === box ? "" : (before ?? "");
  target.blur(); // an input method holds the scanned letters as an unfinished word: leaving the field drops it
  target.value = kept;
  box.focus();
  setTimeout(() => burst.length || (target.value = kept), 0);
  submit(code, event.timeStamp);
}

const findOffer = (key) => key && answerPlace.querySelector(`button[data-key="${CSS.escape(key)}"]`);

function press(button) {
  if (server.busy) return;
  if (button.dataset.fieldReader) send(button.dataset.url, { reader: button.dataset.fieldReader });
  else takeBack(button.dataset.url);
}

// --- a class ------------------------------------------------------------------------------------------------------

classForm.addEventListener("submit", (event) => {
  event.preventDefault();
  if (server.busy) return; // pressed twice
  send(settings.classUrl, { school_class: classChoice.value, heads: heads.value });
  box.focus();
});
classChoice.addEventListener("change", fillHeads);

function fillHeads() {
  heads.value = Number(classChoice.selectedOptions[0]?.dataset.heads) || "";
}

watchTurns([...document.querySelectorAll("#turns [data-from]")], (turn) => {
  due.hidden = !turn;
  if (!turn) return;
  due.querySelector("strong").textContent = turn.textContent;
  if (!classForm.contains(document.activeElement)) classChoice.value = turn.dataset.class;
  fillHeads();
});
fillHeads();

// --- focus --------------------------------------------------------------------------------------------------------

document.getElementById("scan-form").addEventListener("submit", (event) => event.preventDefault());
document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-url]");
  if (button) press(button);
  if (!event.target.closest("a, input, select, textarea, label, summary")) box.focus({ preventScroll: true });
});
place.addEventListener("change", () => box.focus());

const isEditing = (target) => target.matches("input, select, textarea");

box.focus({ preventScroll: true });
page.dataset.ready = "yes";
