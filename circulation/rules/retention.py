"""How long it stays known who borrowed what, and what of a person's data is forgotten with it."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext_lazy as _

from library_site.models import Role, User
from library_site.shared.problems import Problem
from readers.models import Reader, SchoolYear

# What an erased person is called, in every language and in every list that still counts them.
ERASED_NAME = "已删除"

# Personal columns of history tables, emptied once the row is as old as the school keeps loans.
# {tracked model: its columns}; `docs/personal-data.md` names them with their reasons.
BLANKED: dict[str, tuple[str, ...]] = {
    "library_site.User": ("username", "name"),
    "readers.Reader": ("name", "number", "pinyin", "initials", "note"),
    "readers.CommendationChoice": ("reason",),
    "readers.DevelopmentRecord": ("person", "note"),
    "readers.LeadingGroupMember": ("name", "post", "duty"),
    "readers.Meeting": ("minutes", "also_present"),
    "readers.RegulationStudy": ("led_by",),
}


def forget_before(years: Iterable[SchoolYear], *, current: SchoolYear, keep: int) -> date:
    """The first day that is kept: `keep` full school years before the current one are.

    A year that was never entered begins on the day and month on which the current one began.
    """
    wanted = current.start_year - keep
    entered = next((year.starts_on for year in years if year.start_year == wanted), None)
    return entered or current.starts_on.replace(year=current.starts_on.year - keep)


def erasure_problems(reader: Reader, *, out: int, unsettled: bool = False, waits: bool = False) -> list[Problem]:
    """Why this person cannot be erased now; `out` is how many books they have, `waits` for a reserved title."""
    problems = []
    if out:
        problems.append(Problem("something_out", _("Books are still out: take them back first.")))
    if unsettled:
        problems.append(Problem("unsettled", _("Money is still owed or to be paid back: settle it first.")))
    if waits:
        problems.append(Problem("waits", _("A reservation is still open: cancel it first.")))
    if reader.status != Reader.Status.LEFT:
        problems.append(Problem("still_here", _("Only who has left the school is erased: record the leaving first.")))
    if reader.name == ERASED_NAME:
        problems.append(Problem("erased_before", _("This person was erased before.")))
    if reader.account is not None and reader.account.has_role(Role.ADMINISTRATOR, Role.LIBRARIAN):
        problems.append(Problem("account_in_office", _("The account is a librarian's or administrator's.")))
    return problems


def erased_username(account: User) -> str:
    """An account name that says nothing and is nobody else's."""
    return f"erased-{account.pk}"
