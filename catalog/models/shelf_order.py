"""Keys that sort as books stand on the shelf, computed by the database.

A CLC number is compared as a decimal string behind its letters, so its dots fall away; signs (- and brackets) come
before digits. Then the book number as a number, then the volume as one. Unclassified books come last.
"""

from django.db import models
from django.db.models import F, Func

# Each of these signs becomes one that sorts before the digits, in this order; the rest of them fall away.
_SIGNS, _SORTED_AS = '-("=#<:+)>[]{}.', '!"#$&()*'
_CHINESE, _DIGITS = "上中下一二三四五六七八九", "123123456789"
UNCLASSIFIED = "~"  # behind every class

_CLC = (
    f"CASE WHEN %(expressions)s = '' THEN '{UNCLASSIFIED}'"
    f" ELSE translate(%(expressions)s, '{_SIGNS}', '{_SORTED_AS}') END"
)
# Letters before the first digit, the number padded so that text sorts as numbers do, and what follows.
_NUMBERED = (
    "COALESCE(substring(%(expressions)s from '^[^0-9]*'), '')"
    " || lpad(COALESCE(substring(%(expressions)s from '[0-9]+'), ''), 12, '0')"
    " || COALESCE(substring(%(expressions)s from '^[^0-9]*[0-9]+(.*)$'), '')"
)


def clc_key(column: str) -> Func:
    """The key of a CLC number."""
    return Func(F(column), template=_CLC, output_field=models.TextField(db_collation="C"))


def key_of_clc(number: str) -> str:
    """What `clc_key` makes of a number in the database, for asking from one class on."""
    places = {ord(sign): _SORTED_AS[place : place + 1] for place, sign in enumerate(_SIGNS)}
    return number.translate(places) if number else UNCLASSIFIED


def _numbered(expression: F | Func) -> Func:
    return Func(expression, template=_NUMBERED, output_field=models.TextField(db_collation="C"))


def title_key() -> Func:
    """The key of a call number: class, then book number. A blank sorts before everything that lengthens a class."""
    parts = (clc_key("clc_number"), _numbered(F("book_number")))
    return Func(*parts, template="%(expressions)s", arg_joiner=" || ' ' || ", output_field=models.TextField())


def volume_key() -> Func:
    """The key of a volume: 上 中 下 and Chinese digits count as numbers."""
    plain = Func(F("volume"), template=f"translate(%(expressions)s, '{_CHINESE}', '{_DIGITS}')")
    return _numbered(plain)
