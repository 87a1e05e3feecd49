"""Who may open what: one row per URL name, denied unless a row allows it.

The page "Roles and rights" shows this table and a test walks every URL with every role against it.
"""

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


Rule = Open | frozenset[Role]

LIBRARY = frozenset({LIBRARIAN})
DESK = frozenset({LIBRARIAN, HELPER})
OFFICE = frozenset({LIBRARIAN, ADMINISTRATOR})
REPORTS = frozenset({LIBRARIAN, PRINCIPAL})

ACCESS: dict[str, Rule] = {
    "home": Open.MEMBERS,
    "login": Open.PUBLIC,
    "logout": Open.MEMBERS,
    "password": Open.MEMBERS,
    "set_language": Open.PUBLIC,
    "first_start": Open.PUBLIC,  # answers 404 once the school is set up
    "style": Open.DEBUG,
    "circulation:desk": DESK,
    "circulation:scan": DESK,
    "circulation:open_reader": DESK,
    "circulation:lend": DESK,
    "circulation:renew": DESK,
    "circulation:renew_all": DESK,
    "circulation:renew_instead": DESK,
    "circulation:undo": DESK,
    "circulation:board": DESK,
    "circulation:sheet": DESK,
    "circulation:out": DESK,
    "imports:overview": OFFICE,
    "imports:upload": OFFICE,
    "imports:run": OFFICE,
    "imports:columns": OFFICE,
    "imports:progress": OFFICE,
    "imports:apply": OFFICE,
    "imports:retry": OFFICE,
    "imports:discard": OFFICE,
    "imports:bad_rows": OFFICE,
    "catalog:labels": OFFICE,
    "catalog:search": Open.SEARCH,
    "catalog:title": Open.SEARCH,
    "reports:glance": REPORTS,
    "readers:readers": LIBRARY,
    "readers:reader": LIBRARY,
}


def may_open(url_name: str, roles: frozenset[str] | None, *, public_search: bool, debug: bool) -> bool:
    """Whether someone with these roles (None: not logged in) may open the URL. Unknown URLs are denied."""
    rule = ACCESS.get(url_name)
    match rule:
        case None:
            return False
        case Open.PUBLIC:
            return True
        case Open.SEARCH:
            return public_search or roles is not None
        case Open.MEMBERS:
            return roles is not None
        case Open.DEBUG:
            return debug
    return roles is not None and not rule.isdisjoint(roles)
