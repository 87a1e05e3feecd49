// The list of pupils on the class board. Without one (the plain desk) every question is answered with "not here".

export class Board {
  constructor(table) {
    this.rows = table ? [...table.querySelectorAll("tr[data-reader]")] : [];
  }

  /** The reader whose number on the board was typed; "" if no row has it; undefined if it is no board number. */
  readerAt(code) {
    if (!this.rows.length || !/^\d{1,2}$/.test(code)) return undefined;
    return this.rows.find((row) => row.dataset.position === String(Number(code)))?.dataset.reader ?? "";
  }

  /** The reader `step` rows from the given one; from nobody, the first or the last. */
  neighbour(reader, step) {
    if (!this.rows.length) return "";
    const index = this.rows.findIndex((row) => row.dataset.reader === reader);
    const next = index < 0 ? (step > 0 ? 0 : this.rows.length - 1) : index + step;
    return this.rows[Math.min(Math.max(next, 0), this.rows.length - 1)].dataset.reader;
  }

  choose(reader) {
    for (const row of this.rows) row.classList.toggle("is-chosen", row.dataset.reader === reader);
    this.rows.find((row) => row.dataset.reader === reader)?.scrollIntoView({ block: "nearest" });
  }

  update(cells) {
    for (const [reader, html] of Object.entries(cells || {})) {
      const cell = document.querySelector(`#reader-${reader} .board-cell`);
      if (cell) cell.innerHTML = html;
    }
  }
}
