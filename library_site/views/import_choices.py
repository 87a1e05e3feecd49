"""Rows of a roster that may mean more than one pupil: the librarian says who it is."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from library_site import jobs
from library_site.http import SchoolRequest
from library_site.imports import report
from library_site.models import ImportRow, ImportRun

State = ImportRun.State
SHOWN = 100


@dataclass(frozen=True)
class OpenChoice:
    """One such row: its cells, and the pupils it may mean as {pk, name, number, class}."""

    row: ImportRow
    cells: list[str]
    candidates: list[dict[str, Any]]


def open_choices(run: ImportRun) -> list[OpenChoice]:
    """The rows that wait for a choice, the first `SHOWN`. One statement."""
    columns = list(report.matched(run).values())
    rows = ImportRow.objects.filter(run=run, verdict="bad", problems__contains=[{"code": "several_fit"}])
    return [
        OpenChoice(
            row,
            [row.cells[column] if column < len(row.cells) else "" for column in columns],
            next(problem["params"]["candidates"] for problem in row.problems if problem["code"] == "several_fit"),
        )
        for row in rows.order_by("sheet", "number")[:SHOWN]
    ]


@require_POST
def choose(request: SchoolRequest, run_id: int) -> HttpResponse:
    """Keeps what was chosen for each row and has the sheet checked again."""
    run = get_object_or_404(ImportRun, pk=run_id)
    offered = {str(choice.row.pk): {0, *(fit["pk"] for fit in choice.candidates)} for choice in open_choices(run)}
    chosen = {
        row: int(value)
        for row, fits in offered.items()
        if (value := request.POST.get(f"choice-{row}", "")).isdecimal() and int(value) in fits
    }
    options = {**run.options, "choices": {**run.options.get("choices", {}), **chosen}}
    with transaction.atomic():
        asked = ImportRun.objects.filter(pk=run_id, state=State.CHECKED)
        if asked.update(state=State.CHECKING, started_at=None, done=0, options=options):
            jobs.check_import.defer(run_id=run_id)
    return redirect("imports:run", run_id=run_id)
