"""What of reading activities stands on a member's first page: what waits, the news, what is on."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, ngettext_lazy

from activities.models import Activity, NewsItem
from activities.queries.library import activities_in_window
from activities.queries.news import shown_news
from activities.queries.persons import person_of
from activities.queries.waiting import (
    OfficeCounts,
    OwnTasks,
    notes_to_mark,
    office_counts,
    own_tasks,
    works_to_judge,
)
from circulation.views.day_items import Item
from library_site.access import may_open
from library_site.http import SchoolRequest
from library_site.models import Role
from readers.queries.scope import classes_of

NEWS, ACTIVITIES, TASKS = 3, 4, 6


@dataclass(frozen=True)
class HomeLines:
    """Lines of what waits for this person, and what everybody sees."""

    items: list[Item]
    news: list[NewsItem]
    activities: list[Activity]


@dataclass(frozen=True)
class _Line:
    code: str
    number: Callable[[OfficeCounts], int]
    words: Any  # of %(count)d
    icon: str
    page: str


_OFFICE = (
    _Line(
        "messages",
        lambda counts: counts.messages,
        ngettext_lazy("%(count)d message to the library waits.", "%(count)d messages to the library wait.", "count"),
        "inbox",
        "board:list",
    ),
    _Line(
        "suggestions",
        lambda counts: counts.suggestions,
        ngettext_lazy("%(count)d new suggestion to buy.", "%(count)d new suggestions to buy.", "count"),
        "cart-plus",
        "suggestions:list",
    ),
    _Line(
        "material",
        lambda counts: counts.requests,
        ngettext_lazy("%(count)d request for material waits.", "%(count)d requests for material wait.", "count"),
        "search-heart",
        "material:list",
    ),
    _Line(
        "proposed_notes",
        lambda counts: counts.notes,
        ngettext_lazy(
            "%(count)d reading note is proposed for the wall.",
            "%(count)d reading notes are proposed for the wall.",
            "count",
        ),
        "journal-richtext",
        "notes:moderation",
    ),
)


def office_items(request: SchoolRequest) -> list[Item]:
    """What readers wait for, as lines of the librarian's day. One statement."""
    counts = office_counts()
    return [
        _item(request, line.code, line.words % {"count": line.number(counts)}, line.icon, line.page)
        for line in _OFFICE
        if line.number(counts)
    ]


def home_lines(request: SchoolRequest, now: datetime) -> HomeLines:
    """For everybody logged in; for readers and judges also what waits for them. Who writes the news needs none."""
    day = timezone.localdate(now)
    speaks = request.user.has_role(Role.STUDENT, Role.TEACHER)
    person = person_of(request.user, request.reference, day) if speaks else None
    tasks = own_tasks(person, now, day) if person else None
    return HomeLines(
        items=[*_teachers(request, day), *(_tasks(request, tasks) if tasks else [])],
        news=[] if request.user.has_role(Role.LIBRARIAN) else list(shown_news(day)[:NEWS]),
        activities=(tasks.activities if tasks else activities_in_window(day))[:ACTIVITIES],
    )


def _teachers(request: SchoolRequest, day: date) -> list[Item]:
    """Notes of the own classes to be read, works to be judged. At most three statements."""
    user, lines = request.user, []
    led = classes_of(user, day) if user.has_role(Role.TEACHER) else frozenset()
    if notes := notes_to_mark(led):
        words = ngettext("%(count)d reading note to mark.", "%(count)d reading notes to mark.", notes)
        lines.append(_item(request, "to_mark", words % {"count": notes}, "journal-check", "notes:classes"))
    if works := works_to_judge(user.pk):
        words = ngettext("%(count)d work to judge.", "%(count)d works to judge.", works)
        lines.append(_item(request, "to_judge", words % {"count": works}, "clipboard-check", "judging:mine"))
    return lines


def _tasks(request: SchoolRequest, tasks: OwnTasks) -> list[Item]:
    """The reader's own, the first few."""
    register, work = _("Register: %(name)s"), _("Hand in a work: %(name)s")
    quiz, survey = _("Answer the quiz: %(name)s"), _("Answer the survey: %(name)s")
    lines = [
        *(_of_activity("register", register, row, row.register_until) for row in tasks.to_register),
        *(_of_activity("hand_in", work, row, row.entries_until) for row in tasks.to_hand_in),
        *(_item(request, "quiz", quiz % {"name": one.quiz.name}, "ui-checks", "quizzes:own") for one in tasks.quizzes),
        *(_item(request, "survey", survey % {"name": row.name}, "ui-checks", "surveys:mine") for row in tasks.surveys),
    ]
    if tasks.returned:
        words = ngettext("%(count)d note to be improved.", "%(count)d notes to be improved.", tasks.returned)
        lines.append(_item(request, "returned", words % {"count": tasks.returned}, "arrow-return-left", "notes:mine"))
    return lines[:TASKS]


def _of_activity(code: str, words: str, activity: Activity, until: date | None) -> Item:
    text = words % {"name": activity.name}
    if until is not None:
        text = _("%(text)s (until %(day)s)") % {"text": text, "day": f"{until:%m-%d}"}
    return Item(code, text, "info", "pencil-square", reverse("activities:activity", args=[activity.pk]))


def _item(request: SchoolRequest, code: str, text: str, icon: str, page: str) -> Item:
    roles = frozenset(request.user.roles)
    goes = may_open(page, roles, public_search=False, debug=settings.DEBUG)
    return Item(code, text, "info", icon, reverse(page) if goes else "")
