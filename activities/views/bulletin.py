"""The bulletin of new books: on screen, on paper, as a sheet, and as the beginning of a booklist."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import FileResponse, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from activities.exports.booklists import bulletin_table
from activities.forms.bulletin import PeriodForm
from activities.operations.list_books import list_of_titles
from activities.queries.bulletin import by_class, new_titles
from activities.rules.booklists import MOST_BOOKS
from catalog.models import Title
from library_site.http import SchoolRequest
from library_site.views.downloads import download
from readers.queries.classes import semester_on
from readers.views.told import address_of

TITLES = 200  # of one part: a browser prints their covers in seconds
DAY = timedelta(days=1)


@require_safe
def bulletin(request: SchoolRequest) -> HttpResponse:
    """New books of a period under their classes, to read and to print."""
    form = period_form(request.GET)
    page = Paginator(_titles(form), TITLES).get_page(request.GET.get("page"))
    titles = list(page.object_list)
    context = {
        "form": form,
        "page": page,
        "classes": by_class(titles, request.reference),
        "period": period_text(form),
        "periods": _periods(request, timezone.localdate()),
        "asked": _asked(form),
    }
    return render(request, "activities/bulletin/bulletin.html", context)


@require_safe
def export(request: SchoolRequest) -> FileResponse:
    """The whole bulletin as a sheet."""
    form = period_form(request.GET)
    return download(request, bulletin_table(_titles(form).iterator(chunk_size=500), name=bulletin_name(form)))


@require_POST
def to_list(request: SchoolRequest) -> HttpResponse:
    """Begins a booklist with the new books, where each gets its reason."""
    form = period_form(request.POST)
    titles = list(_titles(form)[:MOST_BOOKS])
    if not titles:
        messages.info(request, _("No new books came in this time."))
        return redirect("bulletin:bulletin")
    made = list_of_titles(name=bulletin_name(form), titles=titles, by=request.user, address=address_of(request))
    messages.success(request, _("Take off what you do not recommend, and say why the others are worth reading."))
    return redirect("booklists:books", made.pk)


def period_form(asked: QueryDict) -> PeriodForm:
    """The period asked for; without one, the last 30 days."""
    today = timezone.localdate()
    return PeriodForm(asked, usual=(today - 30 * DAY, today))


def bulletin_name(form: PeriodForm) -> str:
    """The bulletin's name with its period."""
    return _("New books %(period)s") % {"period": period_text(form)}


def period_text(form: PeriodForm) -> str:
    """The period in words."""
    since, until = (date_format(day, "SHORT_DATE_FORMAT") for day in form.period)
    return _("%(since)s to %(until)s") % {"since": since, "until": until}


def _titles(form: PeriodForm) -> "QuerySet[Title, Any]":
    return new_titles(*form.period, audience=form.given("audience") or "", more_copies=bool(form.given("more")))


def _asked(form: PeriodForm) -> dict[str, str]:
    """What the page shows, as the parameters of an address."""
    since, until = form.period
    asked = {"since": since.isoformat(), "until": until.isoformat(), "audience": form.given("audience") or ""}
    return {**asked, "more": "on"} if form.given("more") else asked


def _periods(request: SchoolRequest, today: date) -> list[tuple[str, date, date]]:
    """Periods to choose with one key."""
    month = today.replace(day=1)
    before = (month - DAY).replace(day=1)
    periods = [(_("this month"), month, today), (_("last month"), before, month - DAY)]
    if semester := semester_on(request.reference, today):
        periods.append((_("this semester"), semester.starts_on, min(today, semester.ends_on)))
    return periods
