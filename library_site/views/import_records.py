"""What is particular to importing MARC records: no columns to match, and a file of bad records to repair."""

from pathlib import Path

from django.db import transaction
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from catalog.imports.marc import bad_records
from catalog.models import Location
from library_site import jobs
from library_site.http import SchoolRequest
from library_site.imports import report
from library_site.imports.forms import options_form, options_of
from library_site.imports.staging import choose_options
from library_site.models import ImportRow, ImportRun

SHOWN = 8


def options(request: SchoolRequest, run: ImportRun) -> HttpResponse:
    """What holds for all records of the file, below the first of them."""
    form = options_form(run, request.POST or None, initial=run.options)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            choose_options(run, options=options_of(form))
            jobs.check_import.defer(run_id=run.pk)
        return redirect("imports:run", run_id=run.pk)
    shown = report.matched(run)
    rows = ImportRow.objects.filter(run=run).order_by("number")[:SHOWN]
    context = {
        "run": run,
        "options": form,
        "matched": list(shown),
        "rows": [{"number": row.number, "cells": [row.cells[column] for column in shown.values()]} for row in rows],
        "records": run.sheets[0]["rows"],
        "places": Location.objects.order_by("name").values_list("name", flat=True),
    }
    return render(request, "imports/records.html", context, status=422 if form.errors else 200)


def bad_file(run: ImportRun) -> StreamingHttpResponse:
    """The bad records as they came, to be repaired and brought again."""
    name = f"{_('Records to repair')} {Path(run.file_name).stem}.iso"
    headers = {"Content-Disposition": content_disposition_header(as_attachment=True, filename=name) or ""}
    return StreamingHttpResponse(bad_records(run), content_type="application/marc", headers=headers)
