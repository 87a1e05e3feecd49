// The ISBN comes by scanner, which ends with Enter: that asks what the library has, and must not send the form.

const isbn = document.querySelector("[data-isbn]");
const name = document.getElementById("id_name");

isbn?.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing) return;
  event.preventDefault();
  name.focus(); // leaving the field asks by itself if it was changed
});

// A book that is held already goes on at "Add copies", unless somebody is typing its title.
document.body.addEventListener("htmx:afterSwap", () => {
  const known = document.querySelector("#isbn-answer [data-known]");
  if (known && document.activeElement === name && !name.value) known.focus();
});
