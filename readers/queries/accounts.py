"""Reads about accounts: the list, the pupils of a class, how far each class has come."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from library_site.authentication import PUPIL_ROLES
from library_site.models import Role, User
from library_site.shared.reference import Reference
from readers.models import Card, ClassMembership, Reader
from readers.queries.classes import NamedClass, classes_on
from readers.queries.enrolment import enrolled_on

CODE = Q(code_until__isnull=False)
NO_PASSWORD = Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)
STATES = {
    "closed": Q(is_active=False),
    "code": Q(is_active=True) & CODE,
    "own": Q(is_active=True) & ~CODE & ~NO_PASSWORD,
}


@dataclass(frozen=True)
class PupilAccount:
    """A pupil and what the account has come to; `username` is what a new account would be called."""

    reader: Reader
    account: User | None
    username: str
    has_password: bool


@dataclass(frozen=True)
class ClassProgress:
    """How many pupils of a class have an account, a code, a password of their own."""

    school_class: NamedClass
    pupils: int
    codes: int
    passwords: int


def list_accounts(by: User, *, text: str = "", role: str = "", state: str = "") -> QuerySet[User]:
    """The accounts that `by` manages, by name of the account; `state` is a key of `STATES`. One statement a page."""
    rows = User.objects.select_related("reader")
    if not by.has_role(Role.ADMINISTRATOR):
        rows = rows.filter(roles__contained_by=list(PUPIL_ROLES)).exclude(roles=[])
    if text:
        plain = text.strip()
        rows = rows.filter(Q(username__startswith=plain.lower()) | Q(name__contains=plain))
    if role:
        rows = rows.filter(roles__contains=[role])
    if state:
        rows = rows.filter(STATES[state])
    current = ClassMembership.objects.filter(reader__account=OuterRef("pk"), until=None)
    return rows.annotate(class_id=Subquery(current.values("school_class_id")[:1])).order_by("username")


def pupils_of_class(class_id: int, day: date) -> list[PupilAccount]:
    """The pupils of a class by number and name. One statement."""
    card = Card.objects.filter(reader=OuterRef("pk"), status=Card.Status.VALID)
    members = enrolled_on(day).filter(school_class_id=class_id)
    rows = Reader.objects.filter(pk__in=members.values("reader_id")).select_related("account")
    rows = rows.annotate(card_number=Subquery(card.values("barcode")[:1])).order_by("number", "name", "pk")
    return [_pupil(row) for row in rows]


def progress_of_classes(reference: Reference, day: date) -> list[ClassProgress]:
    """Every class that is at the school, with how many of its pupils can log in. One statement."""
    code = Q(reader__account__code_until__isnull=False)
    unusable = Q(reader__account__password__startswith=UNUSABLE_PASSWORD_PREFIX)
    own = Q(reader__account__isnull=False) & ~code & ~unusable
    rows = enrolled_on(day).values("school_class_id").annotate(
        pupils=Count("pk"), codes=Count("pk", filter=code), passwords=Count("pk", filter=own)
    )  # fmt: skip
    found = {row["school_class_id"]: row for row in rows}
    nothing = {"pupils": 0, "codes": 0, "passwords": 0}
    counted = [(named, found.get(named.pk, nothing)) for named in classes_on(reference, day)]
    return [ClassProgress(named, row["pupils"], row["codes"], row["passwords"]) for named, row in counted]


def reader_of_number(text: str) -> Reader | None:
    """The reader of a school number or of a valid card."""
    plain = text.strip()
    return Reader.objects.filter(
        Q(number=plain) | Q(cards__barcode=plain, cards__status=Card.Status.VALID), status=Reader.Status.ACTIVE
    ).first()


def _pupil(row: Reader) -> PupilAccount:
    account = row.account
    has_password = account is not None and account.code_until is None and account.has_usable_password()
    username = (row.number or row.card_number or "").strip().lower()  # type: ignore[attr-defined]
    return PupilAccount(row, account, username, has_password)
