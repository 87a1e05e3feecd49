"""Cells as text: what a person would read in the sheet."""

import re
import unicodedata
from datetime import date, datetime, time
from typing import Any

from library_site.shared.spreadsheets.limits import MAX_CELL

_BLANKS = "\u00a0\u3000\ufeff\u200b\u200c\u200d\u2060\x00"
_EXCEL_TEXT = re.compile(r'^="(.*)"$')
# East Asian Excel takes the full-width signs for the others.
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_EXACT_WHOLE = 1e15  # a float holds no more digits than these


def cell_text(value: Any) -> str:
    """Text keeps its leading zeros, whole numbers lose `.0`, dates become ISO, blanks of every kind go at the ends."""
    match value:
        case str():
            return tidy(value)
        case None:
            return ""
        case bool():
            return str(value).upper()
        case float():
            return _number(value)
        case datetime():
            return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
        case date() | time():
            return value.isoformat()
    return tidy(str(value))


def tidy(text: str) -> str:
    """Strips blanks (no-break and full-width too), undoes `="00123"` and the quote that guards a formula sign."""
    if text.isascii() and text.isalnum():
        return text[:MAX_CELL]
    for sign in _BLANKS:
        if sign in text:
            text = text.replace(sign, " ")
    text = text.strip()
    if text.startswith('="') and (match := _EXCEL_TEXT.match(text)):
        text = match[1].strip()
    if text.startswith("'") and text[1:2] in ("", *_FORMULA_SIGNS):
        text = text[1:]
    return text[:MAX_CELL]


def half_width(text: str) -> str:
    """Full-width digits, letters and signs become ordinary ones: for fields that hold numbers and codes."""
    return text if text.isascii() else unicodedata.normalize("NFKC", text).strip()


def without_formula(text: str) -> str:
    """A quote before what Excel would calculate: =, +, -, @ or a tab at the start (numbers stay as they are)."""
    if not text.startswith(_FORMULA_SIGNS) or re.fullmatch(r"[+-]?\d+(\.\d+)?", text):
        return text
    return "'" + text


def _number(value: float) -> str:
    if value.is_integer() and abs(value) < _EXACT_WHOLE:
        return str(int(value))
    return f"{value:.15g}".upper()
