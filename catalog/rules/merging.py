"""What speaks against merging two titles, or against taking one away."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from catalog.models import Title
from library_site.shared.problems import Problem

SAME_TITLE = Problem("same_title", _("A title cannot be merged into itself."))
MARC_LOST = Problem(
    "marc_lost",
    _("Both titles have a MARC record; that of the title which goes is lost, with fields that stand nowhere else."),
    _("Export it first if it may still be needed."),
    overridable=True,
)
COVER_LOST = Problem(
    "cover_lost", _("Both titles have a cover; that of the title which goes is lost."), overridable=True
)
_LOST = {"marc": MARC_LOST, "cover": COVER_LOST}


def merge_problems(stays: Title, goes: Title, *, has_both: Sequence[str], school_number: str) -> list[Problem]:
    """`has_both` are the things that a title has only one of and both of these have; `school_number` is to stay."""
    if stays.pk == goes.pk:
        return [SAME_TITLE]
    problems = [_LOST.get(name) or only_one(name) for name in has_both]
    lost = {stays.school_number, goes.school_number} - {school_number, ""}
    return problems + [number_lost(number) for number in sorted(lost)]


def number_lost(number: str) -> Problem:
    """Imports know titles by the school's own number; that of one of them will name none."""
    return Problem(
        "number_lost",
        _("The school's own number %(number)s will name no title any more.") % {"number": number},
        _("An old list with this number would enter the title again: do not import it any more."),
        overridable=True,
    )


def only_one(what: Any) -> Problem:
    """Both titles have what can be had once, and neither may be lost."""
    return Problem("only_one", _("Both titles have one: %(what)s. One of them would be lost.") % {"what": what})


def both_in(what: Any) -> Problem:
    """Both titles stand in one and the same thing that takes a title once."""
    return Problem(
        "both_in",
        _("Both titles are used in the same place: %(what)s.") % {"what": what},
        _("Take one of them out there, then merge."),
    )


def hangs_on(what: Any, number: int) -> Problem:
    """A title with copies or a past is not taken away."""
    return Problem("hangs_on", _("This hangs on it: %(what)s (%(number)s).") % {"what": what, "number": number})


CHANGED_MEANWHILE = Problem(
    "merge_changed",
    _("One of the titles was changed meanwhile; nothing was merged."),
    _("Look at both once more, then merge."),
)
