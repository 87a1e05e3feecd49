// Who is on duty at a shared desk: F7 or the button, then the own card; the same again ends it.

const NOBODY = document.getElementById("nobody-on-duty");

/** Holds the place that names who is on duty, and whether the next code is to be taken for their card. */
export class Duty {
  constructor(place, hint, text) {
    this.place = place;
    this.hint = hint;
    this.text = text;
    this.asked = false;
    this.watch();
  }

  /** The next code is the card of whoever signs in or off. */
  ask() {
    this.asked = true;
    this.hint(this.text);
  }

  /** Whether this code is that card; asked for once. */
  take() {
    const taken = this.asked;
    this.asked = false;
    return taken;
  }

  leave() {
    if (this.asked) this.hint("");
    this.asked = false;
  }

  show(html) {
    if (html) this.place.innerHTML = html;
    this.watch();
  }

  // The server ends it after as many minutes without an act; the page must not go on naming somebody.
  watch() {
    clearTimeout(this.timer);
    const minutes = Number(this.place.querySelector("[data-duty]").dataset.duty);
    if (minutes) this.timer = setTimeout(() => this.show(NOBODY.innerHTML), minutes * 60 * 1000);
  }
}
