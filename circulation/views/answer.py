"""The desk's answer to an act, as the page takes it: JSON that carries ready pieces of the page."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.http import JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from circulation.models import CirculationEvent
from circulation.operations.scan import Answer, Tone
from circulation.queries.board import open_lines
from circulation.queries.panel import Panel, build_panel, reader_panel
from circulation.rules.standing import UNTOLD
from circulation.views.lookup import looked_up
from library_site.access import scope_of
from library_site.http import SchoolRequest
from library_site.models import Role
from library_site.shared.problems import Problem

# Nothing about a named child is ever spoken but these.
SPOKEN = {Tone.LENT: "lent", Tone.RETURNED: "returned", Tone.RESERVED: "returned", Tone.REFUSED: "ask"}


def answer_json(
    request: SchoolRequest,
    answer: Answer,
    *,
    board: int | None,
    duty: str | None = None,
    mode: dict[str, Any] | None = None,
) -> JsonResponse:
    """`tone` and `say` for eye and ear, `reader` who is open now, and the pieces of the page to show.

    `panel` is null where nobody is open; `line` joins the feed; `rows` are cells of the class board by reader.
    `duty` says who is on duty, `mode` in which mode the desk is, where that has changed.
    """
    if answer.search:
        answer = looked_up(answer, request)
    if answer.go:
        return JsonResponse({"go": answer.go})
    panel = _panel(request, answer)
    answer = replace(answer, problems=_linked(answer.problems, panel, request))
    event = answer.event
    events = answer.events or ([event] if event else [])
    context = {"answer": answer, "panel": panel, "may_override": told_in_full(request)}
    return JsonResponse(
        {
            "tone": answer.tone.value,
            "say": SPOKEN.get(answer.tone, ""),
            "reader": panel.reader.pk if panel else None,
            "answer": _render(request, "circulation/desk/answer.html", context),
            "panel": _render(request, "circulation/desk/panel.html", {"panel": panel}) if panel else None,
            "line": "".join(_render(request, "circulation/desk/line.html", {"event": one}) for one in events) or None,
            "rows": _board_cells(request, panel, event) if board else {},
            "duty": duty,
            "mode": _render(request, "circulation/desk/mode.html", mode) if mode else None,
        }
    )


# Where it is mended that somebody may not borrow.
_PAGES = {"owes": "charges:account", "suspended": "blocks:reader", "reader_blocked": "blocks:reader"}


def _linked(problems: Sequence[Problem], panel: Panel | None, request: SchoolRequest) -> list[Problem]:
    """The problems as this person is told them; those of the open reader with the page that mends them."""
    if not told_in_full(request):
        return [replace(problem, message=UNTOLD.get(problem.code, problem.message)) for problem in problems]
    if panel is None:
        return list(problems)
    roles = frozenset(request.user.roles)
    return [
        replace(problem, link=reverse(_PAGES[problem.code], args=[panel.reader.pk]))
        if problem.code in _PAGES and scope_of(_PAGES[problem.code], roles) is not None
        else problem
        for problem in problems
    ]


def _render(request: SchoolRequest, template: str, context: dict[str, Any]) -> str:
    return render_to_string(template, context, request=request)


def _panel(request: SchoolRequest, answer: Answer) -> Panel | None:
    if answer.reader_id is None:
        return None
    today = timezone.localdate()
    event = answer.event
    if answer.loans is not None and answer.standing is not None and event is not None and event.reader is not None:
        reader, class_id = event.reader, event.school_class_id
        loans, standing = answer.loans, answer.standing
        return build_panel(reader, class_id, loans, standing, request.reference, today, in_full=told_in_full(request))
    return reader_panel(answer.reader_id, request.reference, today, in_full=told_in_full(request))


def told_in_full(request: SchoolRequest) -> bool:
    """Whether sums and reasons are named: to the librarian, not to pupils who help."""
    return request.user.has_role(Role.LIBRARIAN)


def _board_cells(request: SchoolRequest, panel: Panel | None, event: CirculationEvent | None) -> dict[int, str]:
    """What the touched pupils have out now, for the board: the open reader's, and a classmate's just returned."""
    lines = {panel.reader.pk: panel.lines} if panel else {}
    if event is not None and event.reader_id is not None and event.reader_id not in lines:
        lines[event.reader_id] = open_lines(event.reader_id, timezone.localdate(), request.reference)
    template = "circulation/desk/board_cell.html"
    return {reader_id: _render(request, template, {"lines": rows}) for reader_id, rows in lines.items()}
