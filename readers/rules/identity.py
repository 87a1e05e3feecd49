"""Identity numbers, which a school library must not keep: recognised and taken out.

An identity number has 18 places, the last one a check (GB 11643-1999); the official 学籍号 is G (or L, J) before it.
"""

import re
import unicodedata
from datetime import date

REMOVED = "✂"  # stands where a number was taken out
_FOUND = re.compile(r"(?<![0-9A-Za-z])[GLJglj]?([1-9]\d{16}[\dXx])(?![0-9A-Za-z])")
_ROUNDED = re.compile(r"[1-9](?:\.\d+)?E\+?17", re.IGNORECASE)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


def without_identity_numbers(text: str) -> str:
    """The text with `REMOVED` in place of every identity number, also one spaced out or rounded by Excel."""
    if len(text) < 5 or not any(sign.isdigit() for sign in text):
        return text
    plain = unicodedata.normalize("NFKC", text)
    joined = re.sub(r"[\s-]", "", plain)
    if (found := _FOUND.fullmatch(joined)) and is_identity_number(found[1]):
        return REMOVED
    if _ROUNDED.fullmatch(joined):
        return REMOVED
    cleaned = _FOUND.sub(lambda match: REMOVED if is_identity_number(match[1]) else match[0], plain)
    return cleaned if REMOVED in cleaned else text


def is_identity_number(number: str) -> bool:
    """By its check digit, or (mistyped, or rounded by Excel) by the birthday in it."""
    return _CHECKS[sum(int(n) * w for n, w in zip(number[:17], _WEIGHTS, strict=True)) % 11] == number[17].upper() or (
        _is_birthday(number[6:14])
    )


def _is_birthday(digits: str) -> bool:
    try:
        return 1900 <= date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).year <= 2100
    except ValueError:
        return False
