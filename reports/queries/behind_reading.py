"""What the figures of reading activities are made of."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from activities.models import Honour, MaterialRequest, Suggestion
from library_site.shared.figures import ratio
from reports.queries.behind_tables import BehindTable, Cell, Sources
from reports.queries.reading import GRANTED, HELD, OF_READERS, TOOK_PART, asked_of

Row = tuple[str, Sequence[Cell]]
_BY_KIND = f"""
    SELECT k.name, count(*)::int, coalesce(sum({TOOK_PART.format(a="a")}), 0)::int
      FROM activities_activity AS a JOIN activities_activitykind AS k ON k.id = a.kind_id
     WHERE {HELD.format(a="a")} AND a.starts_on BETWEEN %(first)s AND %(last)s
     GROUP BY k.name, k.position ORDER BY k.position, k.name
"""  # noqa: S608
_WORKS = """
    SELECT a.name, count(*)::int FROM activities_entry AS e JOIN activities_activity AS a ON a.id = e.activity_id
     WHERE e.state = 'handed_in' AND e.handed_in_at >= %(begins)s AND e.handed_in_at < %(ends)s
     GROUP BY a.id, a.name ORDER BY a.starts_on, a.id
"""
_PRIZES = f"""
    SELECT h.level, count(*)::int FROM activities_honour AS h
     WHERE {GRANTED} AND h.awarded_on BETWEEN %(first)s AND %(last)s GROUP BY 1
"""  # noqa: S608
_SUGGESTIONS = f"""
    SELECT g.state, count(*)::int FROM activities_suggestion AS g
     WHERE {OF_READERS} AND g.at >= %(begins)s AND g.at < %(ends)s GROUP BY 1
"""  # noqa: S608
_REQUESTS = """
    SELECT m.purpose, count(*)::int FROM activities_materialrequest AS m
     WHERE m.at >= %(begins)s AND m.at < %(ends)s GROUP BY 1
"""


def _read(statement: str, sources: Sources) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, asked_of(sources.facts.period))
        return cursor.fetchall()


def _activities(sources: Sources) -> BehindTable:
    rows: list[Row] = [(name, cells) for name, *cells in _read(_BY_KIND, sources)]
    heads = [_("Kind"), _("Activities"), _("Participants")]
    return BehindTable(_("By kind"), heads, rows, [sum(row[1][place] or 0 for row in rows) for place in (0, 1)])


def _participants(sources: Sources) -> BehindTable:
    """The same with the participants first."""
    table = _activities(sources)
    turned: list[Row] = [(name, [cells[1], cells[0]]) for name, cells in table.rows]
    total = table.total or (0, 0)
    return BehindTable(table.title, [_("Kind"), _("Participants"), _("Activities")], turned, [total[1], total[0]])


def _works(sources: Sources) -> BehindTable:
    rows: list[Row] = [(name, [number]) for name, number in _read(_WORKS, sources)]
    return BehindTable(_("By activity"), [_("Activity"), _("Works")], rows, [_sum(rows)])


def _named(statement: str, choices: Any, title: Callable[[], str]) -> Callable[[Sources], BehindTable]:
    """Numbers by the values of a field, in the order of its choices."""

    def make(sources: Sources) -> BehindTable:
        found = dict(_read(statement, sources))
        rows: list[Row] = [(str(label), [found[value]]) for value, label in choices if value in found]
        return BehindTable(title(), [title(), pgettext("number", "Number")], rows, [_sum(rows)])

    return make


def _notes(sources: Sources) -> BehindTable:
    """By class, for each student; pupils of no class of that year come last."""
    counted = dict(sources.facts.reading.notes_by_class)
    rows: list[Row] = []
    for key, name, row in sources.keyed_classes():
        notes = counted.pop(key, 0)
        rows.append((name, [row.students, notes, ratio(notes, row.students)]))
    if rest := sum(counted.values()):
        rows.append((_("No class of that year"), [0, rest, None]))
    students, notes = sources.facts.students, sources.facts.reading.notes or 0
    heads = [_("Class"), pgettext("number", "Students"), _("Reading notes"), _("For each student")]
    total = [students, notes, ratio(notes, students)]
    return BehindTable(pgettext("behind a figure", "By class"), heads, rows, total)


def _sum(rows: Sequence[Row]) -> Cell:
    return sum(cells[0] or 0 for _name, cells in rows)


LISTS: dict[str, Sequence[Callable[[Sources], BehindTable]]] = {
    "activities": (_activities,),
    "participants": (_participants,),
    "works": (_works,),
    "prizes": (_named(_PRIZES, Honour.Level.choices, lambda: _("By level")),),
    "reading_notes": (_notes,),
    "notes_per_student": (_notes,),
    "suggestions": (_named(_SUGGESTIONS, Suggestion.State.choices, lambda: _("By what became of it")),),
    "material_requests": (_named(_REQUESTS, MaterialRequest.Purpose.choices, lambda: _("By purpose")),),
}
