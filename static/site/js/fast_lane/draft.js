// The title being typed: its fields, the way from one to the next, and what another library knows of its ISBN.

export class Draft {
  constructor(place, settings, hint) {
    this.place = place;
    this.settings = settings;
    this.hint = hint;
  }

  get form() {
    return this.place.querySelector("#draft");
  }

  inputs() {
    return this.form ? [...this.form.querySelectorAll("input:not([type=hidden])")] : [];
  }

  has(target) {
    return Boolean(this.form?.contains(target));
  }

  fields() {
    return this.form ? { draft: "on", ...Object.fromEntries(new FormData(this.form)) } : {};
  }

  /** Goes to the field behind this one; false behind the last. */
  next(input) {
    const inputs = this.inputs();
    const following = inputs[inputs.indexOf(input) + 1];
    following?.focus();
    return Boolean(following);
  }

  /** Work goes on at the first empty field; where one is being typed in already, it stays. */
  focusEmpty() {
    if (!this.form) return false;
    if (!this.has(document.activeElement)) this.inputs().find((input) => !input.value)?.focus();
    return true;
  }

  /** A draft has just come up: other libraries are asked for its ISBN while the person begins to type. */
  open() {
    const isbn = this.form?.querySelector("[name=draft-isbn]").value;
    if (isbn && this.settings.lookupUrl) this.look(this.form, isbn);
  }

  async look(form, isbn) {
    this.hint(this.settings.textLooking);
    const answer = await this.ask(isbn);
    if (form !== this.form) return; // the next book is open already
    if (!answer) return this.hint("");
    const { hits } = answer;
    if (hits.length === 1) this.take(hits[0]);
    else if (hits.length) this.offer(hits);
    else this.hint(answer.failures.map(({ server, text }) => `${server}: ${text}`).join(" ") || this.settings.textNone);
  }

  async ask(isbn) {
    try {
      const address = `${this.settings.lookupUrl}?${new URLSearchParams({ isbn })}`;
      const response = await fetch(address, { headers: { Accept: "application/json" }, credentials: "same-origin" });
      return response.ok ? await response.json() : null;
    } catch {
      return null; // no network: the title is typed
    }
  }

  /** Fills what is still empty; what the person has typed stays. */
  take({ values, record }) {
    for (const [name, value] of Object.entries(values)) {
      const input = this.form.querySelector(`[name="draft-${name}"]`);
      if (input && !input.value && value) input.value = value;
    }
    this.form.querySelector("[name=draft-record]").value = record;
    this.form.querySelector("#draft-hits").replaceChildren();
    this.hint(this.settings.textFound);
  }

  offer(hits) {
    this.hint(this.settings.textSeveral);
    this.form.querySelector("#draft-hits").replaceChildren(...hits.map((hit) => this.choice(hit)));
  }

  choice(hit) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = [hit.values.name, hit.values.author, hit.values.publisher, hit.values.published, hit.server]
      .filter(Boolean)
      .join(" · ");
    button.addEventListener("click", () => this.take(hit));
    const line = document.createElement("li");
    line.append(button);
    return line;
  }

  /** Takes the first of the records that were found; false if none waits. */
  takeFirst() {
    const button = this.form?.querySelector("#draft-hits button");
    button?.click();
    return Boolean(button);
  }
}
