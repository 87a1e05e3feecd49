"""What is scanned or typed in the fast lane: a publisher's ISBN, one of our labels, or words of a title."""

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum

from catalog.rules.barcodes import LONGEST
from library_site.shared.codes import isbn13, normalise_code

_CODE = re.compile(r"[0-9A-Z][0-9A-Z./-]*")
_EAN_OF_A_BOOK = re.compile(r"97[89][0-9]{10}")
ADD_ONS = (2, 5)  # digits of the small bars beside an ISBN, which some scanners send along


class Kind(Enum):
    ISBN = "isbn"
    BAD_ISBN = "bad_isbn"  # has the shape of one, but its check digit is wrong
    LABEL = "label"
    WORDS = "words"


@dataclass(frozen=True)
class Read:
    """`text` is the ISBN's 13 digits, the label's number, or the words as typed."""

    kind: Kind
    text: str


def read_code(text: str, *, typed: bool, wants_label: bool) -> Read:
    """Tells what came in.

    Books bear ISBNs of 13 digits as bars; one of 10 is only ever typed, and with a title open the same ten digits are
    a label. What has digits and no blanks is a label, everything else is words.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    code = normalise_code(text)
    if isbn := _isbn(code, typed=typed, wants_label=wants_label):
        return Read(Kind.ISBN, isbn)
    if _EAN_OF_A_BOOK.fullmatch(code):
        return Read(Kind.BAD_ISBN, code)
    is_code = _CODE.fullmatch(code) and any(sign.isdigit() for sign in code) and len(code) <= LONGEST
    if is_code and not any(sign.isspace() for sign in plain):
        return Read(Kind.LABEL, code)
    return Read(Kind.WORDS, plain)


def _isbn(code: str, *, typed: bool, wants_label: bool) -> str | None:
    if len(code) == 10 and not (typed and not wants_label):
        return None
    if len(code) - 13 in ADD_ONS and _EAN_OF_A_BOOK.match(code) and code.isdigit():
        code = code[:13]
    return isbn13(code)
