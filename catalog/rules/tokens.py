"""What a title is found by, and what a query asks for: tokens of a `tsvector` without positions.

Chinese has no blanks between words, so every pair of neighbouring characters is a token, and the last character of
a run alone: a query of two characters or more asks for its pairs, a single character for tokens that begin with it.
Pinyin stands as one token from each syllable on, so that letters typed from any syllable find it by prefix.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from library_site.shared.codes import isbn13
from library_site.shared.pinyin import Pinyin, joined, syllables_of

_CHARACTERS = "々〆〇\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\U00020000-\U0003ffff"
_CHINESE = re.compile(f"[{_CHARACTERS}]+")
_TERM = re.compile(f"[{_CHARACTERS}]+|[^\\W_{_CHARACTERS}]+(?:\\+\\+|#)?")
_ACCENTED = re.compile("[\u00c0-\u024f\u1e00-\u1eff]")
_WITHIN_NAMES = re.compile("[·•・‧∙]")  # 哈利·波特 is typed 哈利波特
_CALL_NUMBER = re.compile(r"t[a-z]|df|[a-z]{1,2}(?:\d[\w.,:()=\"<>/+-]*)")
_NAME_END = re.compile(r"[,;，；、/\s\[\]()（）]+")
_TAIL = re.compile("(原著|编著|主编|改编|著|编|译|绘|等)+$")
# An index entry need not be longer than what anybody types.
PINYIN_LENGTH, INITIALS_LENGTH, WORD_LENGTH, CODE_LENGTH = 24, 12, 40, 60
SUMMARY_LENGTH, QUERY_LENGTH, QUERY_TERMS = 4000, 120, 24
CALL_NUMBER_MARK, CODE_MARK = "#", "="
WORDS = ("name", "subtitle", "part", "author", "translator", "publisher", "series", "subjects", "keywords")


class Described(Protocol):
    """The columns of a title that are searched."""

    name: str
    subtitle: str
    part: str
    author: str
    translator: str
    publisher: str
    series: str
    subjects: str
    keywords: str
    isbn: str
    clc_number: str
    book_number: str
    school_number: str
    summary: str


@dataclass(frozen=True)
class TitleTokens:
    """The derived columns of a title."""

    pinyin: str
    initials: str
    search: list[str]
    search_summary: list[str]


@dataclass(frozen=True)
class Query:
    """A query as typed by a person: `tsquery` for the index, `text` and `letters` to rank by."""

    text: str
    letters: str
    words: tuple[str, ...]
    tsquery: str
    isbn: str

    def __bool__(self) -> bool:
        return bool(self.tsquery)


def normalise(text: str) -> str:
    """Half-width, lower case, one blank between words; accents dropped (sān → san, lǜ → lv)."""
    folded = unicodedata.normalize("NFKC", text).lower()
    plain = _ACCENTED.sub(lambda found: _without_accent(found[0]), _WITHIN_NAMES.sub("", folded))
    return " ".join("".join(sign if sign.isprintable() else " " for sign in plain).split())


def title_tokens(title: Described) -> TitleTokens:
    """All that a title is found by: its words, its codes, and the pinyin of its name and its authors."""
    syllables = syllables_of(normalise(title.name))
    tokens = set(_text_tokens(getattr(title, column) for column in WORDS))
    tokens.update(_pinyin_tokens(syllables))
    for person in _people(title.author):
        tokens.update(_pinyin_tokens(syllables_of(person)))
    tokens.update(_code_tokens(title))
    full, initials = joined(syllables)
    return TitleTokens(
        pinyin=full[:1200],
        initials=initials[:400],
        search=sorted(tokens),
        search_summary=sorted(set(_text_tokens([title.summary[:SUMMARY_LENGTH]]))),
    )


def query_of(text: str) -> Query:
    """Reads what somebody typed. All its words must be found; an empty query has an empty `tsquery`."""
    plain = normalise(text[:QUERY_LENGTH])
    isbn = isbn13(plain) or ""
    words = plain.split()
    parts = [part for word in words if (part := _word_query(word))][:QUERY_TERMS]
    choices = [" & ".join(parts)] if parts else []
    choices += [_quoted(code) for code in _whole_codes(plain, isbn)]
    return Query(
        text=plain,
        letters=re.sub(r"[^0-9a-z]", "", plain) if not _CHINESE.search(plain) else "",
        words=tuple(words),
        tsquery=" | ".join(f"({choice})" for choice in choices) if parts else "",
        isbn=isbn,
    )


def _without_accent(sign: str) -> str:
    base = unicodedata.normalize("NFD", sign)
    return "v" if base[0] == "u" and "\u0308" in base else base[0]


def _text_tokens(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        plain = normalise(text)
        for word in _TERM.findall(plain):
            if not _CHINESE.match(word):
                yield word[:WORD_LENGTH]
        # Blanks and signs between characters are dropped: 格林 童话 is also found as 格林童话.
        for run in _CHINESE.findall(re.sub(r"[\W_]+", "", plain)):
            yield from _pairs(run)
            yield run[-1]


def _pairs(run: str) -> list[str]:
    return [run[index : index + 2] for index in range(len(run) - 1)]


def _pinyin_tokens(syllables: list[str]) -> Iterator[str]:
    for start in range(len(syllables)):
        tail: Pinyin = joined(syllables[start : start + PINYIN_LENGTH])
        yield tail.full[:PINYIN_LENGTH]
        if len(tail.initials) > 1:
            yield tail.initials[:INITIALS_LENGTH]


def _people(authors: str) -> list[str]:
    """The names in a statement of responsibility: 曹文轩著 ; [英]罗琳著 → 曹文轩, 英, 罗琳."""
    names = (_TAIL.sub("", name) for name in _NAME_END.split(normalise(authors)))
    return [name for name in names if _CHINESE.search(name)]


def _code_tokens(title: Described) -> Iterator[str]:
    if title.isbn:
        yield title.isbn
    if title.clc_number:
        call_number = "/".join(part for part in (title.clc_number, title.book_number) if part)
        yield CALL_NUMBER_MARK + _code(call_number)
    if title.school_number:
        yield CODE_MARK + _code(title.school_number)


def _code(text: str) -> str:
    return normalise(text).replace(" ", "")[:CODE_LENGTH]


def _whole_codes(plain: str, isbn: str) -> Iterator[str]:
    """Codes that the whole query may be: an ISBN, the beginning of one with hyphens, the school's own number."""
    if isbn:
        yield isbn
    if plain:
        yield CODE_MARK + _code(plain)


def _word_query(word: str) -> str:
    """One word as a part of a tsquery: everything in it must be found, or it is the beginning of a call number."""
    if re.fullmatch(r"97[89][\d-]*", word):
        return _quoted(word.replace("-", "")) + ":*"
    together = " & ".join(_term_query(term) for term in _TERM.findall(word))
    if _CALL_NUMBER.fullmatch(word):
        return f"({together} | {_quoted(CALL_NUMBER_MARK + _code(word))}:*)"
    return together


def _term_query(term: str) -> str:
    if _CHINESE.match(term):
        return " & ".join(map(_quoted, _pairs(term))) if len(term) > 1 else _quoted(term) + ":*"
    # A year, a volume or a letter is meant whole; longer ones may be half typed.
    if len(term) == 1 or (term.isdigit() and len(term) < 5):
        return _quoted(term)
    return _quoted(term[:PINYIN_LENGTH]) + ":*"


def _quoted(token: str) -> str:
    return "'" + token.replace("\\", "\\\\").replace("'", "''") + "'"
