"""The pupils' reading records for the term report: per class on the page, on paper and as a file.

They name pupils: whoever looks at them, prints them or takes them out stands in the audit log.
"""

from typing import Any

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from library_site.http import SchoolRequest
from library_site.queries import school
from readers.queries.classes import NamedClass, classes_on
from readers.queries.scope import classes_of
from readers.views.scope import classes_reached, require_class
from reports.exports.records import record_sheets
from reports.queries.periods import SEMESTER, YEAR, ChosenPeriod, chosen
from reports.queries.pupil_records import Records, class_sizes, forgotten_until, pupil_records
from reports.queries.settings import report_options
from reports.views.download import note_people, send_book


@require_safe
def overview(request: SchoolRequest) -> HttpResponse:
    """The classes to choose from, without a name of a pupil."""
    found = _chosen(request)
    context: dict[str, Any] = {"chosen": found, "options": report_options(request.reference)}
    if found:
        sizes, forgotten = class_sizes(found.period.until), forgotten_until()
        classes = [(row, sizes[row.pk]) for row in _classes(request, found) if sizes.get(row.pk)]
        context |= {"classes": classes, "forgotten": _lost(forgotten, found)}
    return render(request, "reports/records/overview.html", context)


@require_safe
def record(request: SchoolRequest, class_id: int) -> HttpResponse:
    """The record of one class, to read and to print."""
    require_class(request, class_id)
    found = _needed(request)
    records = _records(request, found, only=class_id)
    note_people(request, "look.pupil_records", records.pupils)
    return render(request, "reports/records/sheets.html", _page(found, records, class_id))


@require_safe
def print_all(request: SchoolRequest) -> HttpResponse:
    """The records of all classes, one after another, to print."""
    found = _needed(request)
    records = _records(request, found)
    note_people(request, "look.pupil_records", records.pupils)
    return render(request, "reports/records/sheets.html", _page(found, records, None))


@require_safe
def export(request: SchoolRequest, class_id: int) -> FileResponse:
    """The record of one class as a workbook."""
    require_class(request, class_id)
    found = _needed(request)
    records = _records(request, found, only=class_id)
    values = {"class": "".join(row.name for row in records.classes), "period": found.label}
    return _send(request, _("Reading records %(class)s %(period)s") % values, records, found)


@require_safe
def export_all(request: SchoolRequest) -> FileResponse:
    """The records of all classes as one workbook, a sheet per class."""
    found = _needed(request)
    name = _("Reading records %(period)s") % {"period": found.label}
    return _send(request, name, _records(request, found), found)


def _chosen(request: SchoolRequest) -> ChosenPeriod | None:
    return chosen(request.GET, request.reference, timezone.localdate(), kinds=(SEMESTER, YEAR))


def _needed(request: SchoolRequest) -> ChosenPeriod:
    found = _chosen(request)
    if found is None:
        raise Http404
    return found


def _classes(request: SchoolRequest, found: ChosenPeriod) -> list[NamedClass]:
    """The classes of the period within this person's reach.

    A class teacher reaches the periods at whose end the class was led by the same person: who takes a class over
    learns nothing of the years before, nor of pupils who have gone to another class since.
    """
    reached = classes_reached(request)
    if reached is not None:
        reached &= classes_of(request.user, found.period.until)
    classes = classes_on(request.reference, found.period.starts_on)
    return [row for row in classes if reached is None or row.pk in reached]


def _records(request: SchoolRequest, found: ChosenPeriod, *, only: int | None = None) -> Records:
    classes = [row for row in _classes(request, found) if only in (None, row.pk)]
    if not classes:
        raise Http404
    titles = report_options(request.reference).titles_in_records
    return pupil_records(classes, found.period, titles=titles)


def _lost(forgotten: Any, found: ChosenPeriod) -> Any:
    return forgotten if forgotten and forgotten > found.period.starts_on else None


def _page(found: ChosenPeriod, records: Records, class_id: int | None) -> dict[str, Any]:
    return {"chosen": found, "records": records, "class_id": class_id, "today": timezone.localdate()}


def _send(request: SchoolRequest, name: str, records: Records, found: ChosenPeriod) -> FileResponse:
    if not records.pupils:
        raise Http404
    options = school(request.reference)
    sheets = record_sheets(records, found, school=options.name if options else "")
    return send_book(request, name, sheets, act="export.pupil_records")
