// The own work: the draft is kept by itself a moment after the last key, and tried again when the line was broken.

const form = document.querySelector("[data-autosave]");
const PAUSE = 1500;
const AGAIN = 8000;
const MOST_UNHEARD = 4;

if (form) {
  const said = form.querySelector("[data-saved]");
  const letters = form.querySelector("[data-letters]");
  const text = form.querySelector("[name=text]");
  let timer = 0;
  let unsaved = false;
  let sending = false;
  // The texts that this window knows: as loaded, and as sent since. Another window's are not written over.
  // A page that came back with a mistake holds what was not kept: it knows nothing yet.
  let bases = form.querySelector(".field-error") ? null : [text.defaultValue];

  const count = () => (letters.textContent = `${[...text.value.replace(/\s/g, "")].length} ${letters.dataset.text}`);

  const later = (wait) => {
    clearTimeout(timer);
    timer = setTimeout(save, wait);
  };

  async function save() {
    if (!unsaved || sending) return;
    unsaved = false;
    sending = true;
    const body = new FormData(form);
    body.delete("uploads");
    for (const base of bases ?? []) body.append("base", base);
    const sent = text.value;
    if (bases) bases = [bases[0], ...[...bases.slice(1), sent].slice(-MOST_UNHEARD)];
    try {
      const answer = await fetch(form.dataset.autosave, { method: "POST", body });
      const told = await answer.json();
      if (told.saved) bases = [sent];
      said.textContent = told.saved ? `${said.dataset.text} ${told.saved}` : told.problems.join(" ");
    } catch {
      unsaved = true;
      said.textContent = said.dataset.lost;
      later(AGAIN);
    }
    sending = false;
    if (unsaved) later(AGAIN);
  }

  form.addEventListener("input", (event) => {
    if (event.target.type === "file") return;
    unsaved = true;
    count();
    later(PAUSE);
  });
  form.addEventListener("submit", () => (unsaved = false));
  document.addEventListener("visibilitychange", () => document.hidden && save());
  window.addEventListener("beforeunload", (event) => unsaved && event.preventDefault());
  count();
  form.dataset.ready = "";
}
