// Fills the form for a new title with what another library knows. What a person has typed stays, unless a record is
// chosen by hand; what was filled in is marked until it is touched.

const form = document.getElementById("title-form");
const done = form?.querySelector(".copying-done");

function isEmpty(input) {
  if (input.tagName !== "SELECT") return !input.value.trim();
  const usual = [...input.options].find((option) => option.defaultSelected) ?? input.options[0];
  return input.value === (usual?.value ?? "");
}

function takes(input, value) {
  return input.tagName !== "SELECT" || [...input.options].some((option) => option.value === String(value));
}

function fill(link, { overwrite }) {
  for (const [name, value] of Object.entries(JSON.parse(link.dataset.copy))) {
    const input = form.elements[name];
    const isKept = !input || (!isEmpty(input) && (!overwrite || name === "isbn"));
    if (isKept || !takes(input, value)) continue;
    input.value = value;
    input.classList.add("is-copied");
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

form?.addEventListener("input", (event) => event.target.classList.remove("is-copied"));
