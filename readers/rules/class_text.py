"""Reads a class as people write it: 三(1)班, 三1班, 3.1, 三年级1班, 301, 2024级1班, 初一(2)班, 七2."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from library_site.models.school import Stage
from readers.rules.naming import GradeNames

ClassKey = tuple[str, int, int]  # stage, entry year, number

_ONES = "一二三四五六七八九"
_CHINESE = {number: index for index, number in enumerate([*_ONES, "十"], start=1)} | {
    f"十{one}": 10 + index for index, one in enumerate(_ONES, start=1)
}
_NAMES = {number: text for text, number in _CHINESE.items()}
_PREFIXES = {
    "小学": Stage.PRIMARY,
    "小": Stage.PRIMARY,
    "初中": Stage.JUNIOR,
    "初": Stage.JUNIOR,
    "高中": Stage.SENIOR,
    "高": Stage.SENIOR,
}
_SHORT = {Stage.PRIMARY: "小", Stage.JUNIOR: "初", Stage.SENIOR: "高"}
_NUMBER = r"(?:\d{1,2}|十[一二三四五六七八九]?|[一二三四五六七八九])"
_ENTRY = re.compile(rf"(小学|初中|高中|小|初|高)?(\d{{4}}|\d{{2}})(级|届)[(.\-]?({_NUMBER})?\)?")
_FULL = re.compile(
    rf"((?:小|初|高)?(?:\d{{1,2}}|[一二三四五六七八九十]+?))(年级|年|级)?[(\[.\-_/·、:]*({_NUMBER})[)\]]?"
)
_ALONE = re.compile(rf"[(\[]?({_NUMBER})[)\]]?")


@dataclass(frozen=True)
class ClassReader:
    """Knows the grades of the school and the school year in which the text was written."""

    start_year: int
    grades: GradeNames

    def read(self, text: str, grade: str = "") -> ClassKey | None:
        """The class meant by a text, or by a class text and a grade text; None if it is not clear which."""
        word, above = _bare(text), _bare(grade)
        if above and (alone := _ALONE.fullmatch(word)):
            return self._in_grade(above, _value(alone[1]))
        return self._by_entry_year(word) or self._by_grade(word)

    def _in_grade(self, grade: str, number: int) -> ClassKey | None:
        entered = _ENTRY.fullmatch(grade)
        if entered:
            return self._entered(entered[1], entered[2], entered[3], number)
        return self._key(self._aliases().get(grade.removesuffix("级").removesuffix("年")), number)

    def _by_entry_year(self, word: str) -> ClassKey | None:
        found = _ENTRY.fullmatch(word)
        if found is None or found[4] is None:
            return None
        return self._entered(found[1], found[2], found[3], _value(found[4]))

    def _entered(self, prefix: str | None, year_text: str, kind: str, number: int) -> ClassKey | None:
        year = int(year_text) + (2000 if len(year_text) == 2 else 0)
        stages = {stage for stage, _position in self.grades if prefix is None or _PREFIXES[prefix] == stage}
        keys = []
        for stage in stages:
            length = max(position for own, position in self.grades if own == stage)
            entry = year - length if kind == "届" else year
            if 1 <= self.start_year - entry + 1 <= length:
                keys.append((stage, entry, number))
        return keys[0] if len(keys) == 1 and number > 0 else None

    def _by_grade(self, word: str) -> ClassKey | None:
        aliases = self._aliases()
        if word.isdecimal():
            digits = word.lstrip("0") if len(word) == 4 else word
            if not 2 <= len(digits) <= 4:
                return None
            cut = len(digits) - 2 if len(digits) > 2 else 1
            return self._key(aliases.get(digits[:cut]), int(digits[cut:]))
        found = _FULL.fullmatch(word)
        return self._key(aliases.get(found[1]), _value(found[3])) if found else None

    def _key(self, grade: tuple[str, int] | None, number: int) -> ClassKey | None:
        if grade is None or number < 1:
            return None
        stage, position = grade
        return stage, self.start_year - position + 1, number

    def _aliases(self) -> Mapping[str, tuple[str, int]]:
        """What a grade is called: by its own name, counted through the school, counted within its stage."""
        aliases: dict[str, tuple[str, int]] = {}
        for key, name in self.grades.items():
            aliases[_bare(name)] = key
        for (stage, position), name in self.grades.items():
            running = _CHINESE.get(_bare(name), 9 + position if stage == Stage.SENIOR else position)
            for text in (str(running), _NAMES.get(running, "")):
                aliases.setdefault(text, (stage, position))
            for text in (str(position), _NAMES[position]):
                aliases.setdefault(_SHORT[Stage(stage)] + text, (stage, position))
        if len({stage for stage, _position in self.grades}) == 1:
            for stage, position in self.grades:
                for text in (str(position), _NAMES[position]):
                    aliases.setdefault(text, (stage, position))
        return aliases


def _bare(text: str) -> str:
    """Half-width, without blanks, 班 and the word for the whole grade."""
    word = "".join(unicodedata.normalize("NFKC", text).split())
    word = word.removesuffix("班").replace("【", "(").replace("】", ")")
    return word if len(word) == 2 and word[1] == "级" else word.removesuffix("年级")


def _value(text: str) -> int:
    return int(text) if text.isdecimal() else _CHINESE[text]
