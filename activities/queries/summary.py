"""What an activity came to: figures for its summary, and a text proposed from them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, Sum
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activities.models import Activity, ActivityRegistration, ActivitySession, Entry, Result
from activities.queries.audience import audience_text
from activities.rules.names import inside_quotes
from library_site.shared.reference import Reference

HANDED_IN = Q(state=Entry.State.HANDED_IN)


@dataclass(frozen=True)
class Came:
    """An activity in figures, its parts included; None where such a thing was not counted."""

    parts: int
    registered: int
    classes: int
    sessions: int
    present: int | None
    works: int
    writers: int
    prizes: Sequence[tuple[str, int]]

    @property
    def winners(self) -> int:
        return sum(number for _name, number in self.prizes)

    @property
    def people(self) -> int | None:
        """How many took part, as far as anything says so: the most that one way of counting found."""
        return max(self.registered, self.present or 0, self.writers, self.winners) or None


def family_of(activity: Activity) -> list[int]:
    """The activity and its parts that were not cancelled or are still planned. One statement."""
    parts = Activity.objects.filter(parent=activity).exclude(state__in=(Activity.State.CANCELLED, Activity.State.DRAFT))
    return [activity.pk, *parts.values_list("pk", flat=True)]


def came(activity: Activity) -> Came:
    """The figures of an activity and its parts: rows as stored, never today's memberships. Eight statements."""
    ids = family_of(activity)
    registered = ActivityRegistration.objects.filter(activity__in=ids, cancelled_at=None)
    sessions = ActivitySession.objects.filter(activity__in=ids)
    entries = Entry.objects.filter(HANDED_IN, activity__in=ids)
    hours = sessions.aggregate(times=Count("pk"), present=Sum("present"))
    people = registered.aggregate(people=Sum("number_of_people", default=0))
    # A work of a person who was erased keeps neither reader nor title; one of a class has its title.
    of_erased = Q(reader=None, group=None, name="")
    works = entries.aggregate(works=Count("pk"), writers=Count("reader", distinct=True) + Count("pk", filter=of_erased))
    classes: set[int | None] = set()
    for rows in (registered, sessions, entries):
        classes.update(rows.values_list("school_class_id", flat=True).distinct())
    return Came(
        parts=len(ids) - 1, registered=people["people"], classes=len(classes - {None}), sessions=hours["times"],
        present=hours["present"], works=works["works"], writers=works["writers"], prizes=_prizes(ids),
    )  # fmt: skip


def _prizes(ids: Sequence[int]) -> list[tuple[str, int]]:
    """(prize, how many), prizes of one name in several parts together, the highest first."""
    rows = Result.objects.filter(activity__in=ids).values_list("prize__name", "prize__position")
    found: dict[str, list[int]] = {}
    for name, position in rows:
        known = found.setdefault(name, [position, 0])
        known[0], known[1] = min(known[0], position), known[1] + 1
    return [(name, number) for name, (_place, number) in sorted(found.items(), key=lambda item: item[1][0])]


def proposed_summary(activity: Activity, figures: Came, reference: Reference) -> str:
    """A paragraph to begin the summary with: when, for whom, how many, what came of it."""
    parts, hours, works = figures.parts, figures.sessions, figures.works
    sentences = [
        _first(activity, reference),
        parts and ngettext("It held %(n)d activity. ", "It held %(n)d activities. ", parts) % {"n": parts},
        figures.people and _people(figures),
        hours and ngettext("%(n)d session was held. ", "%(n)d sessions were held. ", hours) % {"n": hours},
        works and ngettext("%(n)d work was handed in. ", "%(n)d works were handed in. ", works) % {"n": works},
        figures.prizes and _("Prizes: %(list)s. ") % {"list": _prizes_text(figures.prizes)},
    ]
    return "".join(text for text in sentences if text).strip()  # English ends in a space, Chinese does not


def _first(activity: Activity, reference: Reference) -> str:
    first, last = (date_format(day, "DATE_FORMAT") for day in (activity.starts_on, activity.ends_on))
    when = first if first == last else _("%(first)s to %(last)s") % {"first": first, "last": last}
    whom = audience_text(activity.audiences.all(), reference, activity.starts_on)
    text = _("%(when)s: the school held “%(name)s” for %(whom)s. ")
    return text % {"when": when, "name": inside_quotes(activity.name), "whom": whom}


def _prizes_text(prizes: Sequence[tuple[str, int]]) -> str:
    return _(", ").join(_("%(prize)s %(n)d") % {"prize": name, "n": number} for name, number in prizes)


def _people(figures: Came) -> str:
    values = {"people": figures.people, "classes": figures.classes}
    if figures.classes:
        return _("%(people)d people of %(classes)d classes took part. ") % values
    return _("%(people)d people took part. ") % values
