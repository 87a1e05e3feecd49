// Sends scans to the server one after the other, each under its own id: sent again after a lost connection, the same
// scan is recorded once.

const TRIES = 4;
const WAIT_MS = 800;
const ANSWER_MS = 8000; // a connection that died in silence would hold up every later scan for minutes

/** A random UUID (version 4); crypto.randomUUID does not exist on plain http. */
export function newScanId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

export class Server {
  /** `onTrouble(kind)` hears "offline" while a scan is being sent again. */
  constructor(token, onTrouble) {
    this.token = token;
    this.onTrouble = onTrouble;
    this.queue = Promise.resolve();
    this.pending = 0;
  }

  /** Queues `job`, which is run after all earlier ones have been answered. */
  enqueue(job) {
    this.pending += 1;
    this.queue = this.queue.then(job, job).finally(() => (this.pending -= 1));
    return this.queue;
  }

  /** Whether something is still to be answered. */
  get busy() {
    return this.pending > 0;
  }

  /** Posts the fields; resolves to the answer, or to {lost: <scan id>} or {signedOut: true}. */
  async post(url, fields) {
    const body = new URLSearchParams({ scan_id: newScanId(), at: new Date().toISOString(), ...fields });
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      const answer = await this.try(url, body);
      if (answer) return answer;
      this.onTrouble("offline");
      await new Promise((resolve) => setTimeout(resolve, WAIT_MS * attempt));
    }
    return { lost: body.get("scan_id") };
  }

  async try(url, body) {
    try {
      const response = await fetch(url, {
        method: "POST",
        body,
        credentials: "same-origin",
        signal: AbortSignal.timeout(ANSWER_MS),
        headers: { "X-CSRFToken": this.token, "X-Desk": "1" },
      });
      if (response.status === 401 || response.status === 403) return { signedOut: true };
      if (response.status === 400 || response.status === 404) return await response.json();
      return response.ok ? await response.json() : null;
    } catch {
      return null;
    }
  }
}
