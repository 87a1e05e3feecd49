// Judging by keys and by touch: a tapped score fills the field, page keys go to the works beside.

const form = document.querySelector("[data-score]");
const value = form?.querySelector("[name=value]");

form?.addEventListener("click", (event) => {
  const chip = event.target.closest("[data-chip]");
  if (!chip) return;
  value.value = chip.dataset.chip;
  value.dispatchEvent(new Event("input"));
});

function marked() {
  for (const chip of form.querySelectorAll("[data-chip]")) {
    chip.setAttribute("aria-pressed", String(chip.dataset.chip === value.value));
  }
}

value?.addEventListener("input", () => {
  // An input method in full-width mode types 9０: the score is meant.
  const plain = value.value.replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0)).replace(/[。．]/g, ".");
  if (plain !== value.value) value.value = plain;
  marked();
});

document.addEventListener("keydown", (event) => {
  const link = event.key.startsWith("Page") && !document.querySelector("dialog[open]") && document.querySelector(`a[data-key="${event.key}"]`);
  if (!link || event.ctrlKey || event.altKey) return;
  event.preventDefault();
  link.click();
});

if (form) {
  marked();
  value.select();
  form.dataset.ready = "";
}
