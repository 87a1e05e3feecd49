"""Figures that were counted on paper, or that stand in place of computed ones."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from library_site.audit import act
from library_site.models import User
from library_site.shared.problems import Problem, Refused
from readers.models import Semester
from reports.models import EnteredFigure
from reports.rules.catalogue import CATALOGUE

NO_NOTE = Problem("no_note", _("Say why, and where the number comes from."), field="note")
UNKNOWN = Problem("no_such_figure", _("There is no such figure."))
NEGATIVE = Problem("negative", _("A figure cannot be less than 0."), field="value")


@dataclass(frozen=True)
class Entry:
    """A figure as entered, with its note."""

    value: Decimal
    note: str


def enter_figures(
    *,
    semester_id: int,
    entries: Mapping[str, Entry],
    variant: str,
    emptied: Collection[str] = (),
    by: User | None,
    address: str | None = None,
) -> int:
    """Enters figures {code: entry} of a semester; one that was entered before is changed. Returns how many.

    Those in `emptied` are taken back. `variant` is the formula of figures that have several. Refused without a note,
    for figures that the catalogue does not have, and below 0.
    """
    if problems := [problem for code, entry in entries.items() for problem in _problems(code, entry)]:
        raise Refused(dict.fromkeys(problems))
    with act("enter_figures", by=by, address=address):
        # Whoever enters figures of a semester does so one after another.
        Semester.objects.select_for_update(no_key=True).get(pk=semester_id)
        for code, entry in entries.items():
            EnteredFigure.objects.update_or_create(
                semester_id=semester_id,
                figure=code,
                variant=variant_of(code, variant),
                defaults={"value": entry.value, "note": entry.note.strip(), "by": by},
            )
        for code in emptied:
            _entered(semester_id, code, variant).delete()
    return len(entries)


def take_back_figure(*, semester_id: int, code: str, variant: str, by: User | None, address: str | None = None) -> bool:
    """Takes an entered figure back: what the system counts is shown again. Returns whether there was one."""
    with act("take_back_figure", by=by, address=address):
        return bool(_entered(semester_id, code, variant).delete()[0])


def _entered(semester_id: int, code: str, variant: str) -> "QuerySet[EnteredFigure]":
    return EnteredFigure.objects.filter(semester_id=semester_id, figure=code, variant=variant_of(code, variant))


def variant_of(code: str, variant: str) -> str:
    """The formula that an entered figure is kept under: none for a figure that has one formula only."""
    spec = CATALOGUE.get(code)
    return variant if spec and spec.variants else ""


def _problems(code: str, entry: Entry) -> list[Problem]:
    checks = ((code not in CATALOGUE, UNKNOWN), (not entry.note.strip(), NO_NOTE), (entry.value < 0, NEGATIVE))
    return [problem for is_wrong, problem in checks if is_wrong]
