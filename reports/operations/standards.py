"""Standards: the national ones as given, and those that the school enters or chooses."""

import csv
from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from library_site.audit import act
from library_site.models import User
from library_site.shared.problems import Problem, Refused, violated
from readers.models import Semester
from reports.models import EnteredFigure, Standard, StandardRow

GIVEN = Path(__file__).resolve().parent.parent / "data" / "standards.csv"
ABOUT = ("name", "region", "school_type", "source")
SAME_NAME = Problem(
    "standard_same_name", _("There is a standard of this name for this region and kind of school."), field="name"
)
SAME_ROW = Problem("standard_same_row", _("Two rows demand the same: put them into one."))
IS_GIVEN = Problem(
    "standard_is_given", _("The national standards are given."), _("Make one of your own that begins like it.")
)


def load_standards() -> int:
    """Brings the given standards up to the file: what was chosen and what the school entered stays as it is.

    Returns how many rows were written; repeating it changes nothing.
    """
    with GIVEN.open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    written = 0
    with transaction.atomic():
        for code in dict.fromkeys(line["code"] for line in lines):
            written += _load(code, [line for line in lines if line["code"] == code])
    return written


def _load(code: str, lines: list[dict[str, str]]) -> int:
    about = {name: lines[0][name] for name in ABOUT}
    standard = Standard.objects.filter(code=code).first() or Standard(code=code)
    if standard.pk is None or any(getattr(standard, name) != value for name, value in about.items()):
        for name, value in about.items():
            setattr(standard, name, value)
        standard.save()
    wanted = {_key(row): row for row in (_given(line) for line in lines)}
    known = {_key(row): row for row in standard.rows.all()}
    return _bring_up(standard, known, wanted)


def _given(line: Mapping[str, str]) -> StandardRow:
    columns = {name: line[name] for name in ("measure", "subject", "sense", "note")}
    return StandardRow(value=Decimal(line["value"]), is_sure=line["sure"] == "1", **columns)


def _bring_up(standard: Standard, known: Mapping[Any, StandardRow], wanted: Mapping[Any, StandardRow]) -> int:
    """Writes what differs: rows that are gone, new and changed. Returns how many."""
    gone = [row.pk for key, row in known.items() if key not in wanted]
    if gone:
        StandardRow.objects.filter(pk__in=gone).delete()
    written = len(gone)
    for key, row in wanted.items():
        old = known.get(key)
        if old is None or (old.value, old.is_sure, old.note) != (row.value, row.is_sure, row.note):
            row.pk, row.standard = old.pk if old else None, standard
            row.save()
            written += 1
    return written


def _key(row: StandardRow) -> tuple[str, str, str]:
    return row.measure, row.subject, row.sense


def choose_standards(*, chosen: Collection[int], by: User, address: str | None = None) -> None:
    """Says which standards the school is measured by; all others are not."""
    with act("choose_standards", by=by, address=address):
        for standard in Standard.objects.select_for_update().order_by("pk"):
            if standard.applies != (standard.pk in chosen):
                standard.applies = not standard.applies
                standard.save(update_fields=["applies"])


def save_standard(*, standard: Standard, rows: Iterable[StandardRow], by: User, address: str | None = None) -> Standard:
    """Enters or changes a standard of the school's own with all its rows, which take the place of the former ones.

    Refused for a given one, for a name that is taken and for two rows that demand the same.
    """
    rows = list(rows)
    if standard.code:
        raise Refused([IS_GIVEN])
    if len({_key(row) for row in rows}) < len(rows):
        raise Refused([SAME_ROW])
    try:
        with act("save_standard", by=by, address=address):
            standard.save()
            known = {_key(row): row for row in standard.rows.select_for_update()}
            _bring_up(standard, known, {_key(row): row for row in rows})
            return standard
    except IntegrityError as error:
        if violated(error) != "standard_unique":
            raise
        raise Refused([SAME_NAME]) from error


def drop_standard(*, standard: Standard, by: User, address: str | None = None) -> None:
    """Removes a standard of the school's own with its rows; the history keeps them. Refused for a given one."""
    if standard.code:
        raise Refused([IS_GIVEN])
    with act("drop_standard", by=by, address=address):
        standard.rows.all().delete()
        standard.delete()


def enter_measure(
    *, semester: Semester, measure: str, value: Decimal, note: str, by: User, address: str | None = None
) -> None:
    """Enters a semester's figure that the system cannot count, or counts otherwise; one entered before is changed.

    `reports.operations.entered.take_back_figure` takes it back.
    """
    with act("enter_figures", by=by, address=address):
        EnteredFigure.objects.update_or_create(
            semester=semester, figure=measure, variant="", defaults={"value": value, "note": note, "by": by}
        )
