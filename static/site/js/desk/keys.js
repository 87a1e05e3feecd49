// Reads a scanner by the keys it presses, not by the text that arrives: a Chinese input method, full-width mode or
// Caps Lock change the text but not the keys. A scanner is told from a person by its speed.

const BURST_GAP_MS = 70; // slow Bluetooth scanners stay below this, the fastest typists above
const BURST_LENGTH = 4;
const ENTER_GAP_MS = 200;

const SHIFTED_DIGITS = ")!@#$%^&*(";
const SIGNS = {
  Minus: "-_", Equal: "=+", Period: ".>", Comma: ",<", Slash: "/?", Semicolon: ";:", Quote: "'\"", Space: "  ",
  BracketLeft: "[{", BracketRight: "]}", Backslash: "\\|", Backquote: "`~",
  NumpadAdd: "++", NumpadSubtract: "--", NumpadMultiply: "**", NumpadDivide: "//", NumpadDecimal: "..",
};

/** The character that a physical key sends on the layout scanners use; "" for keys that print nothing. */
export function characterOf({ code, shiftKey }) {
  if (/^Key[A-Z]$/.test(code)) return shiftKey ? code[3] : code[3].toLowerCase();
  if (/^Digit\d$/.test(code)) return shiftKey ? SHIFTED_DIGITS[Number(code[5])] : code[5];
  if (/^Numpad\d$/.test(code)) return code[6];
  const sign = SIGNS[code];
  return sign ? sign[shiftKey ? 1 : 0] : "";
}

export const isEnter = ({ code, key }) => code === "Enter" || code === "NumpadEnter" || key === "Enter";

/** Collects fast key presses; `take(event)` at an Enter returns the scanned code, or "" if a person typed. */
export class BurstReader {
  /** What `field` holds already is the beginning of a scan that was faster than the loading of the page. */
  constructor(field) {
    this.reset();
    this.text = field.value;
    this.last = performance.now();
    this.field = field;
  }

  reset() {
    this.text = "";
    this.last = -Infinity;
    this.field = null;
    this.fieldValue = "";
  }

  /** Feeds one key press; remembers what the focused field held before the burst, to put it back. */
  press(event) {
    const character = characterOf(event);
    if (!character || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.timeStamp - this.last > BURST_GAP_MS) {
      this.text = "";
      this.field = event.target;
      this.fieldValue = event.target.value;
    }
    this.text += character;
    this.last = event.timeStamp;
  }

  take(event) {
    const isBurst = this.text.length >= BURST_LENGTH && event.timeStamp - this.last <= ENTER_GAP_MS;
    const { text, field, fieldValue } = this;
    this.reset();
    if (!isBurst) return "";
    if (field && "value" in field) field.value = fieldValue ?? "";
    return text.trim();
  }

  get length() {
    return this.text.length;
  }
}
