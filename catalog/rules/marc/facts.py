"""What a title's record has to say: what is compared with a record, and written into one."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from catalog.rules.marc.holdings import CopyValues
from catalog.rules.marc.words import BETWEEN

# What a title has of which a record says nothing.
USUAL = {"language": "chi", "material": "book"}
_SIGNS = re.compile(r"[\x00-\x08\x0b-\x1f]")  # a record's own signs are among them
OWN_NUMBER = "LIB%09d"


@dataclass(frozen=True)
class Facts:
    """A title as a record tells it. `values` are columns of `Title`, price as text; `copies` those still held."""

    number: int
    values: Mapping[str, Any]
    copies: Sequence[CopyValues] = ()
    library: str = ""
    clc_edition: str = ""  # of the school; only "4" and "5" have a sign in a record
    entered_on: date = date(2000, 1, 1)
    said: Mapping[str, Any] = field(default_factory=dict)  # by the record the title came from

    def __getitem__(self, name: str) -> str:
        return _SIGNS.sub("", str(self.values.get(name) or ""))

    def differs(self, *names: str) -> bool:
        """Whether any of these columns is not what the record says."""
        return any((self.values.get(name) or USUAL.get(name, "")) != self._before(name) for name in names)

    def _before(self, name: str) -> Any:
        return self.said.get(name) or USUAL.get(name, "")

    @property
    def holdings_differ(self) -> bool:
        """Whether the copies or the number on the book are not those of the record."""
        told = {copy["barcode"] for copy in self.said.get("copies", ())}
        return told != {copy["barcode"] for copy in self.copies} or self.differs("clc_number", "book_number")

    def parts(self, name: str) -> list[str]:
        """The single subjects, keywords or names of a column that holds several."""
        return [part.strip() for part in self[name].replace("；", BETWEEN).split(BETWEEN.strip()) if part.strip()]

    @property
    def year(self) -> str:
        year = self["published"][:4]
        return year if len(year) == 4 and year.isascii() and year.isdigit() else ""

    @property
    def price(self) -> str:
        """The price as 010 $d gives it."""
        volumes = self.values.get("volumes") or 0
        of_set = f"（全{volumes}册）" if volumes > 1 else ""
        return f"CNY{self['price']}{of_set}" if self["price"] else ""

    @property
    def own_number(self) -> str:
        return OWN_NUMBER % self.number


def own_title(key: str, library: str) -> int | None:
    """The key of the title whose record this library made itself (see `records.control_key`)."""
    giver, _sign, number = key.rpartition(":")
    digits = number.removeprefix("LIB")
    is_own = giver == library and digits != number and digits.isascii() and digits.isdigit()
    return int(digits) if is_own else None
