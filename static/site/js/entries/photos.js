// A class's photographs: sent one by one, so that a broken line loses none; then named by keys, Enter goes on.

import { Names } from "./names.js";

// --- bringing -----------------------------------------------------------------------------------------------------

const bring = document.querySelector("form[data-bring]");
let lost = [];

async function send(file) {
  const body = new FormData();
  body.append("uploads", file);
  const token = bring.querySelector("[name=csrfmiddlewaretoken]").value;
  const answer = await fetch(bring.action, {
    method: "POST", body, headers: { Accept: "application/json", "X-CSRFToken": token },
  });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

async function sendAll(files) {
  const part = (name) => bring.querySelector(`[data-${name}]`);
  const counts = { kept: 0, same: 0 };
  const progress = part("progress");
  lost = [];
  part("sending").hidden = false;
  part("retry").hidden = true;
  part("refused").replaceChildren();
  progress.max = files.length;
  for (const [place, file] of files.entries()) {
    try {
      const done = await send(file);
      counts.kept += done.kept;
      counts.same += done.same;
      for (const text of done.problems) part("refused").append(Object.assign(document.createElement("li"), { textContent: text }));
    } catch {
      lost.push(file);
    }
    progress.value = place + 1;
    say(part("sent"), counts);
  }
  part("retry").hidden = !lost.length;
  window.htmx.ajax("GET", bring.dataset.bring, { target: "#naming", swap: "outerHTML" });
}

function say(line, counts) {
  const words = [`${counts.kept} ${line.dataset.text}`];
  if (counts.same) words.push(`${counts.same} ${line.dataset.same}`);
  if (lost.length) words.push(`${lost.length} ${line.dataset.lost}`);
  line.textContent = words.join(" · ");
}

bring?.addEventListener("files", async (event) => {
  const files = [...event.target.files];
  event.target.value = "";
  bring.querySelector(".file-drop-chosen")?.replaceChildren();
  await sendAll(files);
});
bring?.querySelector("[data-retry]").addEventListener("click", () => sendAll(lost));
window.addEventListener("beforeunload", (event) => lost.length && event.preventDefault());

// --- naming -------------------------------------------------------------------------------------------------------

let names = null;

function begin() {
  const form = document.querySelector("[data-naming]");
  if (!form || form.dataset.ready !== undefined) return;
  const field = form.querySelector("[data-find]");
  names = new Names(field, () => [...form.querySelectorAll("[data-pupil]")]);
  form.addEventListener("keydown", (event) => {
    if (event.key === "+" && event.target === field && !field.value) return press(event, form.querySelector("[data-same]"));
    if (event.key !== "Enter" || event.target.matches("button")) return;
    press(event, event.isComposing ? null : names.marked);
  });
  form.dataset.ready = "";
  field.focus({ preventScroll: true });
}

function press(event, button) {
  event.preventDefault();
  button?.click();
}

document.addEventListener("keydown", (event) => {
  const button = /^F\d+$/.test(event.key) && document.querySelector(`[data-key="${event.key}"]`);
  if (button) press(event, button);
});
document.body.addEventListener("htmx:afterSettle", begin);
begin();
