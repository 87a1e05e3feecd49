"""Numbers as they are scanned or typed: barcodes, card numbers, ISBN."""

import unicodedata

# Control and invisible signs (Cc, Cf) come along when text is copied from sheets and chats.
_DROPPED = {"Cc", "Cf", "Zs", "Zl", "Zp"}


def normalise_code(text: str) -> str:
    """Full-width signs become half-width, letters capital, blanks of every kind vanish; leading zeros stay.

    Signs that nobody sees (zero-width blanks, byte order marks, a scanner's control signs) vanish too.
    """
    capital = unicodedata.normalize("NFKC", text).upper()
    seen = "".join(sign for sign in capital if unicodedata.category(sign) not in _DROPPED)
    return unicodedata.normalize("NFKC", seen)


def isbn13(text: str) -> str | None:
    """Returns the 13 digits of an ISBN written with 10 or 13, with or without hyphens, with or without "ISBN" before.

    None if it is no ISBN: the check digit is verified (ISO 2108). An ISBN-10 becomes 978 + its first nine digits + a
    new check digit.
    """
    code = "".join(sign for sign in normalise_code(text) if sign != "−" and unicodedata.category(sign) != "Pd")
    code = code.removeprefix("ISBN").removeprefix(":")
    if not code.isascii():  # other scripts' digits count as digits too
        return None
    if len(code) == 10 and code[:9].isdigit() and (code[9].isdigit() or code[9] == "X"):
        if _isbn10_check(code[:9]) != code[9]:
            return None
        code = "978" + code[:9]
        return code + _isbn13_check(code)
    if len(code) == 13 and code.isdigit() and code[:3] in {"978", "979"} and _isbn13_check(code[:12]) == code[12]:
        return code
    return None


def isbn10(isbn: str) -> str:
    """The ten signs that older books bear, of an ISBN of 13 digits; empty where it has no such form."""
    return isbn[3:12] + _isbn10_check(isbn[3:12]) if len(isbn) == 13 and isbn.startswith("978") else ""


def _isbn10_check(digits: str) -> str:
    value = -sum(weight * int(digit) for weight, digit in zip(range(10, 1, -1), digits, strict=True)) % 11
    return "X" if value == 10 else str(value)


def _isbn13_check(digits: str) -> str:
    total = sum(int(digit) * (3 if index % 2 else 1) for index, digit in enumerate(digits))
    return str(-total % 10)
