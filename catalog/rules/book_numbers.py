"""Book numbers (书次号): what stands behind the class so that no two titles have the same call number.

Serial numbers (种次号) count the titles of a class. Author numbers (著者号) are the letters of the author by the first
letters of the pinyin (汉语拼音首字母法): the tables of numbers in print belong to their publishers, while this can be
worked out by anybody from the title page. A second title with the same letters in its class gets a number behind them.
"""

import re
import unicodedata
from collections.abc import Collection

from library_site.models import School
from library_site.shared.pinyin import pinyin_of, pinyin_of_name

LETTERS = 3
_LEADING_BRACKETS = re.compile(r"^\s*(?:[\[({〔【][^\])}〕】]*[\])}〕】]\s*)+")
_BETWEEN_PEOPLE = re.compile(r"[,;、/]")
_WITHIN_NAMES = re.compile("[·•・‧∙.]")
_TAIL = re.compile("(原著|编著|主编|改编|选编|著|编|译|绘|撰|等)+$")
_HAN = re.compile("[\u3400-\u9fff]+")
_SERIAL = re.compile(r"0*(\d{1,9})(?!\d)")


def serial_of(book_number: str) -> int:
    """The serial number that a book number begins with: 12 for 12, 012 and 12:2; 0 if it begins with none."""
    found = _SERIAL.match(book_number)
    return int(found[1]) if found else 0


def first_gap(taken: Collection[int]) -> int:
    """The lowest serial number that no title bears."""
    return next(number for number in range(1, len(taken) + 2) if number not in taken)


def next_book_number(kind: str, *, last: int, taken: Collection[str], author: str, name: str) -> str:
    """What the next title of a class gets, by the school's way of numbering (`School.BookNumbers`).

    `last` is the highest serial number that was ever given out there, `taken` are the book numbers borne now.
    """
    if kind == School.BookNumbers.AUTHOR:
        return author_number(author_letters(author, name), taken)
    serials = {serial_of(number) for number in taken} - {0}
    if kind == School.BookNumbers.GAPS:
        return str(first_gap(serials))
    return str(max(last, *serials, 0) + 1)


def author_letters(author: str, name: str = "") -> str:
    """Up to three capitals: 曹文轩著 → CWX, [英] 罗琳 → LL, E. B. White → WHI; of the title where nobody is named.

    Nationality or dynasty in brackets does not count, of several people the first does, of a translated name with a
    dot the family name behind it. "X" where there is no letter at all.
    """
    person = _family_name(author)
    if person:
        letters = pinyin_of_name(person).initials if _HAN.search(person) else person
    else:
        letters = pinyin_of(name).initials
    return "".join(re.findall("[a-z]", letters.lower()))[:LETTERS].upper() or "X"


def author_number(letters: str, taken: Collection[str]) -> str:
    """The letters, or with the lowest number behind them that makes them free: CWX, CWX2, CWX3."""
    if letters not in taken:
        return letters
    return next(f"{letters}{number}" for number in range(2, len(taken) + 3) if f"{letters}{number}" not in taken)


def _family_name(author: str) -> str:
    """What the letters are taken from: a Chinese name whole, of others the last part or what stands before a comma."""
    plain = _LEADING_BRACKETS.sub("", unicodedata.normalize("NFKC", author))
    first, comma, _rest = plain.partition(",")
    if comma and first.isascii():  # Dahl, Roald
        return first.split()[-1] if first.split() else ""
    first = _TAIL.sub("", _BETWEEN_PEOPLE.split(plain)[0].strip()).strip()
    parts = [part for part in _WITHIN_NAMES.split(first) if part.strip()]
    last = parts[-1].strip() if parts else ""
    if chinese := "".join(_HAN.findall(last)):
        return chinese
    return last.split()[-1] if last.split() else ""
