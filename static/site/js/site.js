// Small habits of every page: print buttons, and a word when a request in the background fails.

const failure = document.getElementById("failure");

function tellFailure(kind) {
  for (const text of failure.querySelectorAll("[data-failure]")) {
    text.hidden = text.dataset.failure !== kind;
  }
  failure.hidden = false;
}

function hideFailure() {
  failure.hidden = true;
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});

document.getElementById("failure-close").addEventListener("click", hideFailure);
document.body.addEventListener("htmx:sendError", () => tellFailure("network"));
document.body.addEventListener("htmx:responseError", () => tellFailure("server"));
document.body.addEventListener("htmx:afterOnLoad", (event) => {
  if (event.detail.xhr.status < 400) hideFailure();
});

// A print page opened only to be printed says so with ?print=1.
if (new URLSearchParams(location.search).get("print") === "1") {
  window.addEventListener("load", () => window.print());
}

// After a form comes back with messages, work goes on at the first of them.
document.querySelector("form [aria-invalid='true']")?.focus();

// What scrolls sideways must be reached by keyboard to be scrolled by it.
for (const frame of document.querySelectorAll(".table-frame, .sheet, .field-table")) {
  if (frame.scrollWidth > frame.clientWidth) frame.tabIndex = 0;
}
