"""How far a right reaches: the roles, the sets of them that pages share, and rows that are no set of roles."""

from dataclasses import dataclass
from enum import Enum

from library_site.models.users import Role

ADMINISTRATOR, LIBRARIAN, HELPER = Role.ADMINISTRATOR, Role.LIBRARIAN, Role.HELPER
CLASS_KEEPER, TEACHER, PRINCIPAL, STUDENT = Role.CLASS_KEEPER, Role.TEACHER, Role.PRINCIPAL, Role.STUDENT


class Open(Enum):
    """Rows that are not a set of roles."""

    PUBLIC = "public"  # anyone, logged in or not
    SEARCH = "search"  # anyone while the school keeps its catalogue public, else anyone logged in
    MEMBERS = "members"  # anyone logged in
    DEBUG = "debug"  # developers: only while settings.DEBUG


class Scope(Enum):
    """How far a right reaches, the widest first."""

    SCHOOL = "school"
    GRADE = "grade"
    CLASS = "class"  # the class that one is in, keeps, or is class teacher of
    OWN = "own"  # what is about oneself


@dataclass(frozen=True)
class Within:
    """Roles by how far their right reaches; other people's objects answer 404 (see `readers.queries.scope`)."""

    school: frozenset[Role] = frozenset()
    grade: frozenset[Role] = frozenset()
    own_class: frozenset[Role] = frozenset()
    own: frozenset[Role] = frozenset()

    def scope_of(self, roles: frozenset[str]) -> Scope | None:
        """The widest scope that one of the roles has; None for no right at all."""
        reach = ((Scope.SCHOOL, self.school), (Scope.GRADE, self.grade))
        near = ((Scope.CLASS, self.own_class), (Scope.OWN, self.own))
        return next((scope for scope, allowed in reach + near if not allowed.isdisjoint(roles)), None)


# A plain set of roles reaches the whole school.
Rule = Open | Within | frozenset[Role]

LIBRARY = frozenset({LIBRARIAN})
DESK = frozenset({LIBRARIAN, HELPER})
SELF_SERVICE = Within(own=frozenset({STUDENT, TEACHER}))
CORNER = Within(school=DESK, own_class=frozenset({CLASS_KEEPER, TEACHER}))
DESK_OR_OWN_CLASS = Within(school=DESK, own_class=frozenset({CLASS_KEEPER}))
OFFICE = frozenset({LIBRARIAN, ADMINISTRATOR})
LIBRARY_OR_CLASS_TEACHER = Within(school=LIBRARY, own_class=frozenset({TEACHER}))
BOOK_LISTS = frozenset({LIBRARIAN, TEACHER})
REPORTS = frozenset({LIBRARIAN, PRINCIPAL})
REPORTS_OR_CLASS_TEACHER = Within(school=REPORTS, own_class=frozenset({TEACHER}))
SETS = Within(school=LIBRARY, own=frozenset({TEACHER}))
OWN_SAY = Within(own=frozenset({STUDENT, TEACHER, HELPER, CLASS_KEEPER}))
SERVING = frozenset({HELPER, CLASS_KEEPER})
ACTIVITY_EDITORS = frozenset({LIBRARIAN, TEACHER})
JUDGING = frozenset({LIBRARIAN, TEACHER, PRINCIPAL})
