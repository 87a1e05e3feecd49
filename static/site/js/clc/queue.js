// Classifying by keyboard: Enter or a digit accepts and goes on while the server writes; what fails comes back red.

const form = document.getElementById("queue");
const rows = [...form.querySelectorAll(".queue-row")];
const done = []; // rows in the order in which they were accepted
let active = rows[0];

const choices = (row) => [...row.querySelectorAll("input[type=radio]")];
const other = (row) => row.querySelector("[data-class-picker]");
const state = (row) => row.querySelector(".queue-state");
const isOpen = (row) => row && !row.dataset.state;
const isField = (target) => target.matches("input:not([type=radio]), select, textarea");

function activate(row) {
  if (!row) return;
  active?.classList.remove("is-active");
  active = row;
  active.classList.add("is-active");
  active.focus({ preventScroll: true });
  active.scrollIntoView({ block: "center" });
}

/** The next row that waits, then those left behind; when none does, the next page. */
function goOn() {
  const place = rows.indexOf(active);
  const next = [...rows.slice(place + 1), ...rows.slice(0, place)].find(isOpen);
  if (next) return activate(next);
  active.classList.remove("is-active");
  leaveWhenWritten();
}

function leaveWhenWritten() {
  if (rows.some((row) => row.dataset.state === "busy")) return;
  if (rows.some(isOpen)) return;
  const next = document.getElementById("queue-next");
  location.assign(next ? next.href : location.pathname);
}

function post(url, fields) {
  const body = new URLSearchParams(fields);
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const headers = { "X-CSRFToken": token, "HX-Request": "true" };
  return fetch(url, { method: "POST", body, headers, credentials: "same-origin", signal: AbortSignal.timeout(15000) });
}

function accept(row, number) {
  if (!isOpen(row) || !number) return;
  row.dataset.state = "busy";
  goOn();
  write(row, number);
}

async function write(row, number) {
  const id = row.dataset.title;
  try {
    const answer = await post(form.action, { title: id, [`other-${id}`]: number });
    if (!answer.ok && answer.status !== 422) throw new Error(answer.status);
    const text = await answer.text();
    state(row).innerHTML = text;
    if (answer.ok) return finish(row);
  } catch {
    state(row).textContent = form.dataset.textFailed;
  }
  reopen(row);
}

function finish(row) {
  row.dataset.state = "done";
  done.push(row);
  if (!rows.some(isOpen)) leaveWhenWritten();
}

function reopen(row) {
  delete row.dataset.state;
  row.classList.add("is-failed");
  if (!isOpen(active)) activate(row);
}

async function takeBack(row) {
  const undo = row?.querySelector(".queue-undo");
  if (!undo) return;
  const answer = await post(form.dataset.undoUrl, { ...undo.dataset }).catch(() => null);
  if (answer?.status === 422) return (state(row).innerHTML = await answer.text());
  if (!answer?.ok) return (state(row).textContent = form.dataset.textFailed);
  state(row).replaceChildren();
  delete row.dataset.state;
  done.splice(done.indexOf(row), 1);
  activate(row);
}

const chosen = (row) =>
  other(row).value.trim() || choices(row).find((choice) => choice.checked)?.value || choices(row)[0]?.value || "";

function move(step) {
  const place = rows.indexOf(active) + step;
  activate(rows[Math.max(0, Math.min(rows.length - 1, place))]);
}

function onKey(event) {
  if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
  const row = event.target.closest?.(".queue-row");
  if (isField(event.target)) return inField(event, row);
  if (event.target.closest?.("button, a") && event.key === "Enter") return;
  if (event.key === "F8") takeBack(done.at(-1));
  else if (event.key === "Enter" && !event.repeat) accept(active, chosen(active));
  else if (/^[1-9]$/.test(event.key)) accept(active, choices(active)[Number(event.key) - 1]?.value);
  else if (event.key === "ArrowDown" || event.key === "ArrowUp") move(event.key === "ArrowDown" ? 1 : -1);
  else if (event.key === "/") other(active)?.focus();
  else if (/^[a-z]$/i.test(event.key)) return other(active)?.focus(); // the letter goes on into the field
  else return;
  event.preventDefault();
}

function inField(event, row) {
  if (event.key === "Enter" && row) {
    event.preventDefault();
    accept(row, chosen(row));
  } else if (event.key === "Escape" && row) {
    activate(row);
  }
}

document.addEventListener("keydown", onKey);
form.addEventListener("focusin", (event) => {
  const row = event.target.closest(".queue-row");
  if (!row || row === active) return;
  active?.classList.remove("is-active");
  active = row;
  active.classList.add("is-active");
});
form.addEventListener("click", (event) => {
  const undo = event.target.closest(".queue-undo");
  if (undo) takeBack(undo.closest(".queue-row"));
});
activate(rows.find(isOpen));
