"""The message board: what is shown to all, one's own messages, slips from the box, and the librarian's list."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from activities.forms.board import MessageForm, MessageSlipForm, ReplyForm
from activities.models import Message
from activities.operations.board import answer_message, take_back, write_message
from activities.queries.board import message_counts, messages_in, own_messages, shown_messages
from activities.queries.people import classes_of_readers
from activities.views.people import own_reader, reader_of_slip
from library_site.access import may_open
from library_site.forms.problems import show_refusal
from library_site.http import SchoolRequest
from library_site.shared.problems import Refused
from readers.models import Reader
from readers.queries.classes import class_names_on, classes_on
from readers.views.scope import classes_reached

PER_PAGE = 20
OWN = 10  # of one's own messages, above the board


@require_safe
def board(request: SchoolRequest) -> HttpResponse:
    """What is shown to all, and above it what one wrote oneself."""
    return _board(request, MessageForm())


def _board(request: SchoolRequest, form: MessageForm) -> HttpResponse:
    writes = may_open("board:write", frozenset(request.user.roles), public_search=False, debug=False)
    reader = Reader.objects.filter(account=request.user).first() if writes else None
    context: dict[str, Any] = {
        "page": Paginator(shown_messages(), PER_PAGE).get_page(request.GET.get("page")),
        "form": form if reader else None,
        "mine": list(own_messages(reader.pk)[:OWN]) if reader else [],
    }
    return render(request, "activities/board/board.html", context, status=422 if form.errors else 200)


@require_POST
def write(request: SchoolRequest) -> HttpResponse:
    """Leaves a message for the library."""
    reader, form = own_reader(request), MessageForm(request.POST)
    if form.is_valid() and _written(request, form, reader):
        messages.success(request, _("Thank you. The library reads it first and answers here."))
        return redirect("board:board")
    return _board(request, form)


def _written(request: SchoolRequest, form: Any, reader: Reader | None) -> bool:
    data = form.cleaned_data
    try:
        write_message(
            text=data["text"],
            reader_id=reader.pk if reader else None,
            category=data.get("category") or Reader.Category.STUDENT,
            school_class_id=data.get("school_class"),
            by=request.user,
            at=timezone.now(),
        )
    except Refused as refusal:
        show_refusal(form, refusal)
        return False
    return True


@require_POST
def take_back_one(request: SchoolRequest, message_id: int) -> HttpResponse:
    """Takes back a message of one's own that nobody has answered."""
    reader = own_reader(request)
    get_object_or_404(Message, pk=message_id, reader=reader)
    if take_back(message_id=message_id, reader_id=reader.pk):
        messages.success(request, _("Your message was taken back."))
    else:
        messages.error(request, _("The library has answered it already."))
    return redirect("board:board")


@require_http_methods(["GET", "HEAD", "POST"])
def slips(request: SchoolRequest) -> HttpResponse:
    """Enters slips from the box: the librarian anybody's, a class teacher those of the own class."""
    reached = classes_reached(request)
    classes = classes_on(request.reference, timezone.localdate())
    form = MessageSlipForm(
        request.POST or None, classes=[row for row in classes if reached is None or row.pk in reached]
    )
    found: list[Any] = []
    if form.is_bound and form.is_valid():
        reader, found = reader_of_slip(request, form)
        if form.is_valid() and _written(request, form, reader):
            messages.success(request, _("Entered."))
            return redirect("board:slips")
    context = {"form": form, "found": found}
    return render(request, "activities/board/slips.html", context, status=422 if form.errors else 200)


@require_safe
def overview(request: SchoolRequest) -> HttpResponse:
    """Messages by what became of them; those that wait come first."""
    wanted = request.GET.get("state", "")
    state = wanted if wanted in Message.State.values else Message.State.WAITING
    page = Paginator(messages_in(state), PER_PAGE).get_page(request.GET.get("page"))
    counts = message_counts()
    context = {
        "page": page,
        "lines": _lines(request, list(page)),
        "state": state,
        "tabs": [(value, label, counts.get(value, 0)) for value, label in Message.State.choices],
    }
    return render(request, "activities/board/list.html", context)


def _lines(request: SchoolRequest, rows: list[Message]) -> list[tuple[Message, str]]:
    """Each with the class of its writer now; of a slip without a name, the class that it came from."""
    today = timezone.localdate()
    names = class_names_on(request.reference, today)
    classes = classes_of_readers((row.reader_id for row in rows), request.reference, today)
    return [(row, classes.get(row.reader_id or 0) or names.get(row.school_class_id or 0, "")) for row in rows]


@require_POST
def answer(request: SchoolRequest, message_id: int) -> HttpResponse:
    """Shows a message, answers its writer alone, or hides it."""
    row, form = get_object_or_404(Message, pk=message_id), ReplyForm(request.POST)
    back = f"{reverse('board:list')}?state={row.state}"
    if not form.is_valid():
        messages.error(request, _("Nothing was saved. Write at most 2,000 characters."))
        return redirect(back)
    try:
        answer_message(message_id=row.pk, by=request.user, at=timezone.now(), **form.cleaned_data)
    except Refused as refusal:
        messages.error(request, " ".join(str(problem.message) for problem in refusal.problems))
        return redirect(back)
    messages.success(request, _("Saved."))
    return redirect(back)
