"""From results to the register of honours: who is named on the certificate, and the line taken back again."""

from datetime import datetime

from django.utils import timezone

from activities.models import Honour, Result
from activities.operations.honours import grant_honour, revoke_honour
from library_site.models import User
from library_site.shared.reference import current_reference
from readers.queries.classes import class_names_then


def honour_result(result: Result, *, by: User, at: datetime) -> Honour | None:
    """Enters a result into the register; None where its winner was erased. Inside the act of the caller."""
    activity, entry = result.activity, result.entry
    names = class_names_then(current_reference(), activity.starts_on)
    class_name = names.get(result.school_class_id or 0, "")
    name = _name(result, class_name)
    if not name:
        return None
    return grant_honour(
        occasion=activity.name,
        award=result.prize.name,
        awarded_on=timezone.localdate(at),
        name=name,
        class_name="" if name == class_name else class_name,
        reader_id=result.reader_id,
        school_class_id=result.school_class_id,
        work=entry.name if entry else "",
        teacher=entry.teacher if entry else "",
        activity_id=activity.pk,
        result_id=result.pk,
        by=by,
        at=at,
    )


def take_honour_back(result: Result, *, reason: str, by: User, at: datetime) -> None:
    """Takes the line of a result back and unties it, so that the result can go."""
    standing = Honour.objects.filter(result=result, revoked_on=None).first()
    if standing is not None:
        revoke_honour(honour_id=standing.pk, reason=reason, by=by, at=at)
    for honour in Honour.objects.filter(result=result):
        honour.result = None
        honour.save(update_fields=["result"])


def _name(result: Result, class_name: str) -> str:
    if result.group is not None:
        return result.group.name
    if result.reader is not None:
        return result.reader.name
    of_class = result.entry is None or bool(result.entry.name)
    return class_name if of_class else ""
