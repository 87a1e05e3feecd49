"""What readers see of themselves: books, turns in queues, money. Nothing of anybody else, but how many wait before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import connection
from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from circulation.models import Charge, ChargeEntry, Loan
from circulation.models.loans import OPEN
from circulation.queries.loans import open_loans
from circulation.queries.panel import LoanLine, loan_line
from circulation.queries.standing import ReaderStanding, reader_standing
from library_site.models import User
from library_site.shared.reference import Reference
from readers.models import ClassMembership
from readers.queries.classes import class_names_on
from readers.queries.scope import classes_of

_TURNS = """
    SELECT turn.id, turn.title_id, title.name, turn.state, turn.placed_at, turn.expires_on,
           turn.class_set_id IS NOT NULL,
           (SELECT count(*) FROM circulation_reservation AS other
             WHERE other.title_id = turn.title_id AND other.state = 'waiting'
               AND (other.placed_at, other.id) < (turn.placed_at, turn.id))
      FROM circulation_reservation AS turn JOIN catalog_title AS title ON title.id = turn.title_id
     WHERE turn.reader_id = %s AND turn.state IN ('waiting', 'ready')
     ORDER BY turn.state = 'waiting', turn.placed_at, turn.id
"""


@dataclass(frozen=True)
class OwnLoan:
    """A book out; one from the book corner or for the room is given back where it came from."""

    line: LoanLine
    kind: str

    @property
    def can_renew(self) -> bool:
        return self.line.can_renew and self.kind == Loan.Kind.READER


@dataclass(frozen=True)
class OwnTurn:
    """A reservation; `before` counts who waits ahead, `expires_on` is the last day on the pick-up shelf."""

    pk: int
    title_id: int
    title: str
    state: str
    placed_at: date
    expires_on: date | None
    in_set: bool
    before: int


@dataclass(frozen=True)
class Own:
    """All of one reader that holds now."""

    loans: Sequence[OwnLoan]
    standing: ReaderStanding
    turns: Sequence[OwnTurn]

    @property
    def renewable(self) -> int:
        return sum(row.can_renew for row in self.loans)

    @property
    def late(self) -> int:
        return sum(row.line.days_late > 0 for row in self.loans)


def own(reader_id: int, today: date, reference: Reference) -> Own:
    """Books, standing and reservations of a reader. Three statements."""
    loans = [OwnLoan(loan_line(loan, today, reference), loan.kind) for loan in open_loans(readers=[reader_id])]
    return Own(loans, reader_standing(reader_id, today), _turns(reader_id))


@dataclass(frozen=True)
class OwnClass:
    """A class that somebody leads: what its pupils have out, and how much of it is overdue."""

    pk: int
    name: str
    out: int
    late: int


def own_classes(user: User, reference: Reference, today: date) -> list[OwnClass]:
    """The classes of a class teacher with what is out now; never whose it is. Two statements."""
    led = classes_of(user, today)
    if not led:
        return []
    current = ClassMembership.objects.filter(reader=OuterRef("reader"), until=None)
    loans = Loan.objects.filter(OPEN, kind__in=(Loan.Kind.READER, Loan.Kind.CORNER))
    loans = loans.annotate(now_in=Subquery(current.values("school_class")[:1])).filter(now_in__in=led)
    counted = loans.values("now_in").annotate(out=Count("pk"), late=Count("pk", filter=Q(due_on__lt=today))).order_by()
    found = {row["now_in"]: row for row in counted}
    names, nothing = class_names_on(reference, today), {"out": 0, "late": 0}
    rows = [(pk, found.get(pk, nothing)) for pk in sorted(led)]
    return [OwnClass(pk, names.get(pk, ""), row["out"], row["late"]) for pk, row in rows]


def _turns(reader_id: int) -> list[OwnTurn]:
    with connection.cursor() as cursor:
        cursor.execute(_TURNS, [reader_id])
        return [OwnTurn(*row) for row in cursor.fetchall()]


def own_charges(reader_id: int) -> QuerySet[Charge]:
    """What a reader owed and owes, the newest first, each with its `balance`, entries and book."""
    rows = Charge.objects.filter(reader_id=reader_id).select_related("copy__title")
    rows = rows.annotate(balance=Coalesce(Sum("entries__amount"), Decimal(0)))
    entries = ChargeEntry.objects.select_related("receipt").order_by("pk")
    return rows.prefetch_related(Prefetch("entries", queryset=entries)).order_by("-at", "-pk")
