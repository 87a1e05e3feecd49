"""Gifts of books: lists, who gave, totals by class."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from activities.models import Activity, DonatedBook, Donation
from library_site.shared.reference import Reference
from readers.queries.classes import class_names_then


@dataclass(frozen=True)
class Asked:
    """What the list is narrowed to; `first` and `last` are days, both counted."""

    first: date | None = None
    last: date | None = None
    activity: int | None = None
    open_only: bool = False


def donations(asked: Asked) -> QuerySet[Donation]:
    """The gifts, the newest first, with `titles` and `copies` that they hold, refused ones not counted."""
    given = DonatedBook.objects.filter(donation=OuterRef("pk")).exclude(fate=DonatedBook.Fate.REFUSED).order_by()
    counted = given.values("donation").annotate(titles=Count("pk"), copies=Sum("copies"))
    rows = Donation.objects.select_related("reader", "activity", "batch")
    rows = rows.annotate(
        titles=Coalesce(Subquery(counted.values("titles")), 0), copies=Coalesce(Subquery(counted.values("copies")), 0)
    )
    wanted = {"on__gte": asked.first, "on__lte": asked.last, "activity": asked.activity}
    rows = rows.filter(**{name: value for name, value in wanted.items() if value is not None})
    return (rows.filter(batch=None) if asked.open_only else rows).order_by("-on", "-pk")


def giver(donation: Donation, class_name: str) -> str:
    """Who gave, in words for staff: the person with the class, the class, or what was written."""
    name = donation.reader.name if donation.reader else ""
    return " ".join(part for part in (class_name, name, donation.donor) if part) or "—"


@dataclass(frozen=True)
class GiftLine:
    """A gift as a row; `giver` names the person and is for staff alone."""

    donation: Donation
    class_name: str
    giver: str


def gift_lines(rows: Sequence[Donation], reference: Reference) -> list[GiftLine]:
    """The rows with the names that classes had on the day. No statement."""
    lines = []
    for row in rows:
        class_name = class_names_then(reference, row.on).get(row.school_class_id or 0, "")
        lines.append(GiftLine(row, class_name, giver(row, class_name)))
    return lines


@dataclass(frozen=True)
class ClassGifts:
    """What a class and its pupils gave; of others `class_id` is None."""

    class_id: int | None
    name: str
    gifts: int
    copies: int


def totals(asked: Asked, reference: Reference, day: date) -> list[ClassGifts]:
    """Gifts and copies by class, the most first, then those from outside the classes. One statement."""
    rows = donations(asked).order_by().values("school_class").annotate(gifts=Count("pk"), sum=Sum("copies"))
    names = class_names_then(reference, day)
    found = [
        ClassGifts(row["school_class"], names.get(row["school_class"], ""), row["gifts"], row["sum"]) for row in rows
    ]
    return sorted(found, key=lambda row: (row.class_id is None, -row.copies, row.name))


def activities_with_gifts() -> list[tuple[int, str]]:
    """Activities that books were given in, the newest first, and those of that kind."""
    rows = Activity.objects.filter(kind__shape="donation").exclude(state=Activity.State.CANCELLED)
    return list(rows.order_by("-starts_on", "-pk").values_list("pk", "name")[:50])
