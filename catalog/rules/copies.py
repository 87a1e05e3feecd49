"""Why copies cannot be entered, moved or deleted."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from library_site.shared.problems import Problem

MOST_AT_ONCE = 500
TOO_MANY = Problem("too_many", _("At least one copy, and at most 500 at once."), field="count")
COUNT_DIFFERS = Problem("count_differs", _("There must be one barcode for each copy."), field="barcode")
NOTHING_CHOSEN = Problem("nothing_chosen", _("Choose books, and a place or a batch to move them to."))
HAS_HISTORY = Problem(
    "has_history",
    _("Something has happened to this copy already: it was lent, or bore another barcode."),
    _("Deleting it would tear a hole into the history. Withdraw it instead: it leaves the catalogue and stays known."),
)


def delete_problems(history: Sequence[str]) -> list[Problem]:
    """`history` names the tables in which something stands about the copy."""
    return [HAS_HISTORY] if history else []
