// A stack of paper cards by keys. Each card is sent at its Enter under a key of its own: sent again after a lost
// connection it is the same card; opened again it is corrected.

import { Server, newScanId } from "../desk/server.js";
import { composing, found, pupilsOf } from "./pupils.js";

const form = document.querySelector("[data-cards]");
const words = form?.dataset ?? {};
const by = (id) => document.getElementById(id);
const [who, list, card, books, book, said] = ["who", "who-list", "card", "books", "book", "said"].map(by);
const pupils = pupilsOf(document.querySelectorAll("tr[data-pupil]"));
const chips = new Map(); // key -> what is known of the card
let now = null; // {pupil, key, mark, title, book}
let before = null; // the key of the card that was saved last
let shown = []; // the pupils whom the box offers

const server = new Server(form?.querySelector("[name=csrfmiddlewaretoken]").value, () => say(words.lost, true));

function say(text, bad = false) {
  said.textContent = text;
  said.classList.toggle("is-refused", bad);
}

// --- the panel ----------------------------------------------------------------------------------------------------

function open(pupil, chip = null) {
  now = { pupil, key: chip?.key ?? newScanId(), mark: chip?.mark ?? "", title: chip?.title ?? "", book: "" };
  if (chip && !chip.title) now.book = chip.book;
  by("card-name").textContent = `${pupil.place} ${pupil.name}`;
  books.replaceChildren(pupil.element.querySelector("template").content.cloneNode(true));
  book.value = now.book;
  for (const row of document.querySelectorAll("tr.is-now")) row.classList.remove("is-now");
  pupil.element.classList.add("is-now");
  pupil.element.scrollIntoView({ block: "nearest" });
  press();
  card.focus();
}

function press() {
  for (const choice of card.querySelectorAll("[data-mark]")) pressed(choice, choice.dataset.mark === now.mark);
  for (const choice of card.querySelectorAll("[data-title]")) pressed(choice, choice.dataset.title === now.title);
}

const pressed = (choice, is) => choice.setAttribute("aria-pressed", String(is));

function choose(choice) {
  const name = "mark" in choice.dataset ? "mark" : "title";
  now[name] = now[name] === choice.dataset[name] ? "" : choice.dataset[name];
  if (name === "title" && now.title) book.value = "";
  press();
}

function neighbour(step) {
  const place = now ? pupils.indexOf(now.pupil) : -1;
  const next = pupils[place + step];
  if (next) open(next);
  else say(words.all);
}

// --- saving -------------------------------------------------------------------------------------------------------

function save() {
  if (!now) return;
  const title = book.value.trim() ? "" : now.title;
  const sent = {
    scan_id: now.key,
    pupil: now.pupil.id,
    mark: now.mark,
    title,
    book: title ? "" : book.value.trim() || by("same").value.trim(),
    kind: by("kind").value,
    written_on: by("day").value,
  };
  const name = books.querySelector(`[data-title="${title}"]`)?.lastChild.textContent.trim();
  const chip = { ...sent, key: now.key, pupil: now.pupil, book: name ?? sent.book, state: "sending" };
  draw(chip);
  before = chip.key;
  send(chip, sent);
  following();
}

function send(chip, sent) {
  server.enqueue(async () => {
    const answer = await server.post(words.enter, sent);
    if (answer.note) draw({ ...chip, mark: answer.mark, book: answer.book, state: "kept" });
    else draw({ ...chip, state: "lost", again: sent, why: whyNot(answer) });
  });
}

function whyNot(answer) {
  const why = answer.problems?.join(" ") ?? (answer.signedOut ? words.out : words.lost);
  say(why, true);
  return why;
}

function following() {
  if (by("mixed").checked) return ask();
  const place = pupils.indexOf(now.pupil);
  if (pupils[place + 1]) open(pupils[place + 1]);
  else ask(words.all);
}

function ask(text = "") {
  now = null;
  by("card-name").textContent = "—";
  books.replaceChildren();
  book.value = who.value = "";
  say(text);
  offer();
  who.focus();
}

// --- what was entered ---------------------------------------------------------------------------------------------

function draw(chip) {
  chips.set(chip.key, chip);
  const made = Object.assign(document.createElement("span"), { className: `card-chip is-${chip.state}` });
  made.dataset.key = chip.key;
  const text = [chip.mark || "✓", chip.book && `《${chip.book}》`].filter(Boolean).join(" ");
  made.append(button(text, () => open(chip.pupil, chip)));
  if (chip.state === "lost") {
    made.title = chip.why;
    made.append(button(words.again, () => send({ ...chip, state: "sending" }, chip.again)));
  }
  if (chip.state !== "sending") made.append(button("×", () => takeBack(chip), `${words.away}: ${chip.pupil.name} ${text}`));
  const old = document.querySelector(`.card-chip[data-key="${chip.key}"]`);
  if (old) old.replaceWith(made);
  else chip.pupil.element.querySelector(".cards-of").append(made);
  count();
}

function button(text, act, label = "") {
  const made = Object.assign(document.createElement("button"), { type: "button", textContent: text });
  if (label) made.setAttribute("aria-label", label);
  made.addEventListener("click", act);
  return made;
}

function takeBack(chip) {
  server.enqueue(async () => {
    const answer = await server.post(words.takeBack, { scan_id: chip.key });
    if (!("gone" in answer)) return say(whyNot(answer), true);
    chips.delete(chip.key);
    document.querySelector(`.card-chip[data-key="${chip.key}"]`)?.remove();
    count();
  });
}

const count = () => {
  document.querySelector("[data-total]").textContent = [...chips.values()].filter((row) => row.state === "kept").length;
};

// --- keys ---------------------------------------------------------------------------------------------------------

function onCard(event) {
  if (composing(event) || event.ctrlKey || event.metaKey || event.altKey || event.target === book) return;
  const key = event.key.toLowerCase();
  const choice = card.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (now && choice) choose(choice);
  else if (key === "enter" && now) save();
  else if (key === "/") book.focus();
  else if (key === "arrowdown") neighbour(1);
  else if (key === "arrowup") neighbour(-1);
  else if (key === "backspace" && chips.has(before)) open(chips.get(before).pupil, chips.get(before));
  else if (key === "escape") ask();
  else return;
  event.preventDefault();
}

function offer() {
  shown = found(pupils, who.value).slice(0, 8);
  list.replaceChildren(
    ...shown.map((pupil, place) => {
      const line = Object.assign(document.createElement("li"), { id: `who-${pupil.id}` });
      line.setAttribute("role", "option");
      line.setAttribute("aria-selected", String(place === 0));
      line.textContent = `${pupil.place} ${pupil.name}`;
      line.addEventListener("mousedown", () => open(pupil));
      return line;
    }),
  );
  list.hidden = !shown.length;
  who.setAttribute("aria-expanded", String(!list.hidden));
  who.setAttribute("aria-activedescendant", shown[0] ? `who-${shown[0].id}` : "");
}

function onWho(event) {
  if (composing(event)) return;
  if (event.key === "ArrowDown" && shown.length > 1) {
    shown.push(shown.shift());
    list.append(list.firstChild);
    for (const line of list.children) line.setAttribute("aria-selected", String(line === list.firstChild));
    who.setAttribute("aria-activedescendant", list.firstChild.id);
  } else if (event.key === "Enter") {
    if (shown[0]) open(shown[0]);
    else if (who.value.trim()) say(words.nobody, true);
    else neighbour(1);
    who.value = "";
    list.hidden = true;
  } else return;
  event.preventDefault();
}

function onBook(event) {
  if (composing(event)) return;
  if (event.key === "Escape") book.value = "";
  else if (event.key !== "Enter") return;
  event.preventDefault();
  event.stopPropagation();
  if (event.key === "Enter" && now) save();
  else card.focus();
}

function listen() {
  card.addEventListener("keydown", onCard);
  card.addEventListener("click", (event) => {
    const choice = event.target.closest(".card-choice");
    if (choice && now) choose(choice);
    if (event.target !== book) card.focus();
  });
  who.addEventListener("input", offer);
  who.addEventListener("keydown", onWho);
  book.addEventListener("keydown", onBook);
  by("day").addEventListener("change", () => server.queue.then(() => form.submit()));
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || composing(event)) return;
    event.preventDefault();
    if (now) card.focus();
    else who.focus();
  });
  for (const pupil of pupils) {
    pupil.element.querySelector(".cards-open").addEventListener("click", () => open(pupil));
    for (const mark of [...pupil.element.querySelectorAll(".card-chip")]) {
      const { key, title, book: name } = mark.dataset;
      draw({ key, pupil, mark: mark.dataset.mark, title, book: name, state: "kept" });
    }
  }
  window.addEventListener("beforeunload", (event) => {
    if (server.busy || [...chips.values()].some((row) => row.state === "lost")) event.preventDefault();
  });
}

if (form) {
  listen();
  if (pupils[0]) open(pupils[0]);
  form.dataset.listens = "";
}
