"""School years, the names of grades, and the classes of the running year."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from library_site.forms.problems import show_refusal
from library_site.http import SchoolRequest
from library_site.shared.problems import Refused
from readers.forms.school_years import GradesForm, SchoolYearForm
from readers.operations.school_years import name_grades, save_school_year
from readers.queries.classes import grade_names, school_years
from readers.queries.school_years import YearRow, class_counts, class_rows, dates_of, year_rows
from readers.rules.school_years import YearDates, dates_after, entry_grades, missing_next_year

FIELDS = ("begins", "first_starts", "first_ends", "second_starts", "second_ends")


@require_safe
def years(request: SchoolRequest) -> HttpResponse:
    """The school years, whether the next one is missing, and the classes of the running one."""
    today = timezone.localdate()
    entered = school_years(request.reference)
    following = max((year.start_year for year in entered), default=today.year - 1) + 1
    context = {
        "years": year_rows(request.reference, today),
        "missing": missing_next_year(entered, today),
        "following": following,
        "classes": class_rows(request.reference, today),
    }
    return render(request, "readers/years/years.html", context)


@require_http_methods(["GET", "POST"])
def year(request: SchoolRequest, start_year: int) -> HttpResponse:
    """One school year: entered with the dates of the year before it, or changed."""
    rows = {row.year.start_year: row for row in year_rows(request.reference, timezone.localdate())}
    if start_year not in rows and start_year not in {known + step for known in rows for step in (-1, 1)}:
        raise Http404
    form = SchoolYearForm(
        request.POST or None,
        stages=entry_grades(grade_names(request.reference)),
        classes=_offered_classes(start_year, is_new=start_year not in rows),
        initial=dict(zip(FIELDS, _flat(_offered(rows, start_year)), strict=True)),
    )
    if request.method == "POST" and form.is_valid() and _save(request, form, start_year):
        messages.success(request, _("Saved."))
        return redirect("readers:years")
    context = {"form": form, "start_year": start_year, "next_year": start_year + 1, "is_new": start_year not in rows}
    return render(request, "readers/years/year.html", context, status=422 if form.errors else 200)


def _offered_classes(start_year: int, *, is_new: bool) -> dict[str, int]:
    known = class_counts(start_year)
    before = class_counts(start_year - 1) if is_new else {}
    return {**before, **known}


def _offered(rows: dict[int, YearRow], start_year: int) -> YearDates:
    if start_year in rows and (own := dates_of(rows[start_year])):
        return own
    before = rows.get(start_year - 1)
    return dates_after(dates_of(before) if before else None, start_year)


def _flat(dates: YearDates) -> tuple[object, ...]:
    return (dates.begins, *dates.first, *dates.second)


def _save(request: SchoolRequest, form: SchoolYearForm, start_year: int) -> bool:
    begins, *days = (form.cleaned_data[name] for name in FIELDS)
    try:
        save_school_year(
            start_year=start_year,
            dates=YearDates(begins, (days[0], days[1]), (days[2], days[3])),
            new_classes=form.new_classes(),
            by=request.user,
            address=request.META.get("REMOTE_ADDR"),
        )
    except Refused as refused:
        show_refusal(form, refused)
        return False
    return True


@require_http_methods(["GET", "POST"])
def grades(request: SchoolRequest) -> HttpResponse:
    """What the grades are called."""
    form = GradesForm(request.POST or None, grades=grade_names(request.reference))
    if request.method == "POST" and form.is_valid():
        try:
            name_grades(names=form.names(), by=request.user, address=request.META.get("REMOTE_ADDR"))
        except Refused as refused:
            show_refusal(form, refused)
        else:
            messages.success(request, _("Saved."))
            return redirect("readers:years")
    return render(request, "readers/years/grades.html", {"form": form}, status=422 if form.errors else 200)
