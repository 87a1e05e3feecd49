"""Book drift: where the books are, setting adrift, passing on by number, cards to print, words to release."""

from collections.abc import Collection
from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from activities.exports.drift import drift_table
from activities.forms.drift import AdriftForm, DriftFilter, PassForm
from activities.models import Activity, DriftBook, DriftStop
from activities.operations.drift import (
    NO_BOOK,
    UNKNOWN,
    end_drift,
    pass_on,
    set_adrift,
    show_remark,
    take_back_stop,
)  # fmt: skip
from activities.queries.drift import book_lines, drift_books, drifts, waiting_remarks
from activities.queries.people import class_of
from activities.rules.qr import qr_picture
from activities.views.people import reader_of_slip
from activities.views.rights import require_edit
from circulation.queries.identify import identify
from library_site.forms.problems import show_refusal
from library_site.http import SchoolRequest
from library_site.models import Role
from library_site.shared.codes import normalise_code
from library_site.shared.problems import Refused
from library_site.views.downloads import download
from readers.models import Reader
from readers.queries.classes import class_names_then, classes_on
from readers.queries.people import FoundReader
from readers.queries.scope import classes_of
from readers.views.scope import classes_reached, require_class
from readers.views.told import done_or_told

ROWS = 60
MOST_CARDS = 200
ENTERED = 10


@require_safe
def overview(request: SchoolRequest) -> HttpResponse:
    """Where the books are now; people are named to the librarian and to their class teacher."""
    asked = DriftFilter(request.GET).asked()
    page = Paginator(drift_books(*asked), ROWS).get_page(request.GET.get("page"))
    today = timezone.localdate()
    context = {
        "page": page,
        "asked": asked,
        "drifts": drifts(),
        "states": DriftBook.State.choices,
        "lines": book_lines(list(page), request.reference, today, named=named_classes(request)),
        "waiting": waiting_remarks().count() if request.user.has_role(Role.LIBRARIAN) else 0,
    }
    return render(request, "activities/drift/overview.html", context)


def named_classes(request: SchoolRequest) -> Collection[int] | None:
    """The classes whose pupils are named to this person: all to the librarian, a teacher's own, to others none."""
    if not request.user.is_authenticated:
        return frozenset()
    if request.user.has_role(Role.LIBRARIAN):
        return None
    return classes_of(request.user, timezone.localdate()) if request.user.has_role(Role.TEACHER) else frozenset()


@require_safe
def export(request: SchoolRequest) -> FileResponse:
    """The list as it is narrowed, with who has each book."""
    rows = list(drift_books(*DriftFilter(request.GET).asked()))
    return download(request, drift_table(book_lines(rows, request.reference, timezone.localdate(), named=None)))


# --- set adrift -----------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SchoolRequest, activity_id: int) -> HttpResponse:
    """Sets one book after the other adrift."""
    activity = require_edit(request, activity_id)
    form = AdriftForm(request.POST or None, initial={"on": timezone.localdate()})
    found: list[FoundReader] = []
    if form.is_bound and form.is_valid():
        reader, found = reader_of_slip(request, form)
        if form.is_valid() and (book := _adrift(form, activity, reader)):
            messages.success(request, _("%(number)s: %(title)s") % {"number": book.number, "title": book.name})
            return redirect("drift:new", activity.pk)
    books = drift_books(activity.pk).order_by("-pk")[:ENTERED]
    context = {"form": form, "found": found, "activity": activity, "books": books}
    return render(request, "activities/drift/new.html", context, status=422 if form.errors else 200)


def _adrift(form: AdriftForm, activity: Activity, reader: Reader | None) -> DriftBook | None:
    """The book that was set adrift. Digits alone are a barcode: a book is not called so."""
    data = form.cleaned_data
    words = data["words"].strip()
    copy = identify(words).copy
    try:
        if copy is None and normalise_code(words).isdecimal():
            raise Refused([NO_BOOK])
        return set_adrift(
            activity_id=activity.pk, copy_id=copy.copy_id if copy else None, name="" if copy else words, on=data["on"],
            brought_by=reader.pk if reader else None, wish=data["wish"],
        )  # fmt: skip
    except Refused as refusal:
        show_refusal(form, refusal)
        return None


@require_safe
def cards(request: SchoolRequest, activity_id: int) -> HttpResponse:
    """Drift cards to stick into the books: number, code for phones, and lines to write on."""
    activity = require_edit(request, activity_id)
    books = drift_books(activity.pk, DriftBook.State.DRIFTING)[:MOST_CARDS]
    address = request.build_absolute_uri("/").rstrip("/")
    shown = [(book, qr_picture(f"{address}{reverse('drift:journey', args=[book.pk])}")) for book in books]
    return render(request, "activities/drift/cards.html", {"activity": activity, "cards": shown, "lines": range(9)})


# --- on the way -----------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def passing(request: SchoolRequest) -> HttpResponse:
    """Passes books on by the numbers of their cards, one after the other."""
    today, offered = timezone.localdate(), drifts()
    classes = [(one.pk, one.name) for one in classes_on(request.reference, today) if _within(request, one.pk)]
    initial = {"on": today, "drift": request.GET.get("drift", ""), "number": request.GET.get("number", "")}
    form = PassForm(request.POST or None, drifts=offered, classes=classes, initial=initial)
    found: list[FoundReader] = []
    if form.is_bound and form.is_valid():
        reader, found = reader_of_slip(request, form)
        if form.is_valid() and (book := _pass(request, form, reader, today)):
            messages.success(request, _("%(number)s: %(title)s") % {"number": book.number, "title": book.name})
            return redirect(reverse("drift:pass", query={"drift": book.activity_id}))
    context = {"form": form, "found": found, "drifts": offered}
    return render(request, "activities/drift/pass.html", context, status=422 if form.errors else 200)


def _within(request: SchoolRequest, class_id: int) -> bool:
    reached = classes_reached(request)
    return reached is None or class_id in reached


def _pass(request: SchoolRequest, form: PassForm, reader: Reader | None, today: date) -> DriftBook | None:
    data = form.cleaned_data
    book = book_of_number(data["drift"], data["number"])
    own = class_of(reader, request.reference, today) if reader else None
    try:
        if book is None:
            raise Refused([UNKNOWN])
        pass_on(
            book_id=book.pk, reader_id=reader.pk if reader else None, on=data["on"], remark=data["remark"],
            school_class_id=(own.pk if own else None) if reader else data["school_class"],
        )  # fmt: skip
        return book
    except Refused as refusal:
        show_refusal(form, refusal)
        return None


def book_of_number(drift: int, number: str) -> DriftBook | None:
    """The book of a drift by its number; noughts in front may be left out."""
    text = normalise_code(number)
    spellings = {text, text.zfill(3), text.lstrip("0").zfill(3)}
    return DriftBook.objects.filter(activity=drift, number__in=spellings).first()


@require_POST
def end(request: SchoolRequest, book_id: int) -> HttpResponse:
    """The book came home, or is lost."""
    book = _edited(request, book_id)
    state = DriftBook.State.LOST if request.POST.get("state") == DriftBook.State.LOST else DriftBook.State.HOME
    end_drift(book_id=book.pk, state=state, on=timezone.localdate())
    return redirect("drift:journey", book.pk)


@require_POST
def take_back(request: SchoolRequest, book_id: int) -> HttpResponse:
    """Undoes the last step of a journey."""
    book = _edited(request, book_id)
    done_or_told(request, lambda: take_back_stop(book_id=book.pk))
    return redirect("drift:journey", book.pk)


def _edited(request: SchoolRequest, book_id: int) -> DriftBook:
    book = get_object_or_404(DriftBook, pk=book_id)
    require_edit(request, book.activity_id)
    return book


# --- words ----------------------------------------------------------------------------------------------------------


@require_safe
def remarks(request: SchoolRequest) -> HttpResponse:
    """Words that wait to be read before others see them; a teacher those of the own class."""
    reached = classes_reached(request)
    rows = waiting_remarks() if reached is None else waiting_remarks().filter(school_class__in=reached)
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    lines = [
        (stop, class_names_then(request.reference, stop.since).get(stop.school_class_id or 0, "")) for stop in page
    ]
    return render(request, "activities/drift/remarks.html", {"page": page, "lines": lines})


@require_POST
def release(request: SchoolRequest, stop_id: int) -> HttpResponse:
    """Lets others read words, or no longer."""
    stop = get_object_or_404(DriftStop, pk=stop_id)
    if classes_reached(request) is not None:
        require_class(request, stop.school_class_id or 0)
    show_remark(stop_id=stop.pk, shown=request.POST.get("shown") == "1")
    if request.POST.get("from") == "journey":
        return redirect("drift:journey", stop.book_id)
    return redirect("drift:remarks")
