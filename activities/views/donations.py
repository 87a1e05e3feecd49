"""Gifts of books: the register, entering them by keys, thanks, and the way to cataloguing."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet, Sum
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from activities.exports.donations import gifts_table, totals_table
from activities.forms.donations import DonationForm, FateForm, GiftBookForm, GiftFilter
from activities.models import DonatedBook, Donation
from activities.operations.donations import (
    add_book,
    decide,
    drop_book,
    drop_donation,
    hand_over,
    save_donation,
    take_all,
    thank,
)  # fmt: skip
from activities.queries.donations import Asked, activities_with_gifts, donations, gift_lines, totals
from activities.queries.people import class_of
from activities.queries.settings import activity_options
from activities.views.people import reader_of_slip
from library_site.forms.problems import show_refusal
from library_site.http import SchoolRequest
from library_site.shared.problems import Refused
from library_site.views.downloads import download
from readers.models import Reader
from readers.queries.classes import classes_on
from readers.queries.people import FoundReader
from readers.views.told import done_or_told, tell_errors

ROWS = 50
MOST_PRINTED = 100


@require_safe
def register(request: SchoolRequest) -> HttpResponse:
    """All gifts, the newest first, narrowed by days and activity."""
    asked = GiftFilter(request.GET).asked()
    page = Paginator(donations(asked), ROWS).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "asked": asked,
        "lines": gift_lines(list(page), request.reference),
        "activities": activities_with_gifts(),
        "sums": donations(asked).order_by().aggregate(all_titles=Sum("titles"), all_copies=Sum("copies")),
    }
    return render(request, "activities/donations/register.html", context)


@require_safe
def export(request: SchoolRequest) -> FileResponse:
    """The register as it is narrowed."""
    rows = donations(GiftFilter(request.GET).asked())
    return download(request, gifts_table(gift_lines(list(rows), request.reference)))


@require_safe
def by_class(request: SchoolRequest) -> HttpResponse:
    """What each class gave, and those from outside who are to be named with thanks; to print."""
    asked = GiftFilter(request.GET).asked()
    outside = donations(asked).filter(reader=None, school_class=None).exclude(donor="")
    context = {"rows": _totals(request, asked), "asked": asked, "outside": outside[:MOST_PRINTED]}
    return render(request, "activities/donations/by_class.html", context)


@require_safe
def export_by_class(request: SchoolRequest) -> FileResponse:
    """Gifts by class as a file."""
    return download(request, totals_table(_totals(request, GiftFilter(request.GET).asked())))


def _totals(request: SchoolRequest, asked: Asked) -> Any:
    return totals(asked, request.reference, asked.last or timezone.localdate())


# --- one gift -------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SchoolRequest) -> HttpResponse:
    """Enters who gave; the page then waits for the books."""
    initial = {"on": timezone.localdate(), "activity": request.GET.get("activity", "")}
    return _form_page(request, None, initial)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SchoolRequest, donation_id: int) -> HttpResponse:
    """Corrects who gave, and when."""
    row = get_object_or_404(Donation.objects.select_related("reader"), pk=donation_id)
    initial = {
        "who": (row.reader.number or row.reader.name) if row.reader else "",
        "reader": row.reader_id,
        "school_class": None if row.reader_id else row.school_class_id,
        "donor": row.donor,
        "on": row.on,
        "activity": row.activity_id,
        "note": row.note,
    }
    return _form_page(request, row, initial)


def _form_page(request: SchoolRequest, row: Donation | None, initial: dict[str, Any]) -> HttpResponse:
    today = timezone.localdate()
    found: list[FoundReader] = []
    classes = [(one.pk, one.name) for one in classes_on(request.reference, today)]
    form = DonationForm(request.POST or None, initial=initial, classes=classes, activities=activities_with_gifts())
    if form.is_bound and form.is_valid():
        reader, found = reader_of_slip(request, form)
        if form.is_valid() and (saved := _save(request, form, row, reader, today)):
            return redirect("donations:donation", saved.pk)
    context = {"form": form, "found": found, "donation": row}
    return render(request, "activities/donations/form.html", context, status=422 if form.errors else 200)


def _save(
    request: SchoolRequest, form: DonationForm, row: Donation | None, reader: Reader | None, today: date
) -> Donation | None:
    data = form.cleaned_data
    own = class_of(reader, request.reference, today) if reader else None
    values = {
        "activity_id": data["activity"],
        "donor": data["donor"],
        "reader_id": reader.pk if reader else None,
        "school_class_id": (own.pk if own else None) if reader else data["school_class"],
        "on": data["on"],
        "note": data["note"],
    }
    try:
        return save_donation(donation_id=row.pk if row else None, values=values)
    except Refused as refusal:
        show_refusal(form, refusal)
        return None


@require_safe
def donation(request: SchoolRequest, donation_id: int) -> HttpResponse:
    """A gift with its books, and a box that takes the next one by ISBN or title."""
    return _gift_page(request, donation_id, GiftBookForm())


@require_POST
def add(request: SchoolRequest, donation_id: int) -> HttpResponse:
    """Notes a book of the gift; the page waits for the next."""
    get_object_or_404(Donation, pk=donation_id)
    form = GiftBookForm(request.POST)
    if form.is_valid():
        try:
            line = add_book(donation_id=donation_id, **form.cleaned_data)
            messages.success(
                request, _("Noted: %(title)s, %(copies)d in all") % {"title": line.name, "copies": line.copies}
            )
            return redirect("donations:donation", donation_id)
        except Refused as refusal:
            show_refusal(form, refusal)
    return _gift_page(request, donation_id, form)


def _gift_page(request: SchoolRequest, donation_id: int, form: GiftBookForm) -> HttpResponse:
    row = get_object_or_404(donations(Asked()), pk=donation_id)
    books = row.books.select_related("title").order_by("-pk")
    context = {
        "donation": row,
        "line": gift_lines([row], request.reference)[0],
        "books": books,
        "fates": DonatedBook.Fate.choices,
        "form": form,
    }
    return render(request, "activities/donations/donation.html", context, status=422 if form.errors else 200)


@require_POST
def fate(request: SchoolRequest, book_id: int) -> HttpResponse:
    """Says what becomes of a book."""
    book = get_object_or_404(DonatedBook, pk=book_id)
    form = FateForm(request.POST)
    if form.is_valid():
        done_or_told(request, lambda: decide(book_id=book.pk, **form.cleaned_data))
    else:
        tell_errors(request, form)
    return redirect("donations:donation", book.donation_id)


@require_POST
def drop(request: SchoolRequest, book_id: int) -> HttpResponse:
    """Takes out a line that was entered by mistake."""
    book = get_object_or_404(DonatedBook, pk=book_id)
    done_or_told(request, lambda: drop_book(book_id=book.pk))
    return redirect("donations:donation", book.donation_id)


@require_POST
def take(request: SchoolRequest, donation_id: int) -> HttpResponse:
    """Takes in every book that waits to be looked at."""
    get_object_or_404(Donation, pk=donation_id)
    done_or_told(request, lambda: take_all(donation_id=donation_id))
    return redirect("donations:donation", donation_id)


@require_POST
def delete(request: SchoolRequest, donation_id: int) -> HttpResponse:
    """Takes out a gift that was entered by mistake."""
    get_object_or_404(Donation, pk=donation_id)
    if done_or_told(request, lambda: drop_donation(donation_id=donation_id)):
        return redirect("donations:register")
    return redirect("donations:donation", donation_id)


# --- several gifts --------------------------------------------------------------------------------------------------


@require_POST
def hand_over_chosen(request: SchoolRequest) -> HttpResponse:
    """Makes a batch of the chosen gifts and leads to the fast lane with it."""
    chosen = list(_chosen(request, request.POST.getlist("donation")))
    if not chosen:
        raise Http404
    made: list[Any] = []
    lines = gift_lines(chosen, request.reference)

    def act() -> None:
        keys = [row.pk for row in chosen]
        made.append(hand_over(donation_ids=keys, supplier=_supplier(lines), on=timezone.localdate(), by=request.user))

    if not done_or_told(request, act):
        return redirect("donations:donation", chosen[0].pk) if len(chosen) == 1 else redirect("donations:register")
    messages.success(request, _("Batch %(name)s was made for these books.") % {"name": made[0].name})
    return redirect(reverse("fast_lane:page", query={"batch": made[0].pk, "source": "donation"}))


def _supplier(lines: Any) -> str:
    """What the ledger says of the giver: never a pupil's name."""
    names = dict.fromkeys(line.donation.donor or line.class_name for line in lines)
    words = [name for name in names if name]
    if len(words) < 4:
        return _(", ").join(words)
    return ngettext("%(count)d giver", "%(count)d givers", len(lines)) % {"count": len(lines)}


@require_safe
def thanks(request: SchoolRequest) -> HttpResponse:
    """Certificates of thanks for the chosen gifts, one a page."""
    rows = list(_chosen(request, request.GET.getlist("donation")).prefetch_related("books"))
    context = {
        "lines": [(line, _thanked_for(line.donation)) for line in gift_lines(rows, request.reference)],
        "signer": activity_options(request.reference).certificate_signer,
        "today": timezone.localdate(),
    }
    return render(request, "activities/donations/thanks.html", context)


def _thanked_for(row: Donation) -> list[DonatedBook]:
    return sorted((book for book in row.books.all() if book.fate != DonatedBook.Fate.REFUSED), key=lambda book: book.pk)


@require_POST
def thanked(request: SchoolRequest) -> HttpResponse:
    """Notes that the thanks were handed out today."""
    rows = [row.pk for row in _chosen(request, request.POST.getlist("donation"))]
    count = thank(donation_ids=rows, on=timezone.localdate())
    told = ngettext("%(count)d gift noted as thanked for.", "%(count)d gifts noted as thanked for.", count)
    messages.success(request, told % {"count": count})
    return redirect("donations:register")


def _chosen(request: SchoolRequest, numbers: list[str]) -> "QuerySet[Donation]":
    keys = [int(number) for number in numbers if number.isdecimal() and len(number) < 10]
    return donations(Asked()).filter(pk__in=keys[:MOST_PRINTED]).order_by("on", "pk")
