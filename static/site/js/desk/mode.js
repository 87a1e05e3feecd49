// The mode of the desk (dated back, book drop, amnesty): its banner, its colour, and that it ends by itself.

const TICK_MS = 5000;

/** Keeps `desk.dataset.mode`, which every act sends: the server refuses what a page shows another mode for. */
export class Mode {
  constructor(place, desk, hint) {
    this.place = place;
    this.desk = desk;
    this.hint = hint;
    this.watch();
  }

  show(html) {
    if (!html || !this.place) return;
    this.place.innerHTML = html;
    this.desk.dataset.mode = this.place.querySelector("[data-mark]").dataset.mark;
    this.watch();
  }

  watch() {
    clearInterval(this.timer);
    const banner = this.place?.querySelector("[data-seconds]");
    if (!banner) return;
    const end = performance.now() + Number(banner.dataset.seconds) * 1000;
    const left = banner.querySelector("[data-left]");
    const tick = () => {
      const seconds = Math.ceil((end - performance.now()) / 1000);
      if (seconds <= 0) return this.over();
      const text = seconds > 60 ? left.dataset.textMinutes : left.dataset.textSeconds;
      left.textContent = text.replace("#", seconds > 60 ? Math.ceil(seconds / 60) : seconds);
    };
    this.timer = setInterval(tick, TICK_MS);
    tick();
  }

  over() {
    clearInterval(this.timer);
    this.place.replaceChildren();
    this.desk.dataset.mode = "none";
    this.hint(this.desk.dataset.textModeOver);
  }
}
