// Sheets of a survey keyed in by digits: a digit chooses in the question at work and goes on to the next one.

const sheet = document.getElementById("sheet");
const asks = [...sheet.querySelectorAll("[data-ask]")];
const save = sheet.querySelector("button.btn-primary");
let at = 0;

function go(place) {
  at = Math.max(0, Math.min(place, asks.length));
  for (const [number, ask] of asks.entries()) ask.classList.toggle("is-current", number === at);
  const here = asks[at];
  const field = here ? here.querySelector("textarea, input:checked, input") : save;
  field.focus();
  (here ?? save).scrollIntoView({ block: "center" });
}

function choose(digit) {
  const ask = asks[at];
  const option = ask?.querySelector(`[data-digit="${digit}"]`);
  if (!option) return;
  if (option.type === "checkbox") {
    option.checked = !option.checked;
  } else {
    option.checked = true;
    go(at + 1);
  }
}

sheet.addEventListener("focusin", (event) => {
  const place = asks.indexOf(event.target.closest("[data-ask]"));
  if (place >= 0 && place !== at) {
    at = place;
    for (const [number, ask] of asks.entries()) ask.classList.toggle("is-current", number === at);
  }
});

sheet.addEventListener("keydown", (event) => {
  if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
  const writing = event.target.matches("textarea");
  if (event.key === "Enter" && !(writing && event.shiftKey)) {
    if (at >= asks.length) return; // the button saves
    event.preventDefault();
    go(at + 1);
  } else if (event.key === "PageUp") {
    event.preventDefault();
    go(at - 1);
  } else if (!writing && /^[1-9]$/.test(event.key)) {
    event.preventDefault();
    choose(event.key);
  }
});

go(0);
sheet.dataset.ready = "yes";
