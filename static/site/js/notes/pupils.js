// Finding a pupil of a class by pinyin initials, number in the list, school number or name.

const plain = (text) => text.trim().toLowerCase().replace(/\s+/g, "");

export function found(pupils, text) {
  const typed = plain(text);
  if (!typed) return [];
  if (/^\d+$/.test(typed)) {
    const place = pupils.filter((pupil) => pupil.place === typed);
    return [...place, ...pupils.filter((pupil) => pupil.place !== typed && pupil.number.endsWith(typed))];
  }
  const exact = pupils.filter((pupil) => pupil.initials === typed || pupil.name === typed);
  const rest = pupils.filter(
    (pupil) =>
      !exact.includes(pupil) &&
      (pupil.initials.startsWith(typed) || pupil.pinyin.startsWith(typed) || pupil.name.includes(typed)),
  );
  return [...exact, ...rest];
}

export function pupilsOf(elements) {
  return [...elements].map((element) => ({
    element,
    id: element.dataset.pupil,
    place: element.dataset.place,
    name: element.dataset.name,
    initials: element.dataset.initials,
    pinyin: element.dataset.pinyin,
    number: element.dataset.number,
  }));
}

/** Whether the key belongs to an input method that is still composing. */
export const composing = (event) => event.isComposing || event.keyCode === 229;
