// A column of fields: Enter and the arrows go down and up in it; only the button, or Enter in the last row, sends.

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
  const next = neighbour(event.target, by);
  if (!next && event.key === "Enter") return;
  event.preventDefault();
  next?.focus();
  if (next && next.type !== "checkbox" && next.type !== "date") next.select();
}

document.addEventListener("keydown", press);
document.documentElement.setAttribute("data-down-listens", "");
