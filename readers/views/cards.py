"""Cards of classes: coverage, issuing, printing; and the card of one reader: lost, found again, replaced."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from circulation.operations.cards import give_card_for_fee
from circulation.queries.settings import options
from library_site.forms.problems import show_refusal
from library_site.http import SchoolRequest
from library_site.shared.bars import Bars, code128
from library_site.shared.problems import Refused
from library_site.views.downloads import download
from readers.exports import cards_table
from readers.forms.cards import PER_SHEET, SHEETS_AT_ONCE, GradesForm, IssueForm, NewCardForm, PrintForm
from readers.models import Card, Reader
from readers.operations.cards import card_found, issue_cards, report_lost
from readers.queries.cards import Coverage, card_coverage, cards_to_print, grades_on, students_in_no_class
from readers.queries.classes import class_names_on, classes_on


@dataclass(frozen=True)
class Printed:
    """One place on the sheet; without a card it is left blank."""

    card: Card | None = None
    class_name: str = ""
    bars: Bars | None = None


@require_safe
def cards(request: SchoolRequest) -> HttpResponse:
    """How many pupils of a range of grades have a card, and which classes still need some."""
    today = timezone.localdate()
    form, coverage = _coverage(request, today)
    context = {"form": form, "coverage": coverage, "in_no_class": students_in_no_class(), "today": today}
    return render(request, "readers/cards.html", context)


@require_safe
def export_cards(request: SchoolRequest) -> FileResponse:
    """The classes of the page with their cards."""
    return download(request, cards_table(_coverage(request, timezone.localdate())[1].classes))


def _coverage(request: SchoolRequest, today: date) -> tuple[GradesForm, Coverage]:
    form = GradesForm(request.GET, grades=grades_on(request.reference, today))
    return form, card_coverage(request.reference, today, grades=form.grades)


@require_POST
def issue(request: SchoolRequest) -> HttpResponse:
    """Issues cards to whoever has none in the classes sent, then shows the new ones to be printed."""
    today = timezone.localdate()
    form = IssueForm(request.POST, classes=classes_on(request.reference, today))
    if not form.is_valid():
        messages.warning(request, _("Choose at least one class."))
        return redirect("readers:cards")
    chosen = form.cleaned_data["classes"]
    issued = issue_cards(class_ids=chosen, by=request.user, on=today, address=request.META.get("REMOTE_ADDR"))
    if not issued:
        messages.info(request, _("Every pupil of these classes has a card already."))
        return redirect("readers:cards")
    text = ngettext("%(count)d card was issued.", "%(count)d cards were issued.", len(issued))
    messages.success(request, text % {"count": len(issued)})
    first = min(card.pk for card in issued)
    return redirect(reverse("readers:print_cards", query={"first": first}))


@require_safe
def print_cards(request: SchoolRequest) -> HttpResponse:
    """Cards on A4, ten to a sheet, from a chosen place on the first; long lists in parts."""
    today = timezone.localdate()
    form = PrintForm(request.GET or None, classes=classes_on(request.reference, today))
    asked = form.cleaned_data if form.is_bound and form.is_valid() else None
    found = Card.objects.none()
    if asked is not None:
        found = cards_to_print(
            request.reference,
            today,
            class_id=asked["school_class"],
            reader_id=asked["reader"],
            since=asked["since"],
            first_id=asked["first"],
        )
    page = Paginator(found, PER_SHEET * SHEETS_AT_ONCE).get_page(request.GET.get("page"))
    names = class_names_on(request.reference, today)
    places = [Printed(card, names.get(card.class_id, ""), code128(card.barcode)) for card in page.object_list]
    blank = (asked["start"] or 1) - 1 if asked and page.number == 1 else 0
    sheets = _sheets([Printed()] * blank + places) if places else []
    return render(request, "readers/print_cards.html", {"form": form, "page": page, "sheets": sheets})


def _sheets(places: list[Printed]) -> list[list[Printed]]:
    return [places[start : start + PER_SHEET] for start in range(0, len(places), PER_SHEET)]


@require_POST
def lost(request: SchoolRequest, reader_id: int) -> HttpResponse:
    """The reader's card is lost."""
    reader = get_object_or_404(Reader, pk=reader_id)
    try:
        card = report_lost(
            reader_id=reader.pk, by=request.user, on=timezone.localdate(), address=request.META.get("REMOTE_ADDR")
        )
    except Refused as refusal:
        messages.error(request, " ".join(str(problem.message) for problem in refusal.problems))
    else:
        text = _("Card %(number)s is reported lost; the desk refuses it from now on.")
        messages.success(request, text % {"number": card.barcode})
    return redirect("readers:reader", reader.pk)


@require_POST
def found(request: SchoolRequest, reader_id: int) -> HttpResponse:
    """The card that was lost has turned up before a new one was issued."""
    reader = get_object_or_404(Reader, pk=reader_id)
    try:
        card = card_found(reader_id=reader.pk, by=request.user, address=request.META.get("REMOTE_ADDR"))
    except Refused as refusal:
        messages.error(request, " ".join(str(problem.message) for problem in refusal.problems))
    else:
        messages.success(request, _("Card %(number)s is valid again.") % {"number": card.barcode})
    return redirect("readers:reader", reader.pk)


def new_card(request: SchoolRequest, reader_id: int) -> HttpResponse:
    """Issues or replaces the card of one reader, then shows it to be printed."""
    reader = get_object_or_404(Reader, pk=reader_id)
    valid = Card.objects.filter(reader=reader, status=Card.Status.VALID).first()
    form = NewCardForm(
        request.POST if request.method == "POST" else None,
        has_valid=valid is not None,
        initial={"fee": _usual_fee(request, reader), "shown": valid.pk if valid else None},
    )
    if form.is_valid() and (card := _give(request, reader, form)):
        messages.success(request, _("Card %(number)s was issued.") % {"number": card.barcode})
        return redirect("readers:reader", reader.pk)
    return render(
        request,
        "readers/new_card.html",
        {"form": form, "reader": reader, "valid": valid},
        status=422 if form.errors else 200,
    )


def _usual_fee(request: SchoolRequest, reader: Reader) -> Decimal | None:
    """The school's fee for a card in place of another; the first one is free."""
    return (options(request.reference).card_fee or None) if Card.objects.filter(reader=reader).exists() else None


def _give(request: SchoolRequest, reader: Reader, form: NewCardForm) -> Card | None:
    asked = form.cleaned_data
    try:
        return give_card_for_fee(
            reader_id=reader.pk,
            by=request.user,
            at=timezone.now(),
            on=timezone.localdate(),
            ends=asked.get("ends", ""),
            barcode=asked["barcode"],
            fee=asked["fee"],
            shown=asked["shown"],
            address=request.META.get("REMOTE_ADDR"),
        )
    except Refused as refusal:
        show_refusal(form, refusal)
        return None
