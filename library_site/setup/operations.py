"""Sets the school up: once, all or nothing."""

from django.db import IntegrityError

from catalog.models import Location
from circulation.models import LoanPolicy, OpeningHours
from library_site.audit import act
from library_site.models import Role, School, User
from library_site.setup.plan import Account, Plan
from readers.models import Grade, SchoolClass, SchoolYear, Semester
from readers.rules.naming import default_grades


class AlreadySetUp(Exception):
    """Somebody else finished the first start in the meantime; nothing of this plan was written."""


def set_up_school(plan: Plan, *, address: str | None = None) -> User:
    """Writes the school, its year, grades and classes, rules, hours, place, and the first account, which it returns.

    Refused with `AlreadySetUp` if the school exists: of two people who finish at once, one wins.
    """
    try:
        with act("set_up_school", by=None, address=address):
            # First of all: whoever comes second waits here, and is refused when the first commits.
            School.objects.create(pk=1, name=plan.name, stages=plan.stages, system=plan.system)
            _write_year(plan)
            _write_classes(plan)
            _write_lending(plan)
            return _write_account(plan.account)
    except IntegrityError:
        if School.objects.exists():
            raise AlreadySetUp from None
        raise


def _write_year(plan: Plan) -> None:
    dates = plan.year
    year = SchoolYear.objects.create(start_year=dates.begins.year, starts_on=dates.begins, ends_on=dates.ends)
    for number, (starts_on, ends_on) in enumerate((dates.first, dates.second), start=1):
        Semester.objects.create(school_year=year, number=number, starts_on=starts_on, ends_on=ends_on)


def _write_classes(plan: Plan) -> None:
    Grade.objects.bulk_create(
        Grade(stage=stage, position=position, name=name)
        for stage, position, name in default_grades(plan.stages, plan.system)
    )
    SchoolClass.objects.bulk_create(
        SchoolClass(stage=stage, entry_year=plan.year.begins.year - position + 1, number=number)
        for (stage, position), count in plan.classes.items()
        for number in range(1, count + 1)
    )


def _write_lending(plan: Plan) -> None:
    LoanPolicy.objects.bulk_create(
        LoanPolicy(
            category=rule.category,
            max_loans=rule.max_loans,
            loan_days=rule.loan_days,
            effective_from=plan.year.begins,
        )
        for rule in plan.loan_rules
    )
    OpeningHours.objects.bulk_create(
        OpeningHours(weekday=span.weekday, opens=span.opens, closes=span.closes) for span in plan.opening
    )
    Location.objects.create(name=plan.location)


def _write_account(account: Account) -> User:
    return User.objects.create_user(
        username=account.username,
        name=account.name,
        roles=[Role.ADMINISTRATOR, Role.LIBRARIAN],
        password=account.password,
    )
