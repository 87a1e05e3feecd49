"""Reading activities on paper: figures in words, what was held, honours, booklists. No pupil is named."""

from django.db import connection
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from activities.models import BookList, Honour
from activities.queries.audience import grades_text
from reports.queries.parts.figures import Shown, sentence
from reports.queries.parts.frame import Frame, bounded
from reports.queries.reading import HELD, TOOK_PART, asked_of
from reports.rules.papers import Block, Grid

READING = (
    "activities",
    "participants",
    "works",
    "prizes",
    "reading_notes",
    "notes_per_student",
    "suggestions",
    "material_requests",
)
_ACTIVITIES = f"""
    SELECT a.starts_on, a.name, k.name, coalesce(p.name, ''), {TOOK_PART.format(a="a")}::int,
           (SELECT count(*) FROM activities_entry AS e WHERE e.activity_id = a.id AND e.state = 'handed_in'),
           (SELECT count(*) FROM activities_result AS r WHERE r.activity_id = a.id)
      FROM activities_activity AS a
      JOIN activities_activitykind AS k ON k.id = a.kind_id
      LEFT JOIN activities_activity AS p ON p.id = a.parent_id
     WHERE {HELD.format(a="a")} AND a.starts_on BETWEEN %(first)s AND %(last)s
     ORDER BY a.starts_on, a.id
"""  # noqa: S608


def in_words(shown: Shown) -> list[str]:
    """A sentence for each group of figures that is known."""
    return [
        sentence(
            _("%(activities)s reading activities were held, with %(people)s participants."),
            shown, activities="activities", people="participants",
        ),
        sentence(_("%(works)s works were handed in."), shown, works="works"),
        sentence(_("%(prizes)s prizes and honours were awarded."), shown, prizes="prizes"),
        sentence(
            _("Pupils wrote %(notes)s reading notes, %(each)s each."),
            shown, notes="reading_notes", each="notes_per_student",
        ),
        sentence(_("Readers suggested %(books)s books to buy."), shown, books="suggestions"),
        sentence(_("The library answered to %(requests)s requests for material."), shown, requests="material_requests"),
    ]  # fmt: skip


def activities(frame: Frame) -> list[Block]:
    """What was held, in the order of time; of a festival its parts, under its name."""
    with connection.cursor() as cursor:
        cursor.execute(_ACTIVITIES, asked_of(frame.period))
        found, more = bounded(cursor.fetchall())
    if not found:
        return []
    head = [_("Date"), _("Activity"), _("Kind"), _("Participants"), _("Works"), pgettext("number", "Prizes")]
    lines = [
        [day, _("%(festival)s: %(part)s") % {"festival": festival, "part": name} if festival else name, kind, *rest]
        for day, name, kind, festival, *rest in found
    ]
    return [Grid(head, lines, _("Reading activities held"), (3, 7, 3, 2, 2, 2), right=frozenset({3, 4, 5})), *more]


def honours(frame: Frame) -> list[Block]:
    """How many of each award, by occasion; the register of honours has the names."""
    rows = Honour.objects.filter(awarded_on__range=frame.days, revoked_on=None)
    grouped = rows.order_by("awarded_on", "occasion", "award", "level").values_list(
        "awarded_on", "occasion", "award", "level"
    )
    found, more = bounded(grouped.annotate(number=Count("pk")))
    if not found:
        return []
    head = [_("Date"), _("Occasion"), _("Prize or title"), _("Level"), _("How many")]
    lines = [[day, occasion, award, Honour.Level(level).label, n] for day, occasion, award, level, n in found]
    return [Grid(head, lines, _("Prizes and honours"), (3, 6, 4, 3, 2), right=frozenset({4})), *more]


def booklists(frame: Frame) -> list[Block]:
    """The lists that were published in the frame."""
    rows = BookList.objects.filter(published_at__date__range=frame.days).annotate(books=Count("items"))
    found, more = bounded(rows.order_by("published_at", "pk"))
    if not found:
        return []
    head = [_("Published on"), _("Booklist"), _("Kind"), _("For"), _("Titles")]
    lines = [
        [timezone.localdate(row.published_at), row.name, row.get_occasion_display(), _whom(row, frame), row.books]
        for row in found
    ]
    return [Grid(head, lines, _("Booklists"), (3, 6, 3, 4, 2), right=frozenset({4})), *more]


def _whom(row: BookList, frame: Frame) -> str:
    return grades_text(row, frame.reference) or str(row.get_category_display())
