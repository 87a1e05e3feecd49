// A class's consents by keys: 1 to 3 tick, A ticks the whole line, arrows and Enter move; nothing is sent by Enter.

const form = document.querySelector("[data-consents]");
const rows = form ? [...form.querySelectorAll("tbody tr")] : [];
const boxes = (row) => [...row.querySelectorAll("input[type=checkbox]")];

function place(target) {
  const line = rows.findIndex((row) => row.contains(target));
  return line < 0 ? null : { line, column: boxes(rows[line]).indexOf(target) };
}

function go(line, column) {
  const row = rows[line];
  if (row) boxes(row)[Math.max(0, Math.min(column, 2))].focus();
}

function tickAll(row) {
  const all = boxes(row).every((box) => box.checked);
  for (const box of boxes(row)) if (box.checked === all) box.click();
}

function press(key, at) {
  const row = rows[at.line];
  if (/^[1-3]$/.test(key)) boxes(row)[key - 1].click();
  else if (key.toLowerCase() === "a") tickAll(row);
  else if (key === "Enter" || key === "ArrowDown") go(at.line + 1, at.column);
  else if (key === "ArrowUp") go(at.line - 1, at.column);
  else if (key === "ArrowRight") go(at.line, at.column + 1);
  else if (key === "ArrowLeft") go(at.line, at.column - 1);
  else return false;
  return true;
}

form?.addEventListener("keydown", (event) => {
  const at = event.ctrlKey || event.metaKey || event.altKey ? null : place(event.target);
  if (at && press(event.key, at)) event.preventDefault();
});

let unsaved = false;
form?.addEventListener("change", () => (unsaved = true));
form?.addEventListener("submit", () => (unsaved = false));
window.addEventListener("beforeunload", (event) => unsaved && event.preventDefault());

rows[0] && go(0, 0);
form?.setAttribute("data-listens", "");
