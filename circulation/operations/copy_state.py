"""What has become of a copy: in repair, missing, lost, withdrawn, or back on the shelf."""

from django.utils.translation import gettext_lazy as _

from catalog.models import Copy
from circulation.operations.desk import lock_copy
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


def change_copy_state(*, copy_id: int, state: str, by: User | None, address: str | None = None) -> Copy:
    """Notes the copy's physical state. Refused while it is on loan: where it is then, the loan says."""
    with act("change_copy_state", by=by, address=address):
        copy = lock_copy(copy_id)
        if open_loans(copies=[copy_id]):
            raise Refused([ON_LOAN])
        copy.state = Copy.State(state)
        copy.save(update_fields=["state"])
        return copy
