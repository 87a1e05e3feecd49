"""The most lent books of a period, the most wanted now, and the titles with many copies."""

from typing import Any

from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from catalog.queries.browse import main_classes
from library_site.http import SchoolRequest
from library_site.views.downloads import download
from reports.exports.collection import lent_table, many_table, wanted_table
from reports.forms.collection import ManyForm, OfClass
from reports.queries.collection.ranking import (
    ALL,
    SHOWN,
    LentBook,
    ManyBook,
    WantedBook,
    many_copies,
    most_lent,
    most_wanted,
)
from reports.views.collection.period import about


@require_safe
def lent(request: SchoolRequest) -> HttpResponse:
    """The hundred titles lent most."""
    form = _of_class(request)
    return _page(request, "most_lent", form=form, rows=_lent(request, form, SHOWN))


@require_safe
def export_lent(request: SchoolRequest) -> FileResponse:
    """All titles that were lent."""
    return download(request, lent_table(_lent(request, _of_class(request), ALL)))


@require_safe
def wanted(request: SchoolRequest) -> HttpResponse:
    """The hundred titles with the most reservations per copy."""
    return _page(request, "most_wanted", rows=_wanted(request, SHOWN))


@require_safe
def export_wanted(request: SchoolRequest) -> FileResponse:
    """All titles that are reserved, or were in the period."""
    return download(request, wanted_table(_wanted(request, ALL)))


@require_safe
def many(request: SchoolRequest) -> HttpResponse:
    """A hundred titles of which many copies are held, with what is lent of them."""
    form = ManyForm(request.GET)
    return _page(request, "many_copies", form=form, rows=_many(request, form, SHOWN))


@require_safe
def export_many(request: SchoolRequest) -> FileResponse:
    """All of them."""
    return download(request, many_table(_many(request, ManyForm(request.GET), ALL)))


def _page(request: SchoolRequest, name: str, **context: Any) -> HttpResponse:
    return render(request, f"reports/collection/{name}.html", {**about(request), **context, "most": SHOWN})


def _of_class(request: SchoolRequest) -> OfClass:
    return OfClass(request.GET, classes=main_classes(request.reference))


def _lent(request: SchoolRequest, form: OfClass, limit: int) -> list[LentBook]:
    chosen = about(request)["chosen"]
    return most_lent(chosen.period, main_class=form.given("main_class") or "", limit=limit) if chosen else []


def _wanted(request: SchoolRequest, limit: int) -> list[WantedBook]:
    chosen = about(request)["chosen"]
    return most_wanted(chosen.period, limit=limit) if chosen else []


def _many(request: SchoolRequest, form: ManyForm, limit: int) -> list[ManyBook]:
    chosen = about(request)["chosen"]
    return many_copies(chosen.period, least=form.at_least, order=form.ordered, limit=limit) if chosen else []
