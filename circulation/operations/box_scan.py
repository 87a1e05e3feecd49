"""Taking a scan on the page of a class box: the book goes in, or comes back to the library."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from catalog.models import Copy
from circulation.models import CirculationEvent, Loan
from circulation.operations.boxes import put_in
from circulation.operations.checkin import check_in
from circulation.operations.checkout import granted
from circulation.operations.desk import Scan, recorded
from circulation.operations.losses import find_first
from circulation.operations.scan import Answer, Desk, Tone, retry_of
from circulation.queries.identify import identify
from library_site.shared.problems import Problem, Refused

IN, BACK = "in", "back"


def take_box_scan(*, code: str, box_id: int, way: str, desk: Desk, scan: Scan) -> Answer:
    """Puts the scanned book into the box (`IN`) or takes it back to the library (`BACK`), wherever it was."""
    found = identify(code)
    if before := recorded(scan):
        return _done(before, box_id)
    if found.copy is None:
        return _no_book(is_isbn=found.is_isbn)
    if way == IN:
        return put_scanned(copy_id=found.copy.copy_id, box_id=box_id, desk=desk, scan=scan)
    event = check_in(
        copy_id=found.copy.copy_id,
        by=desk.by,
        at=desk.at,
        reference=desk.reference,
        scan=scan,
        kept_from=desk.kept_from,
    )
    if event is None:
        return Answer(Tone.NOTICE, _("Not on loan"), copy=_copy(found.copy.copy_id))
    return _done(event, box_id)


def put_scanned(
    *, copy_id: int, box_id: int, desk: Desk, scan: Scan, overrides: Sequence[str] = (), reason: str = ""
) -> Answer:
    """Puts the copy into the box; a refusal offers what the problems allow."""
    if "copy_not_on_shelf" in granted(overrides, reason, desk.by):
        find_first(copy_id=copy_id, **desk.of_a_find, scan=scan)
    try:
        event = put_in(
            box_id=box_id,
            copy_id=copy_id,
            by=desk.by,
            at=desk.at,
            reference=desk.reference,
            overrides=overrides,
            reason=reason,
            scan=scan,
        )
    except Refused as refusal:
        return _refused(refusal.problems, copy_id)
    return _done(event, box_id)


def _refused(problems: Sequence[Problem], copy_id: int) -> Answer:
    if [problem.code for problem in problems] == ["in_this_box"]:
        return Answer(Tone.NOTICE, problems[0].message, copy=_copy(copy_id))
    fields = {"copy": str(copy_id)}
    return Answer(
        Tone.REFUSED,
        _("Not put in"),
        problems=problems,
        copy=_copy(copy_id),
        retry=retry_of("boxes:put_in", fields, problems, _("Put in all the same, because"), pgettext("box", "Put in")),
    )


def _done(event: CirculationEvent, box_id: int) -> Answer:
    if event.kind == CirculationEvent.Kind.CHECKOUT:
        return Answer(Tone.LENT, _("Put in"), event=event)
    if event.loan.kind == Loan.Kind.CLASS and event.loan.box_id == box_id:
        return Answer(Tone.RETURNED, _("Returned"), event=event)
    return Answer(Tone.NOTICE, _("Returned, but it was not of this box"), event=event)


def _no_book(*, is_isbn: bool) -> Answer:
    if not is_isbn:
        return Answer(Tone.REFUSED, _("Unknown number"))
    problem = Problem("isbn_scanned", _("This is the publisher's ISBN, not our label."), _("Scan the school's label."))
    return Answer(Tone.REFUSED, _("Not put in"), problems=[problem])


def _copy(copy_id: int) -> Copy:
    return Copy.objects.select_related("title", "location").get(pk=copy_id)
