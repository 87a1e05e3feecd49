// The line on the desk that leads to the board of the class whose turn it is.

import { watchTurns } from "./turns.js";

const turns = [...document.querySelectorAll("#desk-now [data-from]")];

watchTurns(turns, (turn) => turns.forEach((line) => (line.hidden = line !== turn)));
