"""What has become of a copy: in repair, missing, lost, withdrawn, or back on the shelf."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from catalog.models import Copy
from circulation.operations.desk import lock_copy
from circulation.operations.pickup import copy_gone
from circulation.queries.loans import open_loans
from library_site.audit import act
from library_site.models import User
from library_site.shared.problems import Problem, Refused

ON_LOAN = Problem(
    "on_loan",
    _("This copy is on loan."),
    _("Take it back at the desk first; then say what became of it."),
    field="state",
)


def change_copy_state(*, copy_id: int, state: str, by: User | None, at: datetime, address: str | None = None) -> Copy:
    """Notes the copy's physical state. Refused while it is on loan: where it is then, the loan says.

    Whoever it was set aside for waits again; with the title's last copy all who wait are cancelled.
    """
    with act("change_copy_state", by=by, address=address):
        copy = lock_copy(copy_id)
        if open_loans(copies=[copy_id]):
            raise Refused([ON_LOAN])
        copy.state = Copy.State(state)
        copy.save(update_fields=["state"])
        if copy.state != Copy.State.ON_SHELF:
            copy_gone(copy=copy, at=at)
        return copy
