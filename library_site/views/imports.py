"""Importing a sheet: upload, match its columns, look at what would change, apply, and what to do next."""

import tempfile
from collections import Counter
from io import BytesIO
from pathlib import Path
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Count
from django.http import FileResponse, Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from catalog.models import Location
from circulation.models import Loan
from library_site import jobs
from library_site.http import SchoolRequest
from library_site.imports import report
from library_site.imports.columns import guess_columns, remembered_columns
from library_site.imports.engine import chosen_sheets
from library_site.imports.fields import kind_of
from library_site.imports.forms import ColumnsForm, LayoutForm, RecordsForm, UploadForm, options_form, options_of
from library_site.imports.staging import choose_columns, header_of, stage
from library_site.imports.texts import file_text
from library_site.models import ImportRow, ImportRun, Role
from library_site.shared.spreadsheets import SheetProblem
from library_site.views import import_records
from library_site.views.import_choices import open_choices
from readers.imports.roster import day_of
from readers.queries.classes import school_year_on

State = ImportRun.State


@require_safe
def overview(request: SchoolRequest) -> HttpResponse:
    """Both ways in, and the imports so far."""
    runs = ImportRun.objects.select_related("by").order_by("-created_at")[:50]
    return render(request, "imports/overview.html", {"runs": runs})


def upload(request: SchoolRequest, kind: str) -> HttpResponse:
    """Takes a file in and goes on to its columns."""
    if kind not in ImportRun.Kind.values:
        raise Http404
    form_class = RecordsForm if kind == ImportRun.Kind.MARC else UploadForm
    form = form_class(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            run = _stage(kind, form.cleaned_data["file"], request)
        except SheetProblem as problem:
            form.add_error("file", file_text(problem.code, problem.params))
        else:
            return redirect("imports:columns", run_id=run.pk)
    status = 422 if form.errors else 200
    context = {"form": form, "kind": kind, "fields": kind_of(kind).fields}
    return render(request, "imports/upload.html", context, status=status)


def _stage(kind: str, file: UploadedFile, request: SchoolRequest) -> ImportRun:
    limit = kind_of(kind).max_bytes
    if (file.size or 0) > limit:
        raise SheetProblem("file_too_large", limit=limit // 1024**2)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sheet"
        with path.open("wb") as target:
            for chunk in file.chunks():
                target.write(chunk)
        return stage(kind=kind, path=path, file_name=file.name or "", by=request.user, at=timezone.now())


def columns(request: SchoolRequest, run_id: int) -> HttpResponse:
    """What each column means: as last time or guessed, for the librarian to correct."""
    run = get_object_or_404(ImportRun, pk=run_id, state__in=[State.UPLOADED, State.CHECKED, State.FAILED])
    if run.kind == ImportRun.Kind.MARC:
        return import_records.options(request, run)
    layout = LayoutForm(run, request.GET or None, initial=_layout_of(run))
    chosen = layout.cleaned_data if layout.is_bound and layout.is_valid() else _layout_of(run)
    headings = header_of(run, chosen["sheet"], chosen["header_row"], chosen["header_rows"])
    headings += [""] * (run.sheets[chosen["sheet"]]["width"] - len(headings))
    guess = run.columns if chosen == _layout_of(run) else _guess(run, headings)
    initial = {f"column{column}": name for name, column in guess.items()}
    form = ColumnsForm(run, headings, request.POST or None, initial=initial)
    options = options_form(run, request.POST or None, initial=_options_of(run))
    if request.method == "POST" and form.is_valid() and options.is_valid() and _year_is_entered(options, request):
        _start_check(run, chosen, form.columns, options_of(options))
        return redirect("imports:run", run_id=run.pk)
    samples = report.first_cells(run, chosen["sheet"], chosen["header_row"], chosen["header_rows"], len(headings))
    context = {
        "run": run,
        "layout": layout,
        "form": form,
        "options": options,
        "rows": [
            {"field": form[f"column{column}"], "heading": heading, "cells": samples[column]}
            for column, heading in enumerate(headings)
        ],
        "dropped": run.sheets[chosen["sheet"]]["dropped"],
        "removed": run.sheets[chosen["sheet"]]["removed"],
        "places": Location.objects.order_by("name").values_list("name", flat=True),
    }
    return render(request, "imports/columns.html", context, status=422 if form.errors or options.errors else 200)


def _layout_of(run: ImportRun) -> dict[str, int]:
    return {"sheet": run.sheet, "header_row": run.header_row, "header_rows": run.header_rows}


def _guess(run: ImportRun, headings: list[str]) -> dict[str, int]:
    return remembered_columns(run.kind, headings) or guess_columns(headings, kind_of(run.kind).fields)


def _options_of(run: ImportRun) -> dict[str, Any]:
    return {"since": day_of(run), **{name: value for name, value in run.options.items() if value != ""}}


def _year_is_entered(options: forms.Form, request: SchoolRequest) -> bool:
    """Names of classes follow from the school year, so a roster needs the one in which it holds."""
    day = options.cleaned_data.get("since")
    year = school_year_on(request.reference, day) if day else None
    if day is None or year is None or day <= year.ends_on:
        return True
    options.add_error("since", _("The school year of this day is not entered yet: enter it first."))
    return False


def _start_check(run: ImportRun, chosen: dict[str, int], matched: dict[str, int], options: dict[str, Any]) -> None:
    sheets = chosen_sheets(run) if chosen == _layout_of(run) else [chosen["sheet"]]
    with transaction.atomic():
        choose_columns(
            run,
            sheets=sheets,
            header_row=chosen["header_row"],
            header_rows=chosen["header_rows"],
            columns=matched,
            options=options,
        )
        jobs.check_import.defer(run_id=run.pk)


@require_safe
def run_page(request: SchoolRequest, run_id: int) -> HttpResponse:
    """Progress, preview or report, by the state of the run."""
    run = get_object_or_404(ImportRun.objects.select_related("by"), pk=run_id)
    if run.state == State.UPLOADED:
        return redirect("imports:columns", run_id=run.pk)
    context: dict[str, Any] = {"run": run, "cut_short": report.is_cut_short(run)}
    if run.state in (State.CHECKED, State.APPLIED):
        context["unfinished"] = report.is_unfinished(run)
        context |= {"bad": report.problem_lines(run, notes=False), "shown": report.SHOWN}
    if run.state == State.CHECKED:
        leavers = _leavers(run)
        context |= {
            "notes": report.problem_lines(run, notes=True)[:50],
            "new": report.sample_rows(run, "new"),
            "changed": report.sample_rows(run, "changed"),
            "matched": list(report.matched(run)),
            "leavers": leavers,
            "leavers_clear": sum(not person["out"] for person in leavers),
            "choices": open_choices(run),
        }
    if run.state == State.APPLIED:
        context |= {"turn": run.turns.first(), "may_undo": request.user.has_role(Role.LIBRARIAN)}
    if run.state == State.FAILED:
        context["reason"] = file_text((run.error or {}).get("code", "internal"))
    return render(request, "imports/run.html", context)


def _leavers(run: ImportRun) -> list[dict[str, Any]]:
    """Pupils no longer listed, with how many books each still has."""
    leavers = run.counts.get("leavers", [])
    open_loans = Loan.objects.filter(returned_at=None, voided_at=None, reader__in=[person["pk"] for person in leavers])
    out = Counter(dict(open_loans.values_list("reader").annotate(n=Count("pk"))))
    return [{**person, "out": out[person["pk"]]} for person in leavers]


@require_safe
def progress(request: SchoolRequest, run_id: int) -> HttpResponse:
    """How far the run is; when it is done, the page is loaded anew."""
    run = get_object_or_404(ImportRun, pk=run_id)
    if run.state not in (State.CHECKING, State.APPLYING) or report.is_cut_short(run):
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "imports/progress.html", {"run": run})


@require_POST
def apply(request: SchoolRequest, run_id: int) -> HttpResponse:
    """Has the good rows written. A second click finds the run under way and changes nothing."""
    run = get_object_or_404(ImportRun, pk=run_id)
    leavers = [int(pk) for pk in request.POST.getlist("leaver") if pk.isdigit()]
    if "leavers_clear" in request.POST:
        leavers += [person["pk"] for person in _leavers(run) if not person["out"]]
    proposed = {person["pk"] for person in run.counts.get("leavers", [])}
    options = {**run.options, "leavers": sorted(proposed.intersection(leavers))}
    with transaction.atomic():
        asked = ImportRun.objects.filter(pk=run_id, state=State.CHECKED)
        if asked.update(state=State.APPLYING, started_at=None, options=options):
            jobs.apply_import.defer(run_id=run_id, by_id=request.user.pk)
    return redirect("imports:run", run_id=run_id)


@require_POST
def retry(request: SchoolRequest, run_id: int) -> HttpResponse:
    """Checks a run again that failed or was cut short; finishes one that was applied and then cut short."""
    run = get_object_or_404(ImportRun, pk=run_id)
    if report.is_unfinished(run):
        jobs.apply_import.defer(run_id=run_id, by_id=request.user.pk)
    if run.state == State.FAILED or report.is_cut_short(run):
        with transaction.atomic():
            ImportRun.objects.filter(pk=run_id).update(state=State.CHECKING, started_at=None, done=0, error=None)
            jobs.check_import.defer(run_id=run_id)
    return redirect("imports:run", run_id=run_id)


@require_POST
def discard(request: SchoolRequest, run_id: int) -> HttpResponse:
    """Throws away a run that was not applied, with its rows."""
    run = get_object_or_404(ImportRun, pk=run_id)
    if run.state in (State.UPLOADED, State.CHECKED, State.FAILED) or report.is_cut_short(run):
        ImportRow.objects.filter(run=run).delete()
        run.delete()
    return redirect("imports:overview")


@require_safe
def bad_rows(request: SchoolRequest, run_id: int) -> HttpResponse | StreamingHttpResponse:
    """The bad rows as a sheet, each with its reasons."""
    run = get_object_or_404(ImportRun, pk=run_id)
    if run.kind == ImportRun.Kind.MARC:
        return import_records.bad_file(run)
    target = BytesIO()
    report.write_bad_rows(run, target)
    target.seek(0)
    purpose = _("Rows to correct")
    return FileResponse(target, as_attachment=True, filename=f"{purpose} {Path(run.file_name).stem}.xlsx")
