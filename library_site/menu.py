"""The menu: what each role finds at the top of a page and as tiles at home, in the order of a day's work."""

from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from library_site.access import may_open
from library_site.queries import school


class Entry(NamedTuple):
    """One page of the menu, shown to those who may open it. `lead` is the tile's one line at home."""

    name: str  # URL name
    text: str | Promise
    icon: str  # of bootstrap-icons, without "bi-"
    lead: str | Promise = ""
    rooms: frozenset[str] = frozenset()  # namespaces and URL names that belong to it, wherever their addresses begin
    unless: str = ""  # left out for those who may open this URL name, which leads there too


CATALOGUING = frozenset({"fast_lane", "copies", "batches", "labels", "covers", "marc", "clc", "lists", "sru"})
LENDING = frozenset(
    {
        "lending",
        "reservations",
        "boxes",
        "in_room",
        "overdue",
        "charges",
        "visits",
        "timetable",
        "blocks",
        "day",
        "circulation:out",
    }
)
REPORTING = frozenset(
    {
        "semester_report",
        "goals",
        "class_report",
        "pupil_records",
        "standards",
        "collection",
        "worklog",
        "care",
        "plans",
        "summaries",
        "inspection",
        "overdue:totals",
    }
)
READING = frozenset(
    {
        "reading", "activities", "groups", "entries", "judging", "results", "booklists", "bulletin", "posters",
        "quotas", "notes", "wall", "consents", "challenges", "awards", "honours", "certificates", "quizzes",
        "questions", "drift",
        "donations", "suggestions", "board", "surveys", "material", "library", "news",
    }
)  # fmt: skip
YEARLY = frozenset({"imports", "backups", "accounts", "leaving"})

ENTRIES: list[Entry] = [
    Entry("circulation:desk", _("Front desk"), "upc-scan", _("Lend and return by scanner.")),
    Entry("circulation:my_class", _("My class"), "grid-3x3-gap", _("Lend to your class and take its books back.")),
    Entry("boxes:my_corner", _("Book corner"), "box-seam", _("Lend from the book corner of your class.")),
    Entry("lending:hub", _("Circulation"), "arrow-left-right", _("Who has what, and all around lending."), LENDING),
    Entry(
        "circulation:out",
        _("Who has what"),
        "list-check",
        _("Books out, class by class, to print."),
        frozenset({"overdue"}),
        unless="lending:hub",
    ),
    Entry(
        "boxes:boxes",
        _("Class boxes"),
        "box-seam",
        _("Boxes that stand with classes, and book corners."),
        unless="lending:hub",
    ),
    Entry("catalog:search", _("Find books"), "search", _("By title, author, pinyin, ISBN or call number.")),
    Entry("readers:readers", _("Readers"), "people", _("Pupils, teachers and their cards.")),
    Entry("helpers:own", _("My duty"), "person-check", _("Duties, hours and training.")),
    Entry(
        "visits:page",
        _("Count visits"),
        "person-check",
        _("Who comes to the library, by card or class."),
        unless="lending:hub",
    ),
    Entry(
        "visits:periods",
        _("Reading periods"),
        "journal-text",
        _("Periods that classes had in the library."),
        frozenset({"visits", "timetable"}),
        unless="lending:hub",
    ),
    Entry(
        "class_report:own",
        _("My class's reading"),
        "bar-chart",
        _("Figures of your class, who has borrowed nothing, term report."),
        frozenset({"class_report", "pupil_records"}),
        unless="reports:dashboard",
    ),
    Entry(
        "library:home",
        _("The library"),
        "house-heart",
        _("Hours, news, new books, activities."),
        READING,
        unless="reading:hub",
    ),
    Entry("reading:hub", _("Reading activities"), "stars", _("Activities, booklists, notes, your say."), READING),
    Entry("reports:dashboard", _("Reports"), "bar-chart", _("Dashboard, figures, plans, what is printed."), REPORTING),
    Entry(
        "records:hub",
        _("Cataloguing"),
        "journal-plus",
        _("New books, classes, labels, records."),
        CATALOGUING,
    ),
    Entry("own:overview", _("My books"), "book", _("What I have out, renew, reserve, what I had.")),
    Entry("settings", _("Management"), "sliders", _("Imports, accounts, and what is set up once a year."), YEARLY),
]

# The page "Management": what is needed now and then, by subject.
SETTINGS: list[tuple[str | Promise, list[Entry]]] = [
    (
        _("People"),
        [
            Entry("helpers:overview", _("Helpers"), "person-badge", _("Appointments, duty roster, commendation.")),
            Entry("people:group", _("Leading group"), "diagram-3", _("Who answers for the library.")),
            Entry("people:meetings", _("Meetings"), "chat-square-text", _("Minutes and attendance.")),
            Entry("people:rules", _("Rules"), "file-earmark-text", _("Texts for the wall, and who studied them.")),
        ],
    ),
    (
        _("Data"),
        [
            Entry(
                "imports:overview",
                _("Imports"),
                "file-earmark-spreadsheet",
                _("Holdings and rosters from Excel or CSV."),
            ),
            Entry("sru:overview", _("Library servers"), "hdd-network", _("Whose records are copied for new books.")),
            Entry("backups:overview", _("Backups"), "safe", _("Make, check, download and restore.")),
        ],
    ),
    (
        _("School year"),
        [
            Entry(
                "readers:years",
                _("School years and classes"),
                "calendar3",
                _("Semesters, new classes, class teachers."),
            ),
            Entry(
                "leaving:overview", _("Leaving and graduation"), "box-arrow-right", _("Who leaves, and what is out.")
            ),
        ],
    ),
    (
        _("Lending"),
        [
            Entry("loan_rules:rules", _("Loan rules"), "journal-check", _("How many books, how long, from when on.")),
            Entry("charges:rates", _("Prices and damage"), "tag", _("What lost and damaged books cost.")),
            Entry("calendar:year", _("Opening days"), "calendar-week", _("Calendar, closures, hours, recall dates.")),
            Entry("calendar:options", _("Options of lending"), "sliders2", _("Pick-up shelf, card fee, goals.")),
        ],
    ),
    (
        _("The school"),
        [
            Entry("options", _("Options of the school"), "gear", _("Name, front desk, open catalogue, numbers.")),
            Entry("places:overview", _("Places and shelves"), "signpost-split", _("Rooms, shelves, how to get there.")),
        ],
    ),
    (
        _("Accounts and rights"),
        [
            Entry(
                "accounts:accounts",
                _("Accounts"),
                "person-badge",
                _("Who can log in; new passwords."),
            ),
            Entry("accounts:classes", _("First-login codes"), "key", _("A sheet to cut, for a whole class.")),
            Entry("accounts:self_service", _("Grades that log in"), "door-open", _("Whose pupils have self-service.")),
            Entry("accounts:roles", _("Roles and rights"), "shield-check", _("Who may do what, in one table.")),
            Entry("audit", _("Audit log"), "clock-history", _("Who changed what, when and from where.")),
            Entry(
                "privacy:retention",
                _("Keeping and forgetting"),
                "hourglass-bottom",
                _("How long it stays known who borrowed what."),
            ),
        ],
    ),
]


class MenuItem(NamedTuple):
    """An entry as drawn: `current` is the page itself, `active` also the pages below it."""

    url: str
    text: str
    icon: str
    lead: str
    active: bool
    current: bool


def menu_for(request: HttpRequest) -> list[MenuItem]:
    """The entries this person may open; active is the one whose room the page is in.

    Else, of those whose address begins that of the page, the longest.
    """
    return drawn(ENTRIES, request)


def settings_for(request: HttpRequest) -> list[tuple[str, list[MenuItem]]]:
    """The groups of the page "Management" with the entries this person may open; empty groups are left out."""
    groups = [(str(title), drawn(entries, request)) for title, entries in SETTINGS]
    return [(title, items) for title, items in groups if items]


def drawn(entries: list[Entry], request: HttpRequest) -> list[MenuItem]:
    """Those of the entries that this person may open."""
    roles = frozenset(request.user.roles) if request.user.is_authenticated else None
    options = school(request.reference)  # type: ignore[attr-defined]
    public_search = options is not None and options.public_search

    def opens(name: str) -> bool:
        return may_open(name, roles, public_search=public_search, debug=settings.DEBUG)

    allowed = [
        (entry, reverse(entry.name))
        for entry in entries
        if opens(entry.name) and not (entry.unless and opens(entry.unless))
    ]
    match = request.resolver_match
    rooms = {match.namespace, match.view_name} - {""} if match else set()
    own = [url for entry, url in allowed if rooms & entry.rooms]
    above = own or [url for _entry, url in allowed if url != "/" and request.path.startswith(url)]
    active = max(above, key=len, default=None)
    return [
        MenuItem(
            url=url,
            text=str(entry.text),
            icon=entry.icon,
            lead=str(entry.lead),
            active=url == active,
            current=url == request.path,
        )
        for entry, url in allowed
    ]
