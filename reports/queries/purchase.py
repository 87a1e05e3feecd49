"""What to buy to meet the standards that the school is measured by, and about what it costs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal

from django.db.models import Avg, Count

from catalog.models import ClcClass
from catalog.queries.class_counts import held_copies
from catalog.rules.classification import MAIN_CLASSES
from library_site.shared.figures import HUNDREDTH, ratio
from library_site.shared.reference import Reference
from readers.models import Semester
from readers.queries.classes import school_year_on
from reports.models import StandardRow
from reports.queries.periods import period_of
from reports.queries.standards import Comparison, comparisons, measured_by, own_figures
from reports.queries.subjects import loans_by_class
from reports.queries.unchanged import HOLDINGS, remembered
from reports.rules.figures import Period
from reports.rules.purchase import Purchase, Share, purchase
from reports.rules.standards import PER_STUDENT, Own, classes_of, compared

LEAST = StandardRow.Sense.AT_LEAST
YUAN = Decimal(1)


@dataclass(frozen=True)
class ToBuy:
    """A main class: what is held, what to buy, and about what that costs. `wanted` are the school year's loans."""

    letter: str
    name: str
    have: int
    wanted: int
    bought: int
    classified: int
    price: Decimal | None

    @property
    def after(self) -> int:
        return self.have + self.bought

    @property
    def share(self) -> Decimal | None:
        """Of the classified copies, once all has come."""
        return ratio(self.after, self.classified, percent=True)

    @property
    def cost(self) -> Decimal | None:
        if not self.bought:
            return Decimal(0)
        return None if self.price is None else (self.price * self.bought).quantize(YUAN)


@dataclass(frozen=True)
class Plan:
    """The smallest purchase that meets the standards. `rows` is None where none does.

    `demanded` copies in all are asked for, `needed` of them are still to come: the largest of what is missing.
    """

    rows: Sequence[ToBuy] | None
    found: Purchase
    own: Own
    needed: int
    reference_titles: int
    copies_of_title: int | None
    after: Sequence[Comparison]
    tolerance: Decimal

    @property
    def bought(self) -> int:
        return sum(row.bought for row in self.rows or [])

    @property
    def have(self) -> int:
        return sum(row.have for row in self.rows or [])

    @property
    def wanted(self) -> int:
        return sum(row.wanted for row in self.rows or [])

    @property
    def all_after(self) -> int:
        return self.have + self.bought

    @property
    def cost(self) -> Decimal | None:
        """None where a class has to be bought of which no price is known, nor of any other."""
        costs = [row.cost for row in self.rows or []]
        known = [cost for cost in costs if cost is not None]
        return sum(known, Decimal(0)) if len(known) == len(costs) else None

    @property
    def least_titles(self) -> int | None:
        """So many titles at least, if no more than the allowed copies of each are bought."""
        return None if not self.copies_of_title else -(-self.bought // self.copies_of_title)

    @property
    def left_out(self) -> list[str]:
        return ["".join(sorted(share.classes)) for share in self.found.left_out]


def what_to_buy(semester: Semester, *, reference: Reference, today: date, tolerance: Decimal = Decimal(0)) -> Plan:
    """Reckons the purchase from what is held now. `tolerance`: percentage points by which a share may be missed."""
    own = own_figures(semester, reference=reference, today=today)
    return plan_for(
        own,
        wanted_by_class(semester, reference, today),
        remembered("prices", mean_prices, of=HOLDINGS),
        reference,
        tolerance,
    )


def plan_for(
    own: Own,
    wanted: Mapping[str, int],
    prices: Mapping[str, Decimal],
    reference: Reference,
    tolerance: Decimal,
) -> Plan:
    rows = [row for standard in measured_by(reference) for row in standard.rows.all()]
    needed, reference_titles = _needed(own, rows)
    have = {letter: own.classes.get(letter, 0) for letter in MAIN_CLASSES}
    read = wanted if any(wanted.get(letter) for letter in MAIN_CLASSES) else have
    found = purchase(have, _shares(rows), at_least=own.classified + needed, wanted=read, tolerance=tolerance)
    after = own.with_bought(found.bought or {}, reference_titles=reference_titles)
    limits = [int(row.value) for row in rows if row.measure == "copies_of_title" and row.value >= 1]
    return Plan(
        rows=None if found.bought is None else _rows(have, wanted, prices, found),
        found=found,
        own=own,
        needed=needed,
        reference_titles=reference_titles,
        copies_of_title=min(limits, default=None),
        after=comparisons(after, reference) if found.bought is not None else [],
        tolerance=tolerance,
    )


def _needed(own: Own, rows: Iterable[StandardRow]) -> tuple[int, int]:
    """Copies that every demand but the shares asks for at least, and how many of them are reference titles."""
    counts = [row for row in rows if row.sense == LEAST and row.measure in (*PER_STUDENT, "copies_held")]
    titles = [row for row in rows if row.sense == LEAST and row.measure == "reference_titles"]
    # Rows of each standard are compared by themselves: those by stage belong together.
    of_standards = {row.standard_id: [one for one in counts if one.standard_id == row.standard_id] for row in counts}
    gaps = [line.gap for some in of_standards.values() for line in compared(some, own)]
    missing = [line.gap for line in compared(titles, own)]
    reference_titles = _most(missing)
    return max(_most(gaps), reference_titles), reference_titles


def _most(gaps: Iterable[Decimal | None]) -> int:
    return max((int(gap.to_integral_value(ROUND_CEILING)) for gap in gaps if gap is not None), default=0)


def _shares(rows: Iterable[StandardRow]) -> list[Share]:
    found = []
    for row in rows:
        if row.measure == "share":
            bound = {"least" if row.sense == LEAST else "most": row.value}
            found.append(Share(classes_of(row.subject), **bound))
    return found


def _rows(
    have: Mapping[str, int], wanted: Mapping[str, int], prices: Mapping[str, Decimal], found: Purchase
) -> list[ToBuy]:
    names = dict(ClcClass.objects.filter(code__in=list(MAIN_CLASSES)).values_list("code", "name"))
    return [
        ToBuy(
            letter=letter,
            name=names.get(letter, ""),
            have=have[letter],
            wanted=wanted.get(letter, 0),
            bought=(found.bought or {}).get(letter, 0),
            classified=found.total,
            price=prices.get(letter, prices.get("")),
        )
        for letter in MAIN_CLASSES
    ]


def wanted_by_class(semester: Semester, reference: Reference, today: date) -> dict[str, int]:
    """Loans by main class in the school year of the semester so far."""
    until = period_of(semester, today).until
    year = school_year_on(reference, until)
    first = year.starts_on if year else semester.starts_on
    period = Period.of(first, until, today=today)
    return remembered(("read", period), lambda: loans_by_class(period))


def mean_prices() -> dict[str, Decimal]:
    """{main class: mean of the known prices of the copies held now}, '' over all classes. One statement."""
    rows = held_copies().exclude(price=None).order_by().values_list("title__main_class")
    found = {letter: (mean, number) for letter, mean, number in rows.annotate(mean=Avg("price"), number=Count("pk"))}
    whole = sum(number for _mean, number in found.values())
    prices = {letter: mean.quantize(HUNDREDTH) for letter, (mean, _number) in found.items() if letter}
    if whole:
        prices[""] = (sum(mean * number for mean, number in found.values()) / whole).quantize(HUNDREDTH)
    return prices
