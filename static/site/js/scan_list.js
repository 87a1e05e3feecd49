// A box that takes one scanned number per line, whatever the input method does; a second read of the same is ignored.

import { BurstReader, isEnter } from "./desk/keys.js";
import { play } from "./desk/sounds.js";

const box = document.querySelector("[data-scan-list]");
const count = document.querySelector("[data-scan-count]");
const burst = new BurstReader(box);
burst.reset(); // what the box holds is a list, not the beginning of a scan

const lines = () => box.value.split(/\s+/).filter(Boolean);

box.addEventListener(
  "keydown",
  (event) => {
    if (!isEnter(event)) return burst.press(event);
    const code = burst.take(event);
    if (!code) return;
    event.preventDefault();
    add(code, box.value);
  },
  true,
);

function add(code, before) {
  const known = lines().includes(code);
  const lead = before && !before.endsWith("\n") ? `${before}\n` : before;
  const text = known ? before : `${lead}${code}\n`;
  write(text);
  setTimeout(() => burst.length || write(text), 0); // an input method may still drop its unfinished word here
  play(known ? "again" : "opened");
}

function write(text) {
  box.blur();
  box.value = text;
  box.focus();
  box.scrollTop = box.scrollHeight;
  tell();
}

const tell = () => (count.textContent = lines().length ? `(${lines().length})` : "");

box.addEventListener("input", tell);
tell();
