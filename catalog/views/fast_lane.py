"""The fast lane's page, and the acts that its scans and keys post."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from catalog.forms.fast_lane import ActForm, DraftForm, LaneForm, OpenForm, ScanForm
from catalog.models import Copy
from catalog.operations.fast_lane import (
    Answer,
    Lane,
    Person,
    State,
    Tone,
    begin_title,
    open_title,
    take_back,
    take_scan,
)
from catalog.queries.copy_cataloguing import servers_in_use
from catalog.queries.fast_lane import copies_in_order
from catalog.views.fast_lane_log import LaneLog
from library_site.http import SchoolRequest
from library_site.shared.problems import Refused

Act = Callable[[Any, State, Lane, Person], Answer]


@require_safe
def page(request: SchoolRequest) -> HttpResponse:
    """The fast lane as this login left it; `?batch=` chooses a batch, `?source=` where its copies come from."""
    log = LaneLog(request.session)
    if request.GET.get("batch", "").isdecimal():
        log.keep_lane({**log.lane, "batch": request.GET["batch"]})
    if request.GET.get("source") in Copy.Source.values:
        log.keep_lane({**log.lane, "source": request.GET["source"]})
    form = LaneForm(initial=log.lane)
    context = {
        "form": form,
        "copies": copies_in_order(log.copy_ids),
        "count": log.count,
        "asks_others": bool(servers_in_use()),
    }
    return render(request, "catalog/fast_lane/page.html", context)


def lane_act(form_class: type[ActForm]) -> Callable[[Act], Callable[[SchoolRequest], HttpResponse]]:
    """Makes a view of an act: POST only, what stays filled in checked and kept, the answer as the page's JSON."""

    def decorate(act: Act) -> Callable[[SchoolRequest], HttpResponse]:
        @require_POST
        @wraps(act)
        def view(request: SchoolRequest) -> HttpResponse:
            form, lane_form = form_class(request.POST), LaneForm(request.POST)
            draft_form = DraftForm(request.POST)
            asked = [form, lane_form, *([draft_form] if request.POST.get("draft") else [])]
            if wrong := [form for form in asked if not form.is_valid()]:
                return _bad_input(wrong)
            log = LaneLog(request.session)
            log.keep_lane({name: request.POST.get(name, "") for name in lane_form.fields})
            data = form.cleaned_data
            if before := log.of_scan(data["scan_id"]):
                return _again(request, before, log)
            draft = draft_form.cleaned_data if data["draft"] else None
            state = State(data["title"], draft, data["label"], data["last"], data["volume"])
            answer = act(data, state, _lane(lane_form.cleaned_data), _person(request))
            if answer.copy is not None:
                log.add(data["scan_id"], answer.copy.pk, made_title=answer.made_title)
            return answer_json(request, answer, count=log.count)

        return view

    return decorate


def _lane(data: dict[str, Any]) -> Lane:
    batch = data["batch"]
    return Lane(
        location_id=data["location"].pk,
        batch_id=batch.pk if batch else None,
        source=data["source"],
        acquired_on=data["acquired_on"],
        several=data["several"],
    )


def _person(request: SchoolRequest) -> Person:
    return Person(by=request.user, at=timezone.now(), address=request.META.get("REMOTE_ADDR"))


def _bad_input(forms: list[Any]) -> JsonResponse:
    messages = [
        f"{form[name].label}: {message}" if name in form.fields else str(message)
        for form in forms
        for name, errors in form.errors.items()
        for message in errors
    ]
    return JsonResponse({"error": messages}, status=400)


def _again(request: SchoolRequest, copy_id: int, log: LaneLog) -> HttpResponse:
    """The answer that was lost on its way: what the scan did the first time."""
    copies = copies_in_order([copy_id])
    if not copies:
        return answer_json(request, Answer(Tone.NOTICE, _("Taken back already")), count=log.count)
    return answer_json(request, Answer(Tone.ADDED, _("Entered"), copy=copies[0]), count=log.count)


@lane_act(ScanForm)
def scan(data: Any, state: State, lane: Lane, who: Person) -> Answer:
    return take_scan(code=data["code"], typed=data["typed"], state=state, lane=lane, who=who)


@lane_act(OpenForm)
def open_chosen(data: Any, state: State, lane: Lane, who: Person) -> Answer:
    if data["chosen"]:
        return open_title(title_id=data["chosen"], state=state, lane=lane, who=who)
    return begin_title(values={"name": data["name"]}, state=state)


@require_POST
def undo(request: SchoolRequest) -> HttpResponse:
    """Takes back what was entered last at this login; asked twice by a lost connection, once."""
    form = ActForm(request.POST)
    if not form.is_valid():
        return _bad_input([form])
    log = LaneLog(request.session)
    entry = log.to_undo(form.cleaned_data["scan_id"])
    if entry is None:
        return answer_json(request, Answer(Tone.NOTICE, _("There is nothing to undo.")), count=log.count)
    try:
        title = take_back(copy_id=entry.copy_id, made_title=entry.made_title, who=_person(request))
    except Refused as refusal:
        answer = Answer(Tone.REFUSED, _("Not undone"), problems=refusal.problems)
        return answer_json(request, answer, count=log.count)
    except ObjectDoesNotExist:  # deleted on its own page meanwhile
        log.remove(entry, form.cleaned_data["scan_id"])
        return answer_json(request, Answer(Tone.NOTICE, _("Taken back already")), count=log.count, undone=entry.copy_id)
    log.remove(entry, form.cleaned_data["scan_id"])
    answer = Answer(Tone.NOTICE, _("Undone: 《%(title)s》") % {"title": title.name})
    return answer_json(request, answer, count=log.count, undone=entry.copy_id)


def answer_json(request: SchoolRequest, answer: Answer, *, count: int, undone: int | None = None) -> JsonResponse:
    """`tone` for eye and ear, the pieces of the page to show, and how it stands: `title`, `label`, `last`.

    `book` is null where what is open stays as it is; `line` joins the list of the last ten.
    """
    draft_form = DraftForm(initial=answer.draft) if answer.draft is not None else None
    context = {"answer": answer, "draft_form": draft_form}
    book = render_to_string("catalog/fast_lane/book.html", context, request=request)
    return JsonResponse(
        {
            "tone": answer.tone.value,
            "answer": render_to_string("catalog/fast_lane/answer.html", context, request=request),
            "book": None if answer.is_kept else book,
            "line": _line(request, answer),
            "title": answer.title.pk if answer.title else None,
            "label": answer.label,
            "last": answer.copy.title_id if answer.copy else None,
            "count": count,
            "undone": undone,
        }
    )


def _line(request: SchoolRequest, answer: Answer) -> str | None:
    if answer.copy is None:
        return None
    return render_to_string("catalog/fast_lane/line.html", {"copy": answer.copy}, request=request)
