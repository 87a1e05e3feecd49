// A note that saves itself while it is written: a moment after the last key, and again until it got through.

const PAUSE_MS = 1500;
const AGAIN_MS = 8000;
const form = document.querySelector("[data-note]");
const told = form?.querySelector("[data-saved]");
let timer = 0;
let changed = false;
let sending = false;
// The texts that this window knows: as loaded, and as sent since. Another window's are not written over.
// A page that came back with a mistake holds what was not kept: it knows nothing yet.
let bases = form?.querySelector(".field-error") ? null : [form?.elements.text.defaultValue ?? ""];
const MOST_UNHEARD = 4;

const count = () => {
  form.querySelector("[data-count]").textContent = [...form.elements.text.value.replace(/\s/g, "")].length;
};

function later(wait) {
  clearTimeout(timer);
  timer = setTimeout(save, wait);
}

async function save() {
  if (sending) return later(PAUSE_MS);
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === "string") body.append(name, value);
  for (const text of bases ?? []) body.append("base", text);
  const sent = form.elements.text.value;
  if (bases) bases = [bases[0], ...[...bases.slice(1), sent].slice(-MOST_UNHEARD)];
  changed = false;
  sending = true;
  try {
    const answer = await fetch(form.dataset.save, { method: "POST", body, credentials: "same-origin" });
    const kept = await answer.json();
    told.textContent = kept.text ?? Object.values(kept.errors ?? {}).flat().join(" ");
    if (!kept.note && answer.status !== 400) throw new Error();
    if (kept.note) bases = [sent];
    else changed = true;
  } catch {
    changed = true;
    told.textContent = form.dataset.unsaved;
    later(AGAIN_MS);
  }
  sending = false;
}

function isWorthKeeping() {
  return Boolean(form.elements.text.value.trim() || form.elements.heading.value.trim() || form.elements.book.value.trim());
}

if (form) {
  form.addEventListener("input", () => {
    count();
    changed = true;
    if (isWorthKeeping()) later(PAUSE_MS);
  });
  form.addEventListener("submit", () => {
    changed = false;
    clearTimeout(timer);
  });
  window.addEventListener("beforeunload", (event) => changed && isWorthKeeping() && event.preventDefault());
  count();
  form.dataset.listens = "";
}
