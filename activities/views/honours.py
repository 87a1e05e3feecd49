"""The register of honours: read, printed, and lines corrected or taken back."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from activities.exports.honours import honours_table
from activities.forms.honours import CorrectHonourForm, EnterHonoursForm
from activities.models import Honour
from activities.operations.honours import correct_honour, revoke_honour
from activities.operations.outside_honours import can_enter, enter_honours
from activities.queries.honours import HonourFilters, badges_of, honours_of, shown_names
from activities.queries.honours import register as lines
from activities.queries.winners import Winner, winners
from activities.views.people import typed
from library_site.access import Scope
from library_site.http import SchoolRequest
from library_site.models import Role
from library_site.views.downloads import download
from readers.models import Reader
from readers.queries.classes import classes_on, school_years
from readers.views.scope import classes_reached
from readers.views.told import done_or_told

PER_PAGE = 200


@require_safe
def register(request: SchoolRequest) -> HttpResponse:
    """The lines of a school year, the newest first; a class teacher sees those of the own class.

    The principal reads pupils' names as the school shows them in public.
    """
    page = Paginator(_lines(request), PER_PAGE).get_page(request.GET.get("page"))
    names: dict[int, str] = {}
    if not _reads_names(request):
        names = shown_names(list(page), request.reference, timezone.localdate())
    context = _choices(request) | {
        "page": page,
        "lines": [(row, names.get(row.pk, row.name)) for row in page],
        "asked": request.GET,
        "may_write": request.user.has_role(Role.LIBRARIAN),
    }
    return render(request, "activities/honours/register.html", context)


@require_safe
def export(request: SchoolRequest) -> FileResponse:
    """The lines as the page is narrowed."""
    return download(request, honours_table(_lines(request)))


@require_safe
def own(request: SchoolRequest) -> HttpResponse:
    """What oneself was honoured with, and one's badges."""
    reader = get_object_or_404(Reader, account=request.user)
    context = {"honours": honours_of(reader.pk)[:PER_PAGE], "badges": badges_of(reader.pk)[:PER_PAGE]}
    return render(request, "activities/honours/own.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: SchoolRequest) -> HttpResponse:
    """Enters the winners of a contest by hand; lines that cannot be entered are shown, and nothing is entered yet."""
    first = {"level": Honour.Level.CITY, "awarded_on": timezone.localdate(), "activity": request.GET.get("activity")}
    form = EnterHonoursForm(request.POST or None, initial=first)
    rows: list[Winner] = []
    if form.is_bound and form.is_valid():
        values = dict(form.cleaned_data)
        text, activity = values.pop("winners"), values.pop("activity")
        honours = enter_honours(
            text=text, activity_id=activity.pk if activity else None, **values, reference=request.reference,
            by=request.user, at=timezone.now(),
        )  # fmt: skip
        rows = winners(
            text, award=values["award"], occasion=values["occasion"], on=values["awarded_on"],
            reference=request.reference,
        )  # fmt: skip
        if can_enter((row.state for row in rows), as_written=values["as_written"]):
            number = len(honours)
            told = ngettext("%(n)s honour was entered.", "%(n)s honours were entered.", number) % {"n": number}
            messages.success(request, told)
            return redirect("honours:register")
    context = {"form": form, "rows": rows}
    return render(request, "activities/honours/enter.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: SchoolRequest, honour_id: int) -> HttpResponse:
    """Corrects the words of a line."""
    honour = get_object_or_404(Honour, pk=honour_id, revoked_on=None)
    form = CorrectHonourForm(request.POST or None, instance=honour)
    if form.is_bound and form.is_valid():
        if done_or_told(
            request, lambda: correct_honour(honour_id=honour.pk, values=form.cleaned_data, by=request.user)
        ):
            messages.success(request, _("Saved."))
        return redirect("honours:register")
    context = {"form": form, "honour": honour}
    return render(request, "activities/honours/correct.html", context, status=422 if form.errors else 200)


@require_POST
def revoke(request: SchoolRequest, honour_id: int) -> HttpResponse:
    """Takes an honour back, with a reason."""
    honour = get_object_or_404(Honour, pk=honour_id)
    reason, now = typed(request.POST, "reason", 200), timezone.now()
    if not done_or_told(request, lambda: revoke_honour(honour_id=honour.pk, reason=reason, by=request.user, at=now)):
        return redirect("honours:correct", honour.pk)
    messages.success(request, _("The honour has been taken back."))
    return redirect("honours:register")


def _lines(request: SchoolRequest) -> QuerySet[Honour]:
    return lines(_filters(request), classes=classes_reached(request), by_name=_reads_names(request))


def _reads_names(request: SchoolRequest) -> bool:
    return request.user.has_role(Role.LIBRARIAN) or request.scope is Scope.CLASS


def _filters(request: SchoolRequest) -> HonourFilters:
    asked = request.GET
    year = next((row for row in school_years(request.reference) if str(row.start_year) == asked.get("year")), None)
    if asked.get("year") and year is None:
        raise Http404
    class_id = asked.get("class", "")
    return HonourFilters(
        first=year.starts_on if year else None,
        last=year.ends_on if year else None,
        level=typed(asked, "level", 10),
        class_id=int(class_id) if class_id.isascii() and class_id.isdecimal() and len(class_id) < 10 else None,
        text=typed(asked, "q", 64),
    )


def _choices(request: SchoolRequest) -> dict[str, Any]:
    reached = classes_reached(request)
    classes = classes_on(request.reference, timezone.localdate())
    return {
        "years": [(str(row.start_year), str(row)) for row in reversed(school_years(request.reference))],
        "levels": Honour.Level.choices,
        "classes": [(str(row.pk), row.name) for row in classes if reached is None or row.pk in reached],
    }
