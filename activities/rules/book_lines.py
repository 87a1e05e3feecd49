"""A line of somebody's booklist, and whether a title of the library is the book it means."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|〔[^〕]*〕|【[^】]*】")
_SIGNS = re.compile(r"[\W_]+")
_BETWEEN_NAMES = re.compile(r"[,;/、&\s]+")
# What closes a name: wrote, edited, translated, drew.
_ROLES = re.compile(r"(?:原著|编著|主编|改编|编写|编绘|绘画|编选|选编|译注|文图|著|编|译|绘|画|文|图|等)+$")


@dataclass(frozen=True)
class Line:
    """A book as a list names it: by ISBN (13 digits), by title and author, or both. `number` counts from 1.

    `group` is what the sheet says of the list or grade that the line belongs to.
    """

    number: int
    name: str = ""
    author: str = ""
    publisher: str = ""
    isbn: str = ""
    reason: str = ""
    group: str = ""


class Named(Protocol):
    """The columns of a title that a line is compared with."""

    name: str
    subtitle: str
    part: str
    author: str
    isbn: str


def name_key(name: str) -> str:
    """A title without brackets, signs and blanks: what two ways of writing it have in common."""
    folded = unicodedata.normalize("NFKC", name).lower()
    plain = _SIGNS.sub("", _BRACKETS.sub(" ", folded))
    return plain or _SIGNS.sub("", folded)


def name_variants(name: str) -> list[str]:
    """How the catalogue may write a title: as it stands, and without what is in brackets or follows a colon."""
    bare = _BRACKETS.sub("", name.replace("（", "(").replace("）", ")")).strip()
    first = re.split(r"[:：]|——", bare)[0].strip()
    quoted = bare.replace("《", "").replace("》", "").strip()
    return [text for text in dict.fromkeys([name.strip(), bare, quoted, first]) if text]


def is_same_name(line: Line, title: Named) -> bool:
    """Whether the title's name, alone or with what follows it, is that of the line."""
    key = name_key(line.name)
    names = (title.name, f"{title.name}{title.subtitle}", f"{title.name}{title.part}")
    return bool(key) and key in {name_key(name) for name in names}


def is_same_author(line: Line, title: Named) -> bool:
    """Whether one of the line's authors is the title's; a line or title that names none contradicts nobody."""
    wanted, there = people(line.author), "".join(people(title.author))
    return not wanted or not there or any(name in there or there in name for name in wanted)


def is_surely(line: Line, title: Named) -> bool:
    """Whether the line means this title: the same ISBN, or the same name by the same author."""
    if line.isbn and line.isbn == title.isbn:
        return True
    return is_same_name(line, title) and is_same_author(line, title)


def people(authors: str) -> list[str]:
    """The names in a statement of responsibility, without countries and without what each of them did."""
    folded = _BRACKETS.sub(" ", unicodedata.normalize("NFKC", authors))
    names = (_ROLES.sub("", name) for name in _BETWEEN_NAMES.split(folded))
    return [key for name in names if len(key := _SIGNS.sub("", name).lower()) > 1]


def in_groups(lines: Iterable[Line]) -> dict[str, list[Line]]:
    """The lines by the list they belong to, in the order of the sheet."""
    found: dict[str, list[Line]] = {}
    for line in lines:
        found.setdefault(line.group, []).append(line)
    return found
