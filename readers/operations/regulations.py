"""The texts of the rules, and who studied them."""

from collections.abc import Collection
from datetime import date

from library_site.audit import act
from library_site.models import User
from readers.models import Regulation, RegulationStudy, RegulationVersion


def keep_regulation(
    *,
    regulation: Regulation,
    text: str,
    valid_from: date,
    is_confirmed: bool,
    by: User,
    on: date,
    address: str | None = None,
) -> RegulationVersion:
    """Keeps a rule and its text; returns the version that holds the text.

    A draft is changed in place; a text that the school has confirmed stays, and a change makes a new version.
    """
    with act("keep_regulation", by=by, address=address):
        regulation.save()
        newest = RegulationVersion.objects.select_for_update().filter(regulation=regulation).order_by("-version")
        row = newest.first()
        text = text.replace("\r\n", "\n").strip()
        if row is None or (row.confirmed_on is not None and (row.text, row.valid_from) != (text, valid_from)):
            row = RegulationVersion(regulation=regulation, version=row.version + 1 if row else 1)
        row.text, row.valid_from, row.by = text, valid_from, by
        if is_confirmed and row.confirmed_on is None:
            row.confirmed_on = on
        elif not is_confirmed:
            row.confirmed_on = None
        row.save()
        return row


def record_study(
    *, regulation_id: int, classes: Collection[int], on: date, led_by: str, by: User, address: str | None = None
) -> int:
    """Notes that classes studied a rule on a day; returns how many were new."""
    with act("record_rule_study", by=by, address=address):
        rows = RegulationStudy.objects.filter(regulation=regulation_id, on=on)
        known = set(rows.values_list("school_class", flat=True))
        new = [
            RegulationStudy(regulation_id=regulation_id, school_class_id=pk, on=on, led_by=led_by)
            for pk in classes
            if pk not in known
        ]
        RegulationStudy.objects.bulk_create(new, ignore_conflicts=True)
        return len(new)


def drop_study(*, study: RegulationStudy, by: User, address: str | None = None) -> None:
    """Takes back a study date that was entered wrongly."""
    with act("drop_rule_study", by=by, address=address):
        study.delete()
