"""Whether a book may be handed out for reading in the room (馆内阅览), and if not, every reason why."""

from django.utils.translation import gettext_lazy as _

from catalog.models import Copy
from circulation.rules.lending import READER_LEFT
from library_site.shared.problems import Problem
from readers.models import Reader

OUT = Problem("copy_is_out", _("This book is on loan."), _("Return it first: scan it with no reader open."))
WITHDRAWN = Problem("copy_withdrawn", _("This book was withdrawn."), _("Lay it aside for the librarian."))


def room_problems(reader: Reader, copy: Copy, *, is_out: bool) -> list[Problem]:
    """Limits, suspensions and money owed are about taking books home: none of them keeps anybody from reading here."""
    asked = [
        (reader.status != Reader.Status.ACTIVE, READER_LEFT),
        (is_out, OUT),
        (copy.state == Copy.State.WITHDRAWN, WITHDRAWN),
    ]
    return [problem for stands, problem in asked if stands]
