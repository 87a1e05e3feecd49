"""Who may open what: one row per URL name, denied unless a row allows it.

The page "Roles and rights" shows this table and a test walks every URL with every role against it.
"""

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
ADMIN = frozenset({ADMINISTRATOR})
SETS = Within(school=LIBRARY, own=frozenset({TEACHER}))
SERVING = frozenset({HELPER, CLASS_KEEPER})

ACCESS: dict[str, Rule] = {
    "home": Open.MEMBERS,
    "options": OFFICE,
    "login": Open.PUBLIC,
    "logout": Open.MEMBERS,
    "password": Open.MEMBERS,
    "first_password": Open.MEMBERS,
    "set_language": Open.PUBLIC,
    "first_start": Open.PUBLIC,  # answers 404 once the school is set up
    "style": Open.DEBUG,
    "settings": OFFICE | REPORTS,
    "audit": OFFICE,
    "export_audit": OFFICE,  # every export of people's data is itself in the audit log
    "accounts:roles": Open.MEMBERS,
    # Accounts of staff are 404 to the librarian.
    "accounts:accounts": OFFICE,
    "accounts:export": OFFICE,
    "accounts:new": OFFICE,
    "accounts:account": OFFICE,
    "accounts:reset": OFFICE,
    "accounts:classes": OFFICE,
    "accounts:class_codes": OFFICE,
    "accounts:self_service": OFFICE,
    "accounts:for_reader": OFFICE,
    "circulation:desk": DESK,
    "circulation:scan": DESK_OR_OWN_CLASS,
    "circulation:open_reader": DESK_OR_OWN_CLASS,
    "circulation:lend": DESK_OR_OWN_CLASS,
    "circulation:renew": DESK_OR_OWN_CLASS,
    "circulation:renew_all": DESK_OR_OWN_CLASS,
    "circulation:renew_instead": DESK_OR_OWN_CLASS,
    "circulation:undo": DESK_OR_OWN_CLASS,
    "circulation:duty": DESK_OR_OWN_CLASS,
    # Helpers empty the book drop; dating back and amnesties are the librarian's.
    "circulation:mode": DESK,
    "circulation:mode_longer": DESK,
    "circulation:mode_end": DESK,
    "circulation:board": DESK_OR_OWN_CLASS,
    "circulation:my_class": Within(own_class=frozenset({CLASS_KEEPER})),
    "circulation:sheet": Within(school=DESK, own_class=frozenset({CLASS_KEEPER, TEACHER})),
    "circulation:out": Within(school=DESK, own_class=frozenset({CLASS_KEEPER, TEACHER})),
    # Pupils who help see the list; they do not carry it away.
    "circulation:export_out": Within(school=LIBRARY, own_class=frozenset({TEACHER})),
    "boxes:boxes": DESK,
    "boxes:box": DESK,
    "boxes:scan": DESK,
    "boxes:put_in": DESK,
    "boxes:undo": DESK,
    "boxes:pile": DESK,
    "boxes:contents": DESK,
    "boxes:history": DESK,
    "boxes:new": LIBRARY,
    "boxes:edit": LIBRARY,
    "boxes:place": LIBRARY,
    "boxes:end": LIBRARY,
    "boxes:due": LIBRARY,
    "boxes:swap": LIBRARY,
    "boxes:rotate": LIBRARY,
    "boxes:my_corner": Within(own_class=frozenset({CLASS_KEEPER, TEACHER})),
    "boxes:corner": CORNER,
    "boxes:corner_scan": CORNER,
    "boxes:corner_open": CORNER,
    "boxes:corner_lend": CORNER,
    "boxes:corner_undo": CORNER,
    "boxes:sheet": CORNER,
    "boxes:key_in": CORNER,
    "boxes:own_books": CORNER,
    "boxes:own_book_back": CORNER,
    "lending:hub": LIBRARY,
    # Class teachers see and print their own class's.
    "overdue:overdue": LIBRARY_OR_CLASS_TEACHER,
    "overdue:export": LIBRARY_OR_CLASS_TEACHER,
    "overdue:slips": LIBRARY_OR_CLASS_TEACHER,
    "overdue:chat": LIBRARY_OR_CLASS_TEACHER,
    "overdue:remind": LIBRARY_OR_CLASS_TEACHER,
    "overdue:recall": LIBRARY_OR_CLASS_TEACHER,
    "overdue:letters": LIBRARY,
    "overdue:clear": LIBRARY,
    "overdue:totals": REPORTS,
    "overdue:export_totals": REPORTS,
    "day:closing": LIBRARY,
    "day:exceptions": LIBRARY,
    "in_room:overview": DESK,
    "in_room:hand_out": DESK_OR_OWN_CLASS,
    "in_room:back": DESK,
    "blocks:overview": LIBRARY,
    "blocks:reader": LIBRARY,
    "blocks:block": LIBRARY,
    "blocks:unblock": LIBRARY,
    "blocks:lift": LIBRARY,
    "own:overview": SELF_SERVICE,
    "own:history": SELF_SERVICE,
    "own:charges": SELF_SERVICE,
    "own:renew": SELF_SERVICE,
    "own:renew_all": SELF_SERVICE,
    "own:reserve": SELF_SERVICE,
    "own:cancel": SELF_SERVICE,
    "privacy:history": LIBRARY,  # nobody else: neither class teachers nor helpers nor the principal
    "privacy:export": LIBRARY,
    "privacy:erase": LIBRARY,
    "privacy:retention": OFFICE,
    "imports:overview": OFFICE,
    "imports:upload": OFFICE,
    "imports:run": OFFICE,
    "imports:columns": OFFICE,
    "imports:progress": OFFICE,
    "imports:choose": OFFICE,
    "imports:apply": OFFICE,
    "imports:retry": OFFICE,
    "imports:discard": OFFICE,
    "imports:bad_rows": OFFICE,
    # Downloading and restoring ask for the password again.
    "backups:overview": OFFICE,
    "backups:make": OFFICE,
    "backups:progress": OFFICE,
    "backups:upload": OFFICE,
    "backups:backup": OFFICE,
    "backups:check": OFFICE,
    "backups:download": OFFICE,
    "backups:restore": OFFICE,
    "backups:restoring": OFFICE,
    "backups:restoring_state": OFFICE,
    "labels:labels": OFFICE,
    "labels:list": OFFICE,
    "labels:printed": OFFICE,
    "labels:undo": OFFICE,
    "labels:numbers": OFFICE,
    "labels:stocks": OFFICE,
    "labels:usual_stocks": OFFICE,
    "labels:stock_new": OFFICE,
    "labels:stock": OFFICE,
    "labels:stock_away": OFFICE,
    "labels:stock_test": OFFICE,
    "labels:stock_css": OFFICE,
    "labels:signs": OFFICE,
    "records:hub": LIBRARY,
    "records:new": LIBRARY,
    "records:isbn": LIBRARY,
    "records:edit": LIBRARY,
    "fast_lane:page": LIBRARY,
    "fast_lane:scan": LIBRARY,
    "fast_lane:open": LIBRARY,
    "fast_lane:undo": LIBRARY,
    "copies:of_title": LIBRARY,
    "copies:add": LIBRARY,
    "copies:copy": LIBRARY,
    "copies:barcode": LIBRARY,
    "copies:state": LIBRARY,
    "copies:delete": LIBRARY,
    "copies:move": LIBRARY,
    "copies:sets": LIBRARY,
    "copies:export_sets": LIBRARY,
    "batches:batches": LIBRARY,
    "batches:export": LIBRARY,
    "batches:export_copies": LIBRARY,
    "batches:new": LIBRARY,
    "batches:batch": LIBRARY,
    "batches:edit": LIBRARY,
    "batches:delete": LIBRARY,
    "lists:index": BOOK_LISTS,
    "lists:export_index": BOOK_LISTS,
    "lists:export_hits": BOOK_LISTS,
    "lists:shelf_list": LIBRARY,
    "lists:export_shelf_list": LIBRARY,
    "lists:accession_list": LIBRARY,
    "lists:export_accession_list": LIBRARY,
    "places:overview": OFFICE,
    "places:new": OFFICE,
    "places:place": OFFICE,
    "places:remove": OFFICE,
    "places:add_shelf": OFFICE,
    "places:shelf": OFFICE,
    "places:shelf_away": OFFICE,
    "records:merge": LIBRARY,
    "records:delete": LIBRARY,
    "catalog:search": Open.SEARCH,
    "catalog:title": Open.SEARCH,
    "covers:image": Open.SEARCH,
    "covers:edit": LIBRARY,
    "covers:from_record": LIBRARY,
    "covers:remove": LIBRARY,
    "sru:lookup": LIBRARY,
    "sru:overview": OFFICE,
    "sru:new": OFFICE,
    "sru:public": OFFICE,
    "sru:server": OFFICE,
    "sru:move": OFFICE,
    "sru:test": OFFICE,
    "sru:remove": OFFICE,
    "marc:export": LIBRARY,
    "clc:find": LIBRARY,
    "clc:tree": LIBRARY,
    "clc:branch": LIBRARY,
    "clc:class": LIBRARY,
    "clc:queue": LIBRARY,
    "clc:accept": LIBRARY,
    "clc:take_back": LIBRARY,
    "reservations:shelf": LIBRARY,
    "reservations:set_aside": LIBRARY,
    "reservations:by_class": Within(school=LIBRARY, own_class=frozenset({TEACHER})),
    "reservations:slips": LIBRARY,
    "reservations:slip": DESK,  # the return that completes a reservation leads here
    "reservations:waiting": LIBRARY,
    "reservations:queue": LIBRARY,
    "reservations:reserve": LIBRARY,
    "reservations:cancel": LIBRARY,
    "reservations:done": LIBRARY,
    "reservations:sets": SETS,
    "reservations:set_new": SETS,
    "reservations:set": SETS,
    "reservations:set_end": SETS,
    "reservations:set_lend": LIBRARY,
    "loan_rules:rules": OFFICE,
    "loan_rules:new": OFFICE,
    "loan_rules:edit": OFFICE,
    "loan_rules:delete": OFFICE,
    "calendar:year": OFFICE,
    "calendar:day": OFFICE,
    "calendar:closures": OFFICE,
    "calendar:closure_new": OFFICE,
    "calendar:closure": OFFICE,
    "calendar:closure_away": OFFICE,
    "calendar:due": OFFICE,
    "calendar:hours": OFFICE,
    "calendar:hours_of": OFFICE,
    "calendar:recalls": OFFICE,
    "calendar:recall": OFFICE,
    "calendar:holidays": OFFICE,
    "calendar:options": OFFICE,
    "charges:overview": LIBRARY,
    "charges:export": LIBRARY,
    "charges:account": LIBRARY,
    "charges:charge": LIBRARY,
    "charges:waive": LIBRARY,
    "charges:replace": LIBRARY,
    "charges:mended": LIBRARY,
    "charges:pay_back": LIBRARY,
    "charges:take_back": LIBRARY,
    "charges:lost": LIBRARY,
    "charges:damaged": LIBRARY,
    "charges:receipts": LIBRARY,
    "charges:export_receipts": LIBRARY,
    "charges:receipt": LIBRARY,
    "charges:finance_number": LIBRARY,
    "charges:take_back_receipt": LIBRARY,
    "charges:cash": LIBRARY,
    "charges:count": LIBRARY,
    "charges:rates": OFFICE,
    "charges:new_degree": OFFICE,
    "charges:degree": OFFICE,
    "charges:degree_away": OFFICE,
    "clc:reclass": LIBRARY,
    "clc:reclassings": LIBRARY,
    "clc:reclassing": LIBRARY,
    # When classes come hangs on the wall.
    "timetable:timetable": Open.MEMBERS,
    "timetable:wall": Open.MEMBERS,
    "timetable:classes": Open.MEMBERS,
    "timetable:missed": REPORTS,
    "timetable:export_missed": REPORTS,
    "timetable:add": LIBRARY,
    "timetable:begin": LIBRARY,
    "timetable:period": LIBRARY,
    "timetable:remove": LIBRARY,
    "visits:page": DESK,
    "visits:scan": DESK,
    "visits:of_class": DESK,
    "visits:void": DESK,
    "visits:periods": Within(school=REPORTS, own=frozenset({TEACHER})),
    "visits:export_periods": Within(school=REPORTS, own=frozenset({TEACHER})),
    "visits:new_period": Within(school=LIBRARY, own=frozenset({TEACHER})),
    "visits:remove": Within(school=LIBRARY, own=frozenset({TEACHER})),
    "visits:figures": REPORTS,
    "visits:export_figures": REPORTS,
    "reports:glance": REPORTS,
    "readers:readers": LIBRARY,
    "readers:export_readers": LIBRARY,
    "readers:reader": LIBRARY,
    "readers:new_reader": LIBRARY,
    "readers:edit_reader": LIBRARY,
    "readers:cards": LIBRARY,
    "readers:export_cards": LIBRARY,
    "readers:issue_cards": LIBRARY,
    "readers:print_cards": LIBRARY,
    "readers:new_card": LIBRARY,
    "readers:card_lost": LIBRARY,
    "readers:card_found": LIBRARY,
    "readers:years": OFFICE,
    "readers:year": OFFICE,
    "readers:grades": OFFICE,
    "readers:school_class": OFFICE,
    "readers:move": LIBRARY,
    "leaving:overview": LIBRARY,
    "leaving:grade": LIBRARY,
    "leaving:sheets": LIBRARY,
    "leaving:slips": LIBRARY,
    "leaving:reader": LIBRARY,
    "leaving:undo": LIBRARY,
    "people:group": REPORTS,
    "people:meetings": REPORTS,
    "people:meeting": REPORTS,
    "people:rules": REPORTS,
    "people:rule": REPORTS,
    "people:study": REPORTS,
    "people:development": REPORTS,
    "people:member_new": LIBRARY,
    "people:member": LIBRARY,
    "people:meeting_new": LIBRARY,
    "people:meeting_edit": LIBRARY,
    "people:rule_new": LIBRARY,
    "people:preset_rules": LIBRARY,
    "people:rule_edit": LIBRARY,
    "people:study_add": LIBRARY,
    "people:study_away": LIBRARY,
    "people:record_new": LIBRARY,
    "people:record": LIBRARY,
    "people:record_away": LIBRARY,
    "helpers:overview": REPORTS,
    "helpers:export": REPORTS,
    "helpers:training": REPORTS,
    "helpers:commendation": REPORTS,
    "helpers:certificates": LIBRARY,
    "helpers:roster": REPORTS | SERVING,
    "helpers:wall": REPORTS | SERVING,
    "helpers:service": REPORTS | {HELPER},
    "helpers:clock": DESK,
    "helpers:own": Within(own=SERVING),
    "helpers:choose": LIBRARY,
    "helpers:again": LIBRARY,
    "helpers:release": LIBRARY,
    "helpers:end": LIBRARY,
    "helpers:proposals": LIBRARY,
    "helpers:tick": LIBRARY,
    "helpers:item_new": LIBRARY,
    "helpers:item": LIBRARY,
    "helpers:preset_items": LIBRARY,
    "helpers:add": LIBRARY,
    "helpers:remove": LIBRARY,
    "helpers:swap": LIBRARY,
    "helpers:period_new": LIBRARY,
    "helpers:period": LIBRARY,
    "helpers:period_away": LIBRARY,
    "helpers:preset_periods": LIBRARY,
    "helpers:service_add": LIBRARY,
    "helpers:service_remove": LIBRARY,
    "helpers:commend": LIBRARY,
    "helpers:options": LIBRARY,
}


def scope_of(url_name: str, roles: frozenset[str]) -> Scope | None:
    """How far someone with these roles reaches on a page that names roles; None if no role of theirs opens it."""
    rule = ACCESS.get(url_name)
    if isinstance(rule, frozenset):
        rule = Within(school=rule)
    return rule.scope_of(roles) if isinstance(rule, Within) else None


def may_open(url_name: str, roles: frozenset[str] | None, *, public_search: bool, debug: bool) -> bool:
    """Whether someone with these roles (None: not logged in) may open the URL. Unknown URLs are denied."""
    match ACCESS.get(url_name):
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
    return roles is not None and scope_of(url_name, roles) is not None
