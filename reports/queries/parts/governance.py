"""The leading group, rules and their study, meetings, and the librarian's development."""

from django.db.models import Count, Max, Q
from django.utils.translation import gettext as _

from readers.models import (
    DevelopmentRecord,
    LeadingGroupMember,
    Meeting,
    Regulation,
    RegulationStudy,
    RegulationVersion,
)
from readers.queries.governance import meetings
from reports.queries.parts.frame import Frame, bounded
from reports.rules.numbers import written
from reports.rules.papers import Block, Grid, Heading, Sentence, joined, paragraphs_of


def leading_group(frame: Frame) -> list[Block]:
    """Who was of the group within the frame, the leader in charge first."""
    rows = LeadingGroupMember.objects.filter(Q(until=None) | Q(until__gte=frame.first), since__lte=frame.until)
    members, more = bounded(rows.order_by("-is_in_charge", "position", "pk"))
    if not members:
        return []
    words = _("The leading group of the library has %(count)s members.") % {"count": len(members)}
    if members[0].is_in_charge:
        words = joined(words, _("The leader in charge is %(name)s.") % {"name": members[0].name})
    head = [_("Name"), _("Post at the school"), _("Duty in the group"), _("From"), _("Until")]
    lines = [[row.name, row.post, row.duty, row.since, row.until or ""] for row in members]
    return [Sentence(words), Grid(head, lines, _("Leading group"), (2, 3, 4, 3, 3)), *more]


def _in_force(frame: Frame) -> list[tuple[Regulation, RegulationVersion]]:
    """The rules with the text that held at the end of the frame."""
    versions = RegulationVersion.objects.filter(valid_from__lte=frame.until).order_by("version")
    newest = {row.regulation_id: row for row in versions}
    return [(row, newest[row.pk]) for row in Regulation.objects.order_by("position", "pk") if row.pk in newest]


def rules(frame: Frame) -> list[Block]:
    """Which rules held, confirmed when, and studied by how many classes."""
    found = _in_force(frame)
    if not found:
        return []
    counted = RegulationStudy.objects.filter(on__range=frame.days).values_list("regulation_id").order_by()
    studies = {
        pk: (classes, last)
        for pk, classes, last in counted.annotate(classes=Count("school_class", distinct=True), last=Max("on"))
    }
    words = _("The library works by %(count)s rules.") % {"count": len(found)}
    head = [_("Rule"), _("Valid from"), _("Confirmed on"), _("Classes that studied it"), _("Last studied on")]
    lines = [
        [rule.title, text.valid_from, text.confirmed_on or _("not confirmed"), *studies.get(rule.pk, (0, ""))]
        for rule, text in found
    ]
    return [Sentence(words), Grid(head, lines, _("Rules"), (5, 3, 3, 2, 3))]


def texts_of_rules(frame: Frame) -> list[Block]:
    """The rules word for word."""
    blocks: list[Block] = []
    for rule, version in _in_force(frame):
        blocks += [Heading(rule.title), *(Sentence(line) for line in paragraphs_of(version.text))]
    return blocks


def meeting_list(frame: Frame) -> list[Block]:
    """The meetings of the frame, as a table."""
    found, more = bounded(meetings().filter(held_on__range=frame.days).order_by("held_on", "pk"))
    if not found:
        return []
    words = _("%(count)s meetings were held.") % {"count": written(len(found), whole=True)}
    head = [_("Date"), _("Kind"), _("Subject"), _("Present")]
    lines = [[row.held_on, row.get_kind_display(), row.title, _present(row)] for row in found]
    return [Sentence(words), Grid(head, lines, _("Meetings"), (3, 3, 6, 2), right=frozenset({3})), *more]


def minutes(frame: Frame) -> list[Block]:
    """Each meeting with its minutes, in the order of time."""
    found, more = bounded(meetings().filter(held_on__range=frame.days).order_by("held_on", "pk"))
    blocks: list[Block] = []
    for row in found:
        said = [f"{row.held_on:%Y-%m-%d}", str(row.get_kind_display()), row.place, _present_words(row)]
        blocks += [
            Heading(row.title),
            Sentence(_(" · ").join(part for part in said if part)),
            *(Sentence(line) for line in paragraphs_of(row.minutes)),
        ]
    return [*blocks, *more]


def _present(row: Meeting) -> str:
    came, expected = row.came, row.expected  # type: ignore[attr-defined]
    return f"{came}/{expected}" if expected else ""


def _present_words(row: Meeting) -> str:
    present = _present(row)
    return _("present: %(count)s") % {"count": present} if present else ""


def development(frame: Frame) -> list[Block]:
    """The librarian's training, visits, papers and prizes."""
    rows = DevelopmentRecord.objects.filter(on__range=frame.days).order_by("on", "pk")
    found, more = bounded(rows)
    if not found:
        return []
    head = [_("Date"), _("Kind"), _("Person"), _("What it was"), _("Place or level")]
    lines = [[row.on, row.get_kind_display(), row.person, row.title, row.place_or_level] for row in found]
    return [Grid(head, lines, _("Training, visits, papers, prizes"), (3, 2, 2, 6, 3)), *more]
