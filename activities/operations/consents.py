"""Keeping what guardians agreed to on paper."""

from collections.abc import Collection
from datetime import date

from activities.models import Consent
from library_site.audit import act
from library_site.models import User

Agreed = tuple[int, str]  # reader, what (`Consent.What`)


def record_consents(
    *,
    given: Collection[Agreed],
    withdrawn: Collection[Agreed],
    given_on: date,
    today: date,
    note: str = "",
    by: User,
    address: str | None = None,
) -> int:
    """Consents newly given, and others withdrawn from today on; returns how many were changed.

    What is in force already stays as it was, with its own day. A withdrawn one stays on record as it was given.
    """
    with act("record_consents", by=by, address=address):
        return _withdraw(withdrawn, today) + _give(given, given_on, note)


def _withdraw(pairs: Collection[Agreed], today: date) -> int:
    wanted = set(pairs)
    held = Consent.objects.filter(withdrawn_on=None, reader_id__in={reader for reader, _what in wanted})
    rows = [row for row in held.select_for_update(no_key=True).order_by("pk") if (row.reader_id, row.what) in wanted]
    for row in rows:
        row.withdrawn_on = max(today, row.given_on)
    Consent.objects.bulk_update(rows, ["withdrawn_on"])
    return len(rows)


def _give(pairs: Collection[Agreed], given_on: date, note: str) -> int:
    held = Consent.objects.filter(withdrawn_on=None, reader_id__in={reader for reader, _what in pairs})
    new = set(pairs) - set(held.values_list("reader_id", "what"))
    rows = [Consent(reader_id=reader, what=what, given_on=given_on, note=note) for reader, what in sorted(new)]
    # Somebody else may enter the same paper at this moment: one of the two rows stands.
    Consent.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)
