"""The leading group, meetings and rules."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from readers.models import (
    Attendance,
    LeadingGroupMember,
    Meeting,
    Regulation,
    RegulationStudy,
    RegulationVersion,
    Semester,
)
from readers.queries.classes import NamedClass
from readers.queries.helpers import serving


def leading_group(today: date) -> QuerySet[LeadingGroupMember]:
    """The members of today, the leader in charge first."""
    rows = LeadingGroupMember.objects.filter(Q(until=None) | Q(until__gte=today))
    return rows.order_by("-is_in_charge", "position", "pk")


def former_members(today: date) -> QuerySet[LeadingGroupMember]:
    """Those whose time has ended, the last first."""
    return LeadingGroupMember.objects.filter(until__lt=today).order_by("-until", "pk")


def meetings(kind: str = "") -> QuerySet[Meeting]:
    """Meetings, the newest first, each with `expected` and `came`."""
    rows = Meeting.objects.filter(kind=kind) if kind else Meeting.objects.all()
    came = Count("attendances", filter=Q(attendances__was_there=True))
    return rows.annotate(expected=Count("attendances"), came=came).order_by("-held_on", "-pk")


def expected_at(kind: str, semester: Semester | None, today: date) -> list[tuple[str, str]]:
    """Who is expected at a meeting of this kind, as (key, name); a key is `reader-7` or `member-3`."""
    if kind == Meeting.Kind.LEADING_GROUP:
        return [(f"member-{row.pk}", row.name) for row in leading_group(today)]
    if kind == Meeting.Kind.HELPERS and semester is not None:
        rows = serving(semester).order_by("school_class", "reader__number").values_list("reader", "reader__name")
        return list({f"reader-{pk}": name for pk, name in rows}.items())
    return []


def attendance_of(meeting: Meeting) -> list[Attendance]:
    """Those who were expected, with their names."""
    rows = Attendance.objects.filter(meeting=meeting).select_related("reader", "member")
    return list(rows.order_by("pk"))


@dataclass(frozen=True)
class Rule:
    """A rule with its newest text."""

    regulation: Regulation
    version: RegulationVersion


def rules() -> list[Rule]:
    """All rules in their order, each with its newest version. Two statements."""
    newest = {row.regulation_id: row for row in RegulationVersion.objects.order_by("version")}
    rows = Regulation.objects.order_by("position", "pk")
    return [Rule(row, newest[row.pk]) for row in rows if row.pk in newest]


def versions_of(regulation: Regulation) -> list[RegulationVersion]:
    """The versions of a rule, the newest first."""
    return list(regulation.versions.select_related("by").order_by("-version"))


def study_matrix(
    classes: Sequence[NamedClass], regulations: Sequence[Regulation], since: date, until: date
) -> list[tuple[NamedClass, list[RegulationStudy | None]]]:
    """Class × rule: when each class last studied each rule within a span of days. One statement."""
    rows = RegulationStudy.objects.filter(on__range=(since, until)).order_by("on", "pk")
    last = {(row.school_class_id, row.regulation_id): row for row in rows}
    return [(row, [last.get((row.pk, rule.pk)) for rule in regulations]) for row in classes]
