// Asks until the pages are there again: then the list of backups, or the login, since a restore ends all sessions.
const box = document.getElementById("restoring");
const EVERY_MS = 1500;

async function ask() {
  try {
    const answer = await fetch(box.dataset.state, { headers: { "HX-Request": "true" }, cache: "no-store" });
    if (answer.status === 401) {
      location.assign(box.dataset.after);
      return;
    }
    const state = answer.ok ? await answer.json() : { over: false };
    if (state.over) {
      location.assign(state.url);
      return;
    }
  } catch {
    // The pages are down, as announced.
  }
  setTimeout(ask, EVERY_MS);
}

setTimeout(ask, EVERY_MS);
