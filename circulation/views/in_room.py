"""Use in the room: handed out at the desk, listed until it is back."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from circulation.forms.desk import LendForm
from circulation.models import Loan
from circulation.operations.desk import Scan
from circulation.operations.in_room import bring_back
from circulation.operations.in_room import hand_out as hand_out_copy
from circulation.operations.losses import find_first
from circulation.operations.scan import Answer, Desk, Tone
from circulation.queries.in_room import most_used, not_back, room_use
from circulation.views.desk import desk_act
from library_site.http import SchoolRequest
from library_site.shared.problems import Problem, Refused


@require_safe
def overview(request: SchoolRequest) -> HttpResponse:
    """What is in the room and not back, and how much reference works are used."""
    today = timezone.localdate()
    context = {
        "uses": list(not_back()),
        "use": room_use(request.reference, today),
        "titles": most_used(request.reference, today),
        "today": today,
    }
    return render(request, "circulation/in_room/overview.html", context)


@require_POST
def back(request: SchoolRequest, loan_id: int) -> HttpResponse:
    """One book is back on its shelf."""
    loan = get_object_or_404(Loan.objects.select_related("copy__title"), pk=loan_id, kind=Loan.Kind.ROOM)
    if bring_back(loan_id=loan_id, by=request.user, at=timezone.now(), reference=request.reference):
        messages.success(request, _("Back: %(title)s") % {"title": loan.copy.title.name})
    else:
        messages.info(request, _("This book is already back."))
    return redirect("in_room:overview")


@desk_act(LendForm)
def hand_out(data: Any, desk: Desk, scan: Scan) -> Answer:
    """Hands the copy to the open reader for reading in the room."""
    if desk.reader_id is None:
        who = Problem("who", _("Nobody is open: scan a card first."))
        return Answer(Tone.REFUSED, _("Not handed out"), problems=[who])
    find_first(copy_id=data["copy"], **desk.of_a_find, scan=scan)
    try:
        event = hand_out_copy(
            copy_id=data["copy"], reader_id=desk.reader_id, by=desk.by, at=desk.at, reference=desk.reference, scan=scan
        )
    except Refused as refusal:
        return Answer(Tone.REFUSED, _("Not handed out"), desk.reader_id, problems=refusal.problems)
    return Answer(Tone.LENT, _("For use in the room, back today"), desk.reader_id, event)
