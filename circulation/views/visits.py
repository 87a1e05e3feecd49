"""Counting visits at the door: cards by scanning, a class with one key."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from circulation.forms.timetable import rooms
from circulation.forms.visits import ClassVisitForm, PlaceForm, VisitScanForm
from circulation.models import Visit
from circulation.operations.scan import CARD_STATES
from circulation.operations.visits import SAME_PERIOD, Counted, Place, visit_by_card, visit_of_class, void_visit
from circulation.queries import visits as queries
from circulation.queries.identify import identify
from circulation.queries.timetable import due_now, turns_ahead
from circulation.views.duty import may_act, on_duty_id
from library_site.http import SchoolRequest
from library_site.shared.problems import Problem, Refused
from readers.models import Card, Reader, SchoolClass
from readers.queries.classes import class_names_on, classes_on
from readers.queries.people import FoundReader, find_readers

BOOK = Problem("a_book", gettext_lazy("This is a book."), gettext_lazy("Lend and return at the front desk."))


@require_safe
def page(request: SchoolRequest) -> HttpResponse:
    """One box for cards, one form for a class, and what was counted today."""
    now = timezone.localtime()
    day, reference = now.date(), request.reference
    heads = queries.enrolment(day)
    context = {
        "form": PlaceForm(places=rooms(), initial={"place": request.session.get("visit_place", "")}),
        "classes": [(row, heads.get(row.pk, 0)) for row in classes_on(reference, day)],
        "now": due_now(reference, now),
        "periods": turns_ahead(reference, day),
        "counted": queries.today(reference, day),
    }
    return render(request, "circulation/visits/page.html", context)


@require_POST
def scan(request: SchoolRequest) -> JsonResponse:
    """Counts the reader whose card or school number was scanned; a name leads to a choice."""
    form = VisitScanForm(request.POST, places=rooms())
    if not form.is_valid():
        return _bad_input(form)
    if off_duty := _off_duty(request):
        return off_duty
    _remember(request, form)
    data = form.cleaned_data
    if data["reader"]:
        return _count(request, data["reader"], form, data["scan_id"])
    found = identify(data["code"])
    if found.card is not None and found.card.status != Card.Status.VALID:
        problem = Problem("dead_card", CARD_STATES[found.card.status], _("Keep the card."))
        return _answer(request, "refused", _("Card not valid"), problems=[problem])
    reader_id = found.card.reader_id if found.card else found.reader_by_number
    if reader_id is not None:
        return _count(request, reader_id, form, data["scan_id"])
    if found.copy is not None:
        return _answer(request, "notice", _("Not counted"), problems=[BOOK])
    return _by_name(request, form)


def _by_name(request: SchoolRequest, form: VisitScanForm) -> JsonResponse:
    found = find_readers(form.cleaned_data["code"], request.reference, timezone.localdate())
    if len(found) == 1:
        return _count(request, found[0].reader_id, form, form.cleaned_data["scan_id"])
    if found:
        return _answer(request, "notice", _("Who is it?"), offers=found)
    return _answer(request, "refused", _("Unknown number"))


def _count(request: SchoolRequest, reader_id: int, form: VisitScanForm, scan_id: UUID) -> JsonResponse:
    try:
        counted = visit_by_card(
            reader_id=reader_id, place=Place(**form.where()), by=request.user, at=timezone.now(), scan_id=scan_id
        )
    except Reader.DoesNotExist:  # a page left open while the reader was taken off the records
        return _gone()
    except Refused as refusal:
        return _answer(request, "refused", _("Not counted"), problems=refusal.problems)
    if not counted.is_new:
        return _answer(request, "again", _("Counted already"), counted=counted)
    return _answer(request, "counted", _("Counted"), counted=counted)


@require_POST
def of_class(request: SchoolRequest) -> JsonResponse:
    """Counts a class with its head-count."""
    form = ClassVisitForm(request.POST, places=rooms())
    if not form.is_valid():
        return _bad_input(form)
    if off_duty := _off_duty(request):
        return off_duty
    _remember(request, form)
    data = form.cleaned_data
    if not SchoolClass.objects.filter(pk=data["school_class"]).exists():
        return _gone()
    try:
        visit = visit_of_class(
            class_id=data["school_class"], heads=data["heads"], place=Place(**form.where()), by=request.user,
            at=timezone.now(), scan_id=data["scan_id"],
        )  # fmt: skip
    except Refused as refusal:
        return _answer(request, "refused", _("Not counted"), problems=refusal.problems)
    by_card = queries.counted_by_card(visit, SAME_PERIOD)
    return _answer(request, "counted", _("Counted"), counted=Counted(visit, is_new=True), by_card=by_card)


@require_POST
def void(request: SchoolRequest, visit_id: int) -> JsonResponse:
    """Takes one of today's entries back."""
    if off_duty := _off_duty(request):
        return off_duty
    begins, ends = queries.bounds(timezone.localdate(), timezone.localdate())
    visit = get_object_or_404(Visit, pk=visit_id, at__gte=begins, at__lt=ends)
    void_visit(visit_id=visit.pk, at=timezone.now())
    return _answer(request, "notice", _("Taken back"))


def _off_duty(request: SchoolRequest) -> JsonResponse | None:
    """The refusal where helpers act on duty only; they sign in at the desk."""
    answer = may_act(request, on_duty_id(request, timezone.now()))
    return _answer(request, "refused", str(answer.message), problems=answer.problems) if answer else None


def _remember(request: SchoolRequest, form: PlaceForm) -> None:
    """The page begins with the place that was counted last."""
    if request.session.get("visit_place", "") != form.cleaned_data["place"]:
        request.session["visit_place"] = form.cleaned_data["place"]


def _gone() -> JsonResponse:
    return JsonResponse({"error": [_("This is no longer on record.")]}, status=404)


def _bad_input(form: Form) -> JsonResponse:
    messages = [str(message) for errors in form.errors.values() for message in errors]
    return JsonResponse({"error": messages}, status=400)


def _answer(
    request: SchoolRequest, tone: str, headline: str, *, counted: Counted | None = None,
    problems: Sequence[Problem] = (), offers: Sequence[FoundReader] = (), by_card: int = 0,
) -> JsonResponse:  # fmt: skip
    """`tone` for eye and ear, `answer` and `today` as pieces of the page, `visit` the one that was counted now."""
    day = timezone.localdate()
    context: dict[str, Any] = {"headline": headline, "problems": problems, "offers": offers, "by_card": by_card}
    if counted is not None:
        names = class_names_on(request.reference, day)
        context["line"] = queries.visit_line(counted.visit, names)
    today = {"counted": queries.today(request.reference, day)}
    return JsonResponse(
        {
            "tone": tone,
            "visit": counted.visit.pk if counted is not None and counted.is_new else None,
            "answer": render_to_string("circulation/visits/answer.html", context, request=request),
            "today": render_to_string("circulation/visits/today.html", today, request=request),
        }
    )
