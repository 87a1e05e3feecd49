"""Closing a semester: its figures are kept as they are now, whatever is corrected later."""

from contextlib import suppress
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from library_site.audit import act
from library_site.models import User
from library_site.shared.problems import Refused
from library_site.shared.reference import Reference
from readers.models import Semester
from reports.models import Snapshot
from reports.queries.class_report import class_rows
from reports.queries.class_table import table_json
from reports.queries.collection.classes import collection_by_class
from reports.queries.collection.classes import table_json as collection_json
from reports.queries.facts import Facts, facts_of
from reports.queries.figures import FIGURES
from reports.queries.settings import report_options
from reports.queries.snapshots import due_for_closing, snapshot_of
from reports.rules.figures import Period
from reports.rules.snapshots import closing_problems, kept, kept_days


def close_semester(
    *, semester_id: int, reason: str, by: User | None, at: datetime, reference: Reference, address: str | None = None
) -> Snapshot:
    """Keeps the figures and tables of a semester that is over; earlier closings stay on record.

    Refused (`Refused`) while the semester runs, and without a reason where it is closed already: two who close at
    once leave one closing.
    """
    today = timezone.localdate(at)
    with act("close_semester", by=by, address=address):
        semester = Semester.objects.select_for_update(of=("self",), no_key=True).get(pk=semester_id)
        closed = snapshot_of(semester) is not None
        if problems := closing_problems(semester, today=today, closed=closed, reason=reason):
            raise Refused(problems)
        facts = facts_of(_days_of(semester, today), reference=reference, today=today)
        return Snapshot.objects.create(
            semester=semester,
            taken_at=at,
            taken_by=by,
            reason=reason,
            figures={code: kept(figure(facts)) for code, figure in FIGURES.items()},
            tables=_tables(facts, reference=reference, at=at),
        )


def _days_of(semester: Semester, today: date) -> Period:
    return Period.of(semester.starts_on, semester.ends_on, today=today)


def _tables(facts: Facts, *, reference: Reference, at: datetime) -> dict[str, Any]:
    """Tables down to classes, under the names that they have now."""
    return {
        "period": kept_days(facts.period),
        "classes": table_json(class_rows(facts, reference=reference, now=at)),
        "collection": collection_json(
            collection_by_class(facts.period, reference=reference, today=timezone.localdate(at))
        ),
    }


def close_due_semesters(*, at: datetime, reference: Reference) -> list[Snapshot]:
    """Closes the semesters that ended as many days ago as the school waits, each in a transaction of its own."""
    after_days = report_options(reference).snapshot_after_days
    due = due_for_closing(reference, today=timezone.localdate(at), after_days=after_days)
    closed = []
    for semester in due:
        with suppress(Refused):  # somebody closed it meanwhile
            closed.append(close_semester(semester_id=semester.pk, reason="", by=None, at=at, reference=reference))
    return closed
