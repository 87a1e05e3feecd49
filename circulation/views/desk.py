"""The front desk: one page, one box; and the acts that its keys and scans post."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import wraps
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from circulation.forms.desk import DeskForm, EventForm, LendForm, LoanForm, ReaderForm, ScanForm, UndoForm
from circulation.models import Loan
from circulation.operations.corner_scan import take_keeper_scan
from circulation.operations.desk import Scan
from circulation.operations.renewal import renew, renew_all, renew_instead
from circulation.operations.scan import Answer, Desk, Tone, lend, retry_of, take_scan, turn_of
from circulation.operations.undo import UNDO_WITHIN, undo_event, undo_last
from circulation.queries.feed import done_by, feed
from circulation.queries.panel import reader_panel
from circulation.queries.subjects import classes_concerned, readers_concerned
from circulation.queries.timetable import turns_ahead
from circulation.rules.modes import Mode
from circulation.rules.standing import is_of_reader
from circulation.views.answer import answer_json, told_in_full
from circulation.views.duty import may_act, on_duty, on_duty_id
from circulation.views.modes import NONE, mode_context, mode_of
from library_site.http import SchoolRequest
from library_site.shared.problems import Problem, Refused
from readers.queries.classes import classes_on
from readers.queries.scope import all_in_classes
from readers.views.scope import classes_reached

Act = Callable[[Any, Desk, Scan], Answer]
Respond = Callable[[SchoolRequest, Answer, dict[str, Any]], JsonResponse]


@require_GET
def desk(request: SchoolRequest) -> HttpResponse:
    """The desk; `?reader=` opens a reader, so that every link to a reader can lead here."""
    today = timezone.localdate()
    reader_id = request.GET.get("reader", "")
    panel = (
        reader_panel(int(reader_id), request.reference, today, in_full=told_in_full(request))
        if reader_id.isdecimal()
        else None
    )
    return render(
        request,
        "circulation/desk.html",
        {
            "panel": panel,
            "feed": feed(desk_name(request), timezone.now() - UNDO_WITHIN),
            "classes": classes_on(request.reference, today),
            "periods": turns_ahead(request.reference, today),
            "duty": on_duty(request),
            **mode_context(request),
        },
    )


def desk_name(request: SchoolRequest) -> str:
    """The desk's mark: one per login, kept in the session."""
    if "desk" not in request.session:
        request.session["desk"] = secrets.token_hex(8)
    return request.session["desk"]


def _as_desk(request: SchoolRequest, answer: Answer, data: dict[str, Any]) -> JsonResponse:
    return answer_json(request, answer, board=data["board"])


def desk_act(
    form_class: type[DeskForm], *, respond: Respond = _as_desk
) -> Callable[[Act], Callable[[SchoolRequest], HttpResponse]]:
    """Makes a view of an act: POST only, the form checked, the answer as the desk's JSON.

    `respond` makes the answer of another page that scans as the desk does, with pieces of its own.
    """

    def decorate(act: Act) -> Callable[[SchoolRequest], HttpResponse]:
        @require_POST
        @wraps(act)
        def view(request: SchoolRequest) -> HttpResponse:
            form = form_class(request.POST)
            if not form.is_valid():
                return _bad_input(form)
            data = form.cleaned_data
            mode = mode_of(request) if data["mode"] else None
            if data["mode"] not in ("", mode.mark if mode else NONE):
                return _mode_has_changed(request, data)
            here = _desk(request, form, mode)
            scan = Scan(
                id=data["scan_id"],
                desk=desk_name(request),
                code=data.get("code", ""),
                scanned_at=data["at"],
                on_duty=on_duty_id(request, timezone.now()),
                mode=mode.details if mode else {},
            )
            try:
                _require_within(here, data)
                answer = may_act(request, scan.on_duty) or _only_returns(here, form) or act(data, here, scan)
            except ObjectDoesNotExist:  # a page left open while its book, loan or reader was taken off the records
                return JsonResponse({"error": [_("This is no longer on record.")]}, status=404)
            return respond(request, answer, data)

        return view

    return decorate


def _desk(request: SchoolRequest, form: DeskForm, mode: Mode | None) -> Desk:
    """A sheet's own date goes before the mode's."""
    dated = mode.at if mode and mode.at and not form.cleaned_data["on"] else None
    return Desk(
        by=request.user,
        at=dated or form.moment(),
        reference=request.reference,
        reader_id=None if mode and mode.returns_only else form.cleaned_data["reader"],
        classes=classes_reached(request),
        mode=mode,
        back_dated=dated is not None or form.is_back_dated(),
    )


def _mode_has_changed(request: SchoolRequest, data: dict[str, Any]) -> JsonResponse:
    """The page shows another mode than its desk is in (begun on another page, or over): nothing was done.

    Nobody stays open: whom the page names has not been checked yet.
    """
    problem = Problem("mode_changed", _("Nothing was recorded."), _("Look at the mode of the desk, and scan again."))
    answer = Answer(Tone.REFUSED, _("The mode of the desk has changed"), problems=[problem])
    return answer_json(request, answer, board=data["board"], mode=mode_context(request))


def _only_returns(desk: Desk, form: DeskForm) -> Answer | None:
    if desk.mode is None or not desk.mode.returns_only or isinstance(form, (ScanForm, UndoForm)):
        return None
    problem = Problem("book_drop", _("The book drop is being emptied."), _("End the mode to lend or renew."))
    return Answer(Tone.REFUSED, _("Returns only"), problems=[problem])


def _require_within(desk: Desk, data: dict[str, Any]) -> None:
    """Whatever a class keeper's page names must be of the own class; anything else is as if it were not on record."""
    if desk.classes is None:
        return
    loan_id, event_id = data.get("loan"), data.get("event")
    readers = readers_concerned(reader_id=data["reader"], loan_id=loan_id, event_id=event_id)
    if not all_in_classes(readers, desk.classes, timezone.localdate()):
        raise ObjectDoesNotExist
    if not classes_concerned(loan_id=loan_id, event_id=event_id) <= desk.classes:
        raise ObjectDoesNotExist


def _bad_input(form: DeskForm) -> JsonResponse:
    messages = [str(message) for errors in form.errors.values() for message in errors]
    return JsonResponse({"error": messages}, status=400)


@desk_act(ScanForm)
def scan(data: Any, desk: Desk, scan: Scan) -> Answer:
    take = take_scan if desk.classes is None else take_keeper_scan
    return take(code=data["code"], desk=desk, scan=scan, choice=data["choice"])


@desk_act(LendForm)
def lend_copy(data: Any, desk: Desk, scan: Scan) -> Answer:
    if desk.reader_id is None:
        return Answer(Tone.REFUSED, _("Nobody is open: scan a card first."))
    return lend(copy_id=data["copy"], desk=desk, scan=scan, overrides=data["overrides"], reason=data["reason"])


@desk_act(ReaderForm)
def open_reader(data: Any, desk: Desk, scan: Scan) -> Answer:
    return Answer(Tone.OPENED, "", reader_id=desk.reader_id)


@desk_act(LoanForm)
def renew_loan(data: Any, desk: Desk, scan: Scan) -> Answer:
    def act() -> Any:
        return renew(
            loan_id=data["loan"],
            by=desk.by,
            at=desk.at,
            reference=desk.reference,
            overrides=data["overrides"],
            reason=data["reason"],
            scan=scan,
            amnesty=desk.amnesty,
        )

    return _renewed(desk, act, scan, loan=data["loan"])


@desk_act(EventForm)
def renew_returned(data: Any, desk: Desk, scan: Scan) -> Answer:
    def act() -> Any:
        return renew_instead(event_id=data["event"], by=desk.by, at=desk.at, reference=desk.reference, scan=scan)

    return _renewed(desk, act, scan)


def _renewed(desk: Desk, act: Callable[[], Any], scan: Scan, *, loan: int | None = None) -> Answer:
    try:
        event = act()
    except Refused as refusal:
        fields, label = {"loan": str(loan)}, _("Renew all the same, because")
        retry = retry_of("circulation:renew", fields, refusal.problems, label, _("Renew")) if loan else None
        return Answer(Tone.REFUSED, _("Not renewed"), desk.reader_id, problems=refusal.problems, retry=retry)
    return Answer(Tone.LENT, _("Renewed"), desk.reader_id, event=event, events=done_by(scan.id))


@desk_act(ReaderForm)
def renew_every(data: Any, desk: Desk, scan: Scan) -> Answer:
    assert desk.reader_id is not None
    events, refused = renew_all(reader_id=desk.reader_id, by=desk.by, at=desk.at, reference=desk.reference, scan=scan)
    message = ngettext("%(count)d renewed", "%(count)d renewed", len(events)) % {"count": len(events)}
    return Answer(
        Tone.LENT if events else Tone.REFUSED,
        message if events else _("Not renewed"),
        desk.reader_id,
        event=events[-1] if events else None,
        events=done_by(scan.id),
        problems=_all_of(refused),
    )


def _all_of(refused: Sequence[tuple[Loan, Sequence[Problem]]]) -> list[Problem]:
    """What is about the reader once, what is about a book with its title."""
    of_reader = {problem.code: problem for _loan, problems in refused for problem in problems if is_of_reader(problem)}
    of_books = [_of_title(loan, one) for loan, problems in refused for one in problems if not is_of_reader(one)]
    return [*of_reader.values(), *of_books]


def _of_title(loan: Loan, problem: Problem) -> Problem:
    """Says of which book a problem is, where several were asked about."""
    return replace(problem, message=format_lazy("《{}》{}", loan.copy.title.name, problem.message))


@desk_act(UndoForm)
def undo(data: Any, desk: Desk, scan: Scan) -> Answer:
    try:
        if data["event"]:
            event = undo_event(event_id=data["event"], by=desk.by, at=timezone.now(), scan=scan)
        else:
            event = undo_last(desk=scan.desk, by=desk.by, at=timezone.now(), scan=scan)
    except Refused as refusal:
        return Answer(Tone.REFUSED, _("Not undone"), desk.reader_id, problems=refusal.problems)
    events, turn = done_by(scan.id), turn_of(event)
    return Answer(Tone.NOTICE, _("Undone"), desk.reader_id, event=event, events=events, turn=turn)
