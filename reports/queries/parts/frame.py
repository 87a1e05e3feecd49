"""What a paper covers, and lists that stay printable."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from library_site.shared.reference import Reference
from reports.rules.figures import Period
from reports.rules.papers import Block, Note

# What nobody reads on paper is not printed: the register itself has the rest.
MOST = 300


@dataclass(frozen=True)
class Frame:
    """The days of a paper as of `today`, and what the process knows of the school."""

    period: Period
    reference: Reference
    today: date

    @property
    def first(self) -> date:
        return self.period.starts_on

    @property
    def until(self) -> date:
        return self.period.until

    @property
    def days(self) -> tuple[date, date]:
        return self.first, self.until


def bounded(rows: "QuerySet[Any] | Sequence[Any]") -> tuple[list[Any], list[Block]]:
    """The first `MOST` rows, and a note where there are more."""
    found = list(islice(rows[: MOST + 1], MOST + 1))
    if len(found) <= MOST:
        return found, []
    return found[:MOST], [Note(_("Only the first %(most)d are printed here.") % {"most": MOST})]
