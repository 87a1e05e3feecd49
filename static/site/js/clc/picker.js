// Makes a text input with data-class-picker a combobox over the classification. The text stays free: built numbers
// stand in no table. Letters inside an input method's candidate window are no question yet.

const WAIT = 120;
let made = 0;

class ClassPicker {
  constructor(input) {
    this.input = input;
    this.id = `class-picker-${++made}`;
    this.active = -1;
    this.asked = null;
    this.build();
    input.addEventListener("input", (event) => !event.isComposing && this.askSoon());
    input.addEventListener("compositionend", () => this.askSoon());
    input.addEventListener("keydown", (event) => this.onKey(event));
    input.addEventListener("focus", () => input.value || this.askSoon());
    input.addEventListener("click", () => this.isOpen || this.askSoon());
    input.addEventListener("blur", () => this.leave());
    this.list.addEventListener("mousedown", (event) => event.preventDefault()); // the input keeps the focus
    this.list.addEventListener("click", (event) => this.choose(event.target.closest("[role=option]")));
    if (input.value) this.ask({ quietly: true });
  }

  build() {
    const frame = document.createElement("div");
    frame.className = "picker";
    this.input.replaceWith(frame);
    this.list = document.createElement("div");
    this.list.className = "picker-list";
    this.list.hidden = true;
    this.meaning = document.createElement("p");
    this.meaning.className = "picker-meaning form-text";
    this.meaning.id = `${this.id}-meaning`;
    this.meaning.setAttribute("aria-live", "polite");
    frame.append(this.input, this.list, this.meaning);
    const described = this.input.getAttribute("aria-describedby");
    this.input.setAttribute("aria-describedby", [described, this.meaning.id].filter(Boolean).join(" "));
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"]]) {
      this.input.setAttribute(name, value);
    }
  }

  get options() {
    return [...this.list.querySelectorAll("[role=option]")];
  }

  get isOpen() {
    return !this.list.hidden;
  }

  askSoon() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.ask(), WAIT);
  }

  async ask({ quietly = false } = {}) {
    this.asked?.abort();
    this.asked = new AbortController();
    const address = new URL(this.input.dataset.classPicker, location.href);
    address.searchParams.set("q", this.input.value);
    try {
      const answer = await fetch(address, { signal: this.asked.signal, headers: { "HX-Request": "true" } });
      if (answer.ok) this.show(await answer.text(), quietly);
    } catch {
      this.close(); // a newer question, or no network: the number can still be typed
    }
  }

  show(html, quietly) {
    this.list.innerHTML = html;
    const found = this.list.firstElementChild;
    this.meaning.textContent = found.dataset.meaning;
    if (quietly || document.activeElement !== this.input) return;
    const listbox = this.list.querySelector("[role=listbox]");
    this.options.forEach((option, place) => (option.id = `${this.id}-${place}`));
    if (listbox) listbox.id = `${this.id}-list`;
    this.list.hidden = found.childElementCount === 0;
    this.input.setAttribute("aria-expanded", String(this.isOpen));
    this.input.setAttribute("aria-controls", `${this.id}-list`);
    // A word is no number: Enter takes the first class. A number may be meant as it stands.
    this.activate(this.input.value.trim() && !found.dataset.number ? 0 : -1);
  }

  activate(place) {
    const options = this.options;
    this.active = options.length ? Math.max(-1, Math.min(place, options.length - 1)) : -1;
    options.forEach((option, index) => option.setAttribute("aria-selected", String(index === this.active)));
    const option = options[this.active];
    if (!option) return this.input.removeAttribute("aria-activedescendant");
    this.input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  onKey(event) {
    if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") this.move(event);
    else if (!this.isOpen) return;
    else if (event.key === "Enter" && this.active >= 0) this.choose(this.options[this.active], event);
    else if (event.key === "Escape") this.close(event);
  }

  move(event) {
    event.preventDefault();
    if (!this.isOpen) return this.ask();
    this.activate(this.active + (event.key === "ArrowDown" ? 1 : -1));
  }

  choose(option, event) {
    event?.preventDefault();
    event?.stopPropagation(); // of the page's own keys, Enter is not meant
    if (!option) return;
    this.input.value = option.dataset.value;
    this.meaning.textContent = `${option.dataset.value} ${option.dataset.meaning}`;
    this.close();
    this.input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  leave() {
    clearTimeout(this.waiting);
    this.close();
  }

  close(event) {
    event?.stopPropagation();
    this.asked?.abort();
    this.list.hidden = true;
    this.activate(-1);
    this.input.setAttribute("aria-expanded", "false");
  }
}

function enhance(root) {
  for (const input of root.querySelectorAll("input[data-class-picker]")) {
    if (input.getAttribute("role") !== "combobox") new ClassPicker(input);
  }
}

enhance(document);
document.body.addEventListener("htmx:load", (event) => enhance(event.target.parentElement ?? document));
