// A column of fields: Enter and the arrows go down and up in it; from the last row Enter leads to the button, which sends.

const fields = [...document.querySelectorAll("[data-down]")];

const column = (field) => [...field.closest("tr").children].indexOf(field.closest("td"));

function neighbour(field, by) {
  const same = fields.filter((other) => column(other) === column(field));
  return same[same.indexOf(field) + by];
}

function press(event) {
  if (!fields.includes(event.target) || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  const by = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
  // Arrows change a day; Enter leaves it.
  if (!by || (event.key !== "Enter" && event.target.type === "date")) return;
  const last = event.key === "Enter" ? event.target.form.querySelector("button:not([type=button])") : null;
  const next = neighbour(event.target, by) ?? last;
  event.preventDefault();
  next?.focus();
  if (next?.matches("input:not([type=checkbox], [type=date])")) next.select();
}

document.addEventListener("keydown", press);
document.documentElement.setAttribute("data-down-listens", "");
