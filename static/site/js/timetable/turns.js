// Whose turn it is by the timetable: the page stays open all day, so its own clock decides, and nothing is asked.

const EARLY_MINUTES = 10; // a class that is on its way has its turn already
const AGAIN_MS = 20000;

const minutes = (text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5));

const two = (number) => String(number).padStart(2, "0");
const dayOf = (now) => `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;

/** Of elements with data-day, data-from, data-until and data-borrows, the one whose turn it is; undefined if nobody's. */
export function turnNow(turns, now = new Date()) {
  const clock = now.getHours() * 60 + now.getMinutes();
  const today = turns.filter(({ dataset }) => dataset.day === dayOf(now));
  const among = (early) =>
    today.filter(({ dataset }) => minutes(dataset.from) - early <= clock && clock < minutes(dataset.until));
  const found = among(0).length ? among(0) : among(EARLY_MINUTES);
  return found.find(({ dataset }) => dataset.borrows) ?? found[0];
}

/** Calls `tell` with the element whose turn it is, now and whenever it changes. */
export function watchTurns(turns, tell) {
  let last;
  const look = () => {
    const turn = turnNow(turns);
    if (turn !== last) tell((last = turn));
  };
  look();
  setInterval(look, AGAIN_MS);
}
