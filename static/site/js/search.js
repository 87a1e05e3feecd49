// Search as you type. Letters inside an input method's candidate window are not yet a query: wait until they are chosen.

const WAIT = 300;
const box = document.getElementById("q");
let waiting = 0;
let asked = box.value;

function ask() {
  if (box.value === asked || /^\s*[a-z]\s*$/i.test(box.value)) return; // one letter is hardly a question yet
  asked = box.value;
  box.form.dispatchEvent(new CustomEvent("typed"));
}

function askSoon() {
  clearTimeout(waiting);
  waiting = setTimeout(ask, WAIT);
}

box.addEventListener("input", (event) => {
  if (event.isComposing) clearTimeout(waiting);
  else askSoon();
});
box.addEventListener("compositionend", askSoon);
box.form.addEventListener("submit", () => {
  clearTimeout(waiting);
  asked = box.value;
});
