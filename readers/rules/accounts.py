"""Who may manage which account, and what speaks against an act on one."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from library_site.authentication import PUPIL_ROLES
from library_site.models import Role, User
from library_site.shared.problems import Problem
from readers.models import Reader

NOT_YOURS = Problem("not_yours", _("Only an administrator manages accounts of staff."))
NAME_TAKEN = Problem("name_taken", _("There is an account of this name already."), field="username")
HAS_ACCOUNT = Problem("has_account", _("This reader has an account already."), field="person")
NO_NUMBER = Problem("no_number", _("Neither a school number nor a card: give one first."))
LAST_ADMINISTRATOR = Problem(
    "last_administrator",
    _("This is the only administrator who can log in."),
    _("Make somebody else an administrator first."),
    field="roles",
)
OWN_ACCOUNT = Problem("own_account", _("You cannot close your own account."), field="is_active")


def is_pupils(roles: Collection[str]) -> bool:
    """Whether an account of these roles is a pupil's, or the desk computer's."""
    return bool(roles) and PUPIL_ROLES.issuperset(roles)


def roles_managed_by(by: User) -> list[Role]:
    """The roles that `by` may give: all for an administrator, those of pupils for a librarian."""
    if by.has_role(Role.ADMINISTRATOR):
        return list(Role)
    return [role for role in Role if role in PUPIL_ROLES] if by.has_role(Role.LIBRARIAN) else []


def role_of(reader: Reader) -> Role:
    """The role that the account of a reader begins with."""
    return Role.STUDENT if reader.category == Reader.Category.STUDENT else Role.TEACHER


def may_open_account(by: User, reader: Reader) -> bool:
    """Whether the reader's page offers `by` to open an account for whoever is at the school and has none."""
    is_here = reader.status == Reader.Status.ACTIVE and reader.account_id is None
    return is_here and role_of(reader) in roles_managed_by(by)


def may_manage(by: User, account: User) -> bool:
    """Whether `by` may see, change and reset the account."""
    return by.has_role(Role.ADMINISTRATOR) or (by.has_role(Role.LIBRARIAN) and is_pupils(account.roles))


def change_problems(
    account: User, *, roles: Collection[str], is_active: bool, by: User, other_administrators: int
) -> list[Problem]:
    """What speaks against giving the account these roles and this state."""
    if not may_manage(by, account) or not set(roles) <= {*account.roles, *roles_managed_by(by)}:
        return [NOT_YOURS]
    problems = []
    stays = is_active and Role.ADMINISTRATOR in roles
    if account.is_active and account.has_role(Role.ADMINISTRATOR) and not stays and not other_administrators:
        problems.append(LAST_ADMINISTRATOR)
    if account.pk == by.pk and not is_active:
        problems.append(OWN_ACCOUNT)
    return problems
