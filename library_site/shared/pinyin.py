"""Pinyin of names and titles, for finding people and books by typing letters.

pypinyin is needed only where something is written; it costs 40 MB, so it is imported on first use.
"""

import re
from typing import NamedTuple

_LATIN = re.compile(r"[0-9a-z]+")


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


def joined(syllables: list[str]) -> Pinyin:
    """Runs syllables together."""
    return Pinyin("".join(syllables), "".join(syllable[0] for syllable in syllables))
