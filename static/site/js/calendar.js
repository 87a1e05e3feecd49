// Arrow keys go from day to day: a year of links would be a long way by Tab.

const calendar = document.querySelector("[data-calendar]");
const days = [...calendar.querySelectorAll("a")];
const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

function hold(day) {
  for (const other of days) other.tabIndex = other === day ? 0 : -1;
}

calendar.addEventListener("keydown", (event) => {
  const at = days.indexOf(document.activeElement);
  const next = days[at + (STEPS[event.key] ?? 0)];
  if (at < 0 || !next || next === days[at]) return;
  event.preventDefault();
  hold(next);
  next.focus();
});

hold(days.find((day) => day.ariaCurrent === "date") ?? days[0]);
