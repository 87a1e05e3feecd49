"""The loan rules as a page shows them, and which one holds for a reader and a book, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from django.db.models import Q

from catalog.models import Copy
from circulation.models import LoanPolicy
from circulation.queries.identify import identify
from circulation.rules.policies import policy_for
from readers.models import ClassMembership, Reader

# What a rule says.
COLUMNS = (
    "category", "material", "effective_from",
    "max_loans", "loan_days", "max_renewals", "max_reservations", "aligns_to_period", "blocks_when_overdue",
    "overdue_cost", "grace_days", "suspension_per_day", "suspension_cap", "fee_per_day", "fee_cap",
    "lost_multiple", "owes_at_most",
)  # fmt: skip


class Standing(Enum):
    """Where a rule stands on a day."""

    HOLDS = "holds"
    COMING = "coming"
    ENDED = "ended"


@dataclass(frozen=True)
class RuleLine:
    """A rule; `until` is its last day, None while no later one is entered."""

    rule: LoanPolicy
    standing: Standing
    until: date | None
    may_change: bool
    may_delete: bool


class Why(Enum):
    """Why a rule that could have held does not."""

    HOLDS = "holds"
    NOT_BEGUN = "not_begun"
    SUCCEEDED = "succeeded"
    SPECIAL_FIRST = "special_first"


@dataclass(frozen=True)
class Candidate:
    rule: LoanPolicy
    why: Why


@dataclass(frozen=True)
class Meant:
    """Whom and what the question is about; a text that is neither a reader nor a book leaves its field None."""

    reader: Reader | None = None
    copy: Copy | None = None


def rule_lines(rules: Sequence[LoanPolicy], today: date) -> dict[str, list[RuleLine]]:
    """{category: its rules}, by kind of book and the newest first. No statement."""
    lines: dict[str, list[RuleLine]] = {}
    for category in Reader.Category.values:
        own = sorted(
            (rule for rule in rules if rule.category == category),
            key=lambda rule: (rule.material, -rule.effective_from.toordinal()),
        )
        if own:
            lines[category] = [_line(rule, own, today) for rule in own]
    return lines


def _line(rule: LoanPolicy, own: Sequence[LoanPolicy], today: date) -> RuleLine:
    later = [
        other.effective_from
        for other in own
        if other.material == rule.material and other.effective_from > rule.effective_from
    ]
    until = min(later) - timedelta(days=1) if later else None
    begun = rule.effective_from <= today
    standing = Standing.COMING if not begun else Standing.ENDED if until and until < today else Standing.HOLDS
    return RuleLine(rule, standing, until, may_change=rule.effective_from >= today, may_delete=not begun)


def candidates(rules: Sequence[LoanPolicy], *, category: str, material: str, on: date) -> list[Candidate]:
    """Every rule that could hold for the category and the kind of book, the one that does first, with the reason."""
    holds = policy_for(rules, category=category, material=material, on=on)
    possible = [rule for rule in rules if rule.category == category and rule.material in (material, "")]
    found = [Candidate(rule, _why(rule, holds, on)) for rule in possible]
    return sorted(found, key=lambda one: (one.why is not Why.HOLDS, -one.rule.effective_from.toordinal()))


def _why(rule: LoanPolicy, holds: LoanPolicy | None, on: date) -> Why:
    if rule.effective_from > on:
        return Why.NOT_BEGUN
    if holds is None or rule.pk == holds.pk:
        return Why.HOLDS
    return Why.SPECIAL_FIRST if rule.material != holds.material else Why.SUCCEEDED


def meant(*, reader: str, book: str) -> Meant:
    """Whom a card or school number, and which copy a barcode means. Up to four statements."""
    person = identify(reader) if reader else None
    copy = identify(book).copy if book else None
    reader_id = (person.card.reader_id if person.card else person.reader_by_number) if person else None
    return Meant(
        reader=Reader.objects.filter(pk=reader_id).first() if reader_id else None,
        copy=Copy.objects.select_related("title", "location").filter(pk=copy.copy_id).first() if copy else None,
    )


def class_of(reader_id: int, day: date) -> int | None:
    """The class that a reader is in on the day. One statement."""
    rows = ClassMembership.objects.filter(Q(until=None) | Q(until__gt=day), reader_id=reader_id, since__lte=day)
    return rows.order_by("-since").values_list("school_class_id", flat=True).first()
