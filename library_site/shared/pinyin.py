"""Pinyin of names and titles, for finding people and books by typing letters.

pypinyin is needed only where something is written; it costs 40 MB, so it is imported on first use.
"""

import re
from typing import NamedTuple

_LATIN = re.compile(r"[0-9a-z]+")
# Read otherwise as surnames than in common words; those that families read in two ways are left out.
_SURNAMES = {
    "曾": "zeng",
    "单": "shan",
    "解": "xie",
    "仇": "qiu",
    "查": "zha",
    "朴": "piao",
    "区": "ou",
    "翟": "zhai",
    "覃": "qin",
    "缪": "miao",
    "员": "yun",
    "折": "she",
    "繁": "po",
    "秘": "bi",
    "种": "chong",
}


class Pinyin(NamedTuple):
    """`full` is every syllable run together (`sanguoyanyi`), `initials` their first letters (`sgyy`)."""

    full: str
    initials: str


def syllables_of(text: str) -> list[str]:
    """Returns the toneless syllables in lower case; Latin words and numbers are kept, other signs dropped."""
    from pypinyin import Style, lazy_pinyin

    return [
        part
        for syllable in lazy_pinyin(text, style=Style.NORMAL, v_to_u=False)
        for part in _LATIN.findall(syllable.lower())
    ]


def pinyin_of(text: str) -> Pinyin:
    """Returns the toneless pinyin in lower case; Latin words and numbers are kept, other signs dropped."""
    return joined(syllables_of(text))


def pinyin_of_name(name: str) -> Pinyin:
    """As `pinyin_of`, for a person: 曾小红 is found under zengxiaohong and zxh, as the class calls her."""
    surname = _SURNAMES.get(name[:1])
    return joined([surname, *syllables_of(name[1:])] if surname else syllables_of(name))


def joined(syllables: list[str]) -> Pinyin:
    """Runs syllables together."""
    return Pinyin("".join(syllables), "".join(syllable[0] for syllable in syllables))
