"""The librarian's word on who is commended."""

from django.utils.translation import gettext_lazy as _

from library_site.audit import act
from library_site.models import User
from library_site.shared.problems import Problem, Refused
from readers.models import CommendationChoice

NO_REASON = Problem("no_reason", _("Say why."), field="reason")


def choose_commendation(
    *, appointment_id: int, is_commended: bool, reason: str, by: User, address: str | None = None
) -> CommendationChoice:
    """Commends somebody, or not, whatever hours and acts say. Refuses (`Refused`) without a reason."""
    if not reason.strip():
        raise Refused([NO_REASON])
    with act("choose_commendation", by=by, address=address):
        row, _created = CommendationChoice.objects.update_or_create(
            appointment_id=appointment_id, defaults={"is_commended": is_commended, "reason": reason.strip()}
        )
        return row


def forget_choice(*, appointment_id: int, by: User, address: str | None = None) -> None:
    """Leaves it to hours and acts again."""
    with act("forget_commendation_choice", by=by, address=address):
        CommendationChoice.objects.filter(appointment_id=appointment_id).delete()
