// Finding a pupil of a class by keys: initials, pinyin, characters, or the end of the school number.
// What an input method is still composing counts too: initials need not be committed.

const plain = (text) => text.toLowerCase().replace(/[\s'’]/g, "");

function fits(row, text) {
  const { name, initials, pinyin, number } = row.dataset;
  if (/^\d+$/.test(text)) return number.endsWith(text);
  return name.includes(text) || initials.startsWith(text) || plain(pinyin).startsWith(text);
}

export class Names {
  /** `rows()` are the elements with data-pupil; the first that fits what is in the field is marked. */
  constructor(field, rows) {
    this.field = field;
    this.rows = rows;
    field.addEventListener("input", () => this.find(field.value));
    field.addEventListener("compositionupdate", (event) => this.find(event.data));
    field.addEventListener("keydown", (event) => this.press(event));
    this.find("");
  }

  find(text) {
    this.text = plain(text);
    const fitting = this.rows().filter((row) => {
      const shown = !this.text || fits(row, this.text);
      (row.closest("li") ?? row).hidden = !shown;
      return shown;
    });
    this.mark(this.text ? fitting[0] : null);
  }

  mark(row) {
    this.marked = row ?? null;
    for (const other of this.rows()) other.classList.toggle("is-marked", other === row);
    row?.scrollIntoView({ block: "nearest" });
  }

  press(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || event.isComposing) return;
    event.preventDefault();
    const shown = this.rows().filter((row) => !(row.closest("li") ?? row).hidden);
    const at = shown.indexOf(this.marked) + step;
    this.mark(shown[Math.max(0, Math.min(at, shown.length - 1))]);
  }

  clear() {
    this.field.value = "";
    this.find("");
  }
}
