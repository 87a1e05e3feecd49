"""What a new library does after the first start: bring in books, bring in names, lend."""

from collections.abc import Callable
from typing import NamedTuple

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalog.models import Copy
from circulation.models import Loan
from library_site.access import may_open
from readers.models import Reader


class Step(NamedTuple):
    """A page to go to next; `begun` tells whether anything of its kind exists already."""

    name: str  # URL name
    args: tuple[str, ...]
    text: str | Promise
    lead: str | Promise
    begun: Callable[[], bool]


STEPS = [
    Step(
        "imports:upload",
        ("holdings",),
        _("Bring in the books you have"),
        _("From the school's own sheet; numbers stay as they are. Books without one get barcode labels to print."),
        lambda: Copy.objects.exists(),
    ),
    Step(
        "imports:upload",
        ("roster",),
        _("Bring in classes and names"),
        _("Class and name are enough; nothing else about the pupils is needed."),
        lambda: Reader.objects.exists(),
    ),
    Step(
        "circulation:desk",
        (),
        _("Lend the first book"),
        _("Scan a card, or type class and name; then scan the book."),
        lambda: Loan.objects.exists(),
    ),
]


class NextStep(NamedTuple):
    url: str
    text: str | Promise
    lead: str | Promise
    done: bool


def next_steps(roles: frozenset[str]) -> list[NextStep]:
    """The steps that these roles may take, each marked as done or not; none at all once every one is done."""
    open_to = [step for step in STEPS if may_open(step.name, roles, public_search=False, debug=settings.DEBUG)]
    if not open_to or open_to[-1].begun():  # lending is the last step: whoever lends needs no guide
        return []
    return [NextStep(reverse(step.name, args=step.args), step.text, step.lead, done=step.begun()) for step in open_to]
