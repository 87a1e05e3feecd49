"""Periods held in the reading rooms: the register, and entering one afterwards."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from circulation.exports.visits import periods_table
from circulation.forms.timetable import rooms
from circulation.forms.visits import PeriodVisitForm
from circulation.models import Visit
from circulation.operations.visits import Lesson, Place, take_back_period, visit_of_class
from circulation.queries.settings import options
from circulation.queries.timetable import due_now
from circulation.queries.visits import enrolment, period_lines, teaching_periods, weeks_so_far
from library_site.access import Scope
from library_site.http import SchoolRequest
from library_site.models import Role
from library_site.shared.problems import Refused
from library_site.views.downloads import download
from readers.models import Reader, Semester
from readers.queries.classes import classes_on
from readers.views.semester import chosen_semester, page_of

ROWS = 50


@require_safe
def periods(request: SchoolRequest) -> HttpResponse:
    """Teachers' periods of a semester, the newest first; a teacher sees the own ones."""
    semester = chosen_semester(request, timezone.localdate())
    context = page_of(request, semester) | {"may_enter": _may_enter(request), "all_teachers": _own(request) is None}
    if semester is not None:
        page = Paginator(_rows(request, semester), ROWS).get_page(request.GET.get("page"))
        context |= {"page": page, "lines": period_lines(list(page), request.reference)}
        context["weeks"] = weeks_so_far(semester, request.reference, min(semester.ends_on, timezone.localdate()))
        context["goal"] = options(request.reference).periods_per_week
    return render(request, "circulation/visits/periods.html", context)


@require_safe
def export_periods(request: SchoolRequest) -> FileResponse:
    """The register of a semester as a file."""
    semester = chosen_semester(request, timezone.localdate())
    rows = list(_rows(request, semester)) if semester else []
    return download(request, periods_table(period_lines(rows, request.reference)))


@require_http_methods(["GET", "HEAD", "POST"])
def new_period(request: SchoolRequest) -> HttpResponse:
    """Enters a period: a teacher the own one, the librarian anybody's, or a class that came by itself."""
    own = _own(request)
    if own is not None and own.pk is None:
        messages.info(request, _("Your account is not tied to a reader yet. Ask the librarian."))
        return redirect("home")
    form = _form(request, own, data=request.POST or None, initial=_initial(request))
    if form.is_bound and form.is_valid() and _entered(request, form, own):
        messages.success(request, _("Saved."))
        return redirect("visits:periods")
    context = {"form": form, "own": own}
    return render(request, "circulation/visits/new_period.html", context, status=422 if form.is_bound else 200)


def _entered(request: SchoolRequest, form: PeriodVisitForm, own: Reader | None) -> bool:
    data = form.cleaned_data
    teacher_id = own.pk if own else data["teacher"]
    heads = data["heads"] or enrolment(data["day"]).get(data["school_class"], 0)
    if not heads:
        form.add_error("heads", _("How many people came?"))
        return False
    lesson = Lesson(teacher_id, subject=data["subject"], what=data["what"]) if teacher_id else None
    try:
        visit_of_class(
            class_id=data["school_class"], heads=heads, place=Place(**form.where()), by=request.user, at=data["at"],
            lesson=lesson,
        )  # fmt: skip
    except Refused as refusal:
        for problem in refusal.problems:
            form.add_error(None, f"{problem.message} {problem.way_out}")
        return False
    return True


@require_POST
def remove(request: SchoolRequest, visit_id: int) -> HttpResponse:
    """Takes a period back: a teacher the own ones only."""
    own = _own(request)
    rows = Visit.objects.filter(kind=Visit.Kind.PERIOD)
    if own is not None:
        rows = rows.filter(teacher=own.pk)
    visit = get_object_or_404(rows, pk=visit_id)
    take_back_period(visit_id=visit.pk, at=timezone.now())
    messages.success(request, _("Taken back"))
    return redirect("visits:periods")


def _own(request: SchoolRequest) -> Reader | None:
    """The teacher whose periods this person may see; None for whoever may see all; an unsaved one for nobody."""
    if request.scope is Scope.SCHOOL:
        return None
    return Reader.objects.filter(account=request.user).first() or Reader()


def _rows(request: SchoolRequest, semester: Semester) -> QuerySet[Visit]:
    own = _own(request)
    rows = teaching_periods(semester.starts_on, semester.ends_on)
    return rows if own is None else rows.filter(teacher=own.pk, teacher__isnull=False)


def _may_enter(request: SchoolRequest) -> bool:
    return request.user.has_role(Role.LIBRARIAN, Role.TEACHER)


def _form(request: SchoolRequest, own: Reader | None, **kwargs: Any) -> PeriodVisitForm:
    teachers = None
    if own is None:
        active = Reader.objects.filter(category=Reader.Category.TEACHER, status=Reader.Status.ACTIVE)
        teachers = list(active.order_by("pinyin", "name"))
    classes = classes_on(request.reference, timezone.localdate())
    return PeriodVisitForm(classes=classes, teachers=teachers, places=rooms(), **kwargs)


def _initial(request: SchoolRequest) -> dict[str, Any]:
    """The class of the moment at its time, unless the address says which."""
    now = timezone.localtime()
    asked = {name: request.GET[name] for name in ("day", "starts", "school_class", "place") if name in request.GET}
    due = due_now(request.reference, now)
    if due is None or asked:
        return {"day": now.date(), "starts": f"{now:%H:%M}", **asked}
    row = due.period
    return {"day": due.day, "starts": row.starts, "school_class": row.school_class_id, "place": row.room_id or ""}
