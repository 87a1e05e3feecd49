// Fills the form for a new title with what another library knows. What a person has typed stays, unless a record is
// chosen by hand; what was filled in is marked until it is touched.

const form = document.getElementById("title-form");
const done = form?.querySelector(".copying-done");
let isOwnIsbn = false;

function isEmpty(input) {
  if (input.tagName !== "SELECT") return !input.value.trim();
  const usual = [...input.options].find((option) => option.defaultSelected) ?? input.options[0];
  return input.value === (usual?.value ?? "");
}

function takes(input, value) {
  return input.tagName !== "SELECT" || [...input.options].some((option) => option.value === String(value));
}

// An ISBN that came with a record is checked like a typed one: the library may hold the book. Nobody is asked anew.
function checkIsbn(input) {
  isOwnIsbn = true;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

function fill(link, { overwrite }) {
  for (const [name, value] of Object.entries(JSON.parse(link.dataset.copy))) {
    const input = form.elements[name];
    const isKept = !input || (!isEmpty(input) && (!overwrite || name === "isbn"));
    if (isKept || !takes(input, value)) continue;
    if (input.value === String(value)) continue;
    input.value = value;
    input.classList.add("is-copied");
    if (name === "isbn") checkIsbn(input);
  }
  form.elements.record.value = link.dataset.record;
  done.textContent = done.dataset.text;
  done.hidden = false;
}

form?.addEventListener("click", (event) => {
  const link = event.target.closest("[data-copy]");
  if (!link) return;
  event.preventDefault();
  fill(link, { overwrite: true });
  form.elements.name.focus();
});

form?.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target?.id !== "copying-hits") return;
  done.hidden = true;
  const single = form.querySelector("[data-single]");
  if (single) fill(single, { overwrite: false });
});

form?.addEventListener("input", (event) => {
  event.target.classList.remove("is-copied");
  if (event.target.name === "isbn") isOwnIsbn = false;
});

form?.addEventListener("htmx:beforeRequest", (event) => {
  if (event.detail.requestConfig.triggeringEvent?.type !== "isbn-fresh") return;
  if (isOwnIsbn) event.preventDefault();
  isOwnIsbn = false;
});
