"""The page "Reading activities": tiles by subject, for whoever may open them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from library_site.menu import Entry, drawn

ACTIVITIES: list[Entry] = [
    Entry("activities:list", _("Activities"), "calendar-event", _("What is on, to come, and what was.")),
    Entry("groups:groups", _("Reading groups"), "people", _("Members, meetings, and what is read.")),
    Entry("judging:mine", _("Judging"), "clipboard-check", _("Works that you were asked to judge.")),
    Entry("quizzes:own", _("My quizzes"), "patch-question", _("Answer in the browser, see your points.")),
    Entry("quizzes:quizzes", _("Knowledge quizzes"), "ui-checks", _("Question bank, papers, keying in, results.")),
    Entry("drift:overview", _("Book drift"), "send", _("Where the books are, and their journeys.")),
    Entry("donations:register", _("Gifts of books"), "gift", _("Enter them, thank, hand over to cataloguing.")),
    Entry("awards:overview", _("Awards"), "patch-check", _("Proposed by figures, decided, announced.")),
    Entry("honours:own", _("My honours"), "trophy", _("Prizes, honours and badges of mine.")),
    Entry("honours:register", _("Register of honours"), "trophy", _("Prizes in the school and outside, certificates.")),
    Entry("library:home", _("The library's page"), "house-heart", _("What everybody sees: hours, news, new books.")),
]
NOTES: list[Entry] = [
    Entry("challenges:list", _("Reading challenges"), "award", _("Goals, badges, and the board of the classes.")),
    Entry("notes:mine", _("My reading notes"), "pencil-square", _("Write, hand in, and what the teacher says.")),
    Entry("notes:classes", _("Notes of the classes"), "journal-check", _("Paper cards, marks, who wrote how many.")),
    Entry(
        "notes:counts",
        _("Notes by class and week"),
        "bar-chart",
        _("Against what is asked for; teachers’ notes."),
        unless="notes:classes",
    ),
    Entry("wall:school", _("Good reading notes"), "easel", _("What hangs on the wall, with consent.")),
    Entry("consents:overview", _("Consents"), "clipboard-check", _("What parents agreed to on paper, class by class.")),
]
BOOKS: list[Entry] = [
    Entry("booklists:lists", _("Booklists"), "journal-bookmark", _("What the library recommends, and why.")),
    Entry("bulletin:bulletin", _("New-book bulletin"), "stars", _("What came in, by class, to print.")),
    Entry("quotas:quotas", _("Required reading"), "list-ol", _("Books and notes a semester, by grade.")),
]
VOICE: list[Entry] = [
    Entry("suggestions:own", _("My suggestions"), "cart-plus", _("Books to buy, and what became of them.")),
    Entry("suggestions:list", _("Suggestions to buy"), "cart-check", _("What readers want; answer, order, Excel.")),
    Entry(
        "suggestions:slips",
        _("Suggestion slips"),
        "pencil-square",
        _("From paper, one after the other."),
        unless="suggestions:list",
    ),
    Entry("board:board", _("Message board"), "chat-square-text", _("Messages to the library, and its answers.")),
    Entry("board:list", _("Messages to the library"), "inbox", _("Read, answer, show on the board.")),
    Entry(
        "board:slips",
        _("Messages from paper"),
        "pencil-square",
        _("From the box, one after the other."),
        unless="board:list",
    ),
    Entry("material:own", _("Requests for material"), "binoculars", _("Books for a lesson, a paper, a contest.")),
    Entry("material:list", _("Requests for material"), "binoculars", _("Find books for others, set them aside.")),
    Entry(
        "material:enter",
        _("Write down a request"),
        "pencil-square",
        _("What a pupil asked for by word of mouth."),
        unless="material:list",
    ),
    Entry("surveys:mine", _("Surveys"), "ui-checks", _("A few questions, answered without a name.")),
    Entry("surveys:list", _("Surveys"), "ui-checks", _("Ask readers; in the browser or on paper.")),
]
SETTINGS: list[Entry] = [
    Entry("news:new", _("Write news"), "megaphone", _("For the library's page; the picture at its head.")),
    Entry("activities:kinds", _("Kinds of activities"), "tags", _("What the school calls them, and in which order.")),
    Entry("reading:options", _("Options of reading activities"), "sliders2", _("Names in public, certificates.")),
]

ENTRIES: list[tuple[Promise, list[Entry]]] = [
    (_("Activities"), ACTIVITIES),
    (_("Booklists"), BOOKS),
    (_("Notes and reading goals"), NOTES),
    (_("Voice of readers"), VOICE),
    (_("Management"), SETTINGS),
]


@require_safe
def hub(request: HttpRequest) -> HttpResponse:
    """Links to what this person may open of reading activities; groups without any are left out."""
    groups = [(title, drawn(entries, request)) for title, entries in ENTRIES]
    return render(request, "activities/reading/hub.html", {"groups": [group for group in groups if group[1]]})
