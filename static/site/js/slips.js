// Slips of paper entered by keys: Enter goes to the next field, and saves at the last one.

// From the name down into those whom it may mean; there the arrows go on by themselves.
function chooseFirst(event) {
  const first = document.querySelector("#who-found input");
  if (!first) return;
  event.preventDefault();
  first.checked = true;
  first.focus();
}

for (const form of document.querySelectorAll("form[data-slip]")) {
  form.addEventListener("keydown", (event) => {
    const { target } = event;
    if (event.key === "ArrowDown" && target.id === "id_who") return chooseFirst(event);
    if (event.key !== "Enter" || event.isComposing || target.matches("textarea, button")) return;
    const fields = [...form.querySelectorAll("input:not([type=hidden]), select, textarea, button")].filter(
      (field) => field.offsetParent !== null && (field.type !== "radio" || field === target),
    );
    const next = fields[fields.indexOf(target) + 1];
    if (!next || next.matches("button")) return; // the browser saves
    event.preventDefault();
    next.focus();
    next.select?.();
  });
  form.dataset.ready = "yes";
}

// A box in the head of a table ticks all of a name below it.
for (const all of document.querySelectorAll("[data-tick-all]")) {
  all.addEventListener("change", () => {
    for (const box of all.form.querySelectorAll(`[name="${all.dataset.tickAll}"]`)) box.checked = all.checked;
  });
}
