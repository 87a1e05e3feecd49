"""Reading challenges: which are on, how far a pupil or a class is."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet

from activities.models import Badge, BookListItem, Challenge, Consent
from activities.queries.audience import classes_meant
from activities.queries.consents import consents_of
from activities.queries.pupils import class_pupils
from activities.queries.reading import class_loans, class_notes, readings
from activities.queries.settings import activity_options
from activities.rules.audience import grades_match
from activities.rules.challenges import Progress, Reading, counts_notes, is_of_classes, per_pupil, progress, ranked
from activities.rules.names import shown_name
from circulation.queries.visits import enrolment
from library_site.shared.figures import ratio
from library_site.shared.reference import Reference
from readers.models import Reader
from readers.queries.classes import NamedClass
from readers.queries.enrolment import enrolled_on

MOST_SHOWN = 100
MOST_RANKED = 20


@dataclass(frozen=True)
class OwnChallenge:
    """A challenge with how far one pupil is; `progress` is None where classes reach the goal together."""

    challenge: Challenge
    progress: Progress | None
    badge: Badge | None


@dataclass(frozen=True)
class PupilLine:
    """A pupil of a class in a challenge."""

    reader: Reader
    progress: Progress
    badge: Badge | None


@dataclass(frozen=True)
class TopLine:
    """A pupil among the first of the school, named as the school names pupils in public."""

    place: int
    name: str
    class_name: str
    done: int


@dataclass(frozen=True)
class ClassLine:
    """A class on the board: what it did for each enrolled pupil, and how many of these have the badge."""

    place: int | None
    pk: int
    name: str
    pupils: int
    number: int
    each: Decimal | None
    badges: int
    share: Decimal | None
    has_badge: bool


def challenges() -> QuerySet[Challenge]:
    """All challenges, the newest first."""
    return Challenge.objects.select_related("book_list", "activity").order_by("-starts_on", "-pk")


def shown_challenges() -> QuerySet[Challenge]:
    """Those that readers see."""
    return challenges().filter(published_at__isnull=False)


def counted_until(challenge: Challenge, day: date) -> date:
    """The last day that counts so far."""
    return min(challenge.ends_on, day)


def own_challenges(reader_id: int, school_class: NamedClass | None) -> list[OwnChallenge]:
    """The challenges meant for a pupil, the newest first, with progress. At most five statements."""
    rows = [
        row for row in shown_challenges()[:MOST_SHOWN] if school_class is not None and grades_match(row, school_class)
    ]
    if not rows or school_class is None:
        return []
    first, last = min(row.starts_on for row in rows), max(row.ends_on for row in rows)
    reading = readings([reader_id], first, last).get(reader_id, Reading())
    titles = listed_titles(rows)
    badges = _badges_for(reader_id, school_class.pk, rows)
    return [_own(row, reading, titles, badges) for row in rows]


def _own(row: Challenge, reading: Reading, titles: Mapping[int, set[int]], badges: Mapping[int, Badge]) -> OwnChallenge:
    of_class = is_of_classes(row)
    done = None if of_class else progress(row, reading, titles.get(row.book_list_id or 0, set()))
    return OwnChallenge(row, done, badges.get(row.pk))


def _badges_for(reader_id: int, class_id: int, rows: Iterable[Challenge]) -> dict[int, Badge]:
    own = Q(reader=reader_id, is_class=False) | Q(school_class=class_id, is_class=True)
    return {badge.challenge_id: badge for badge in Badge.objects.filter(own, challenge__in=list(rows))}


def listed_titles(rows: Iterable[Challenge]) -> dict[int, set[int]]:
    """{booklist: its titles} of the challenges that are about a list; no statement without one."""
    lists = {row.book_list_id for row in rows if row.book_list_id}
    found: dict[int, set[int]] = {}
    if lists:
        items = BookListItem.objects.filter(book_list__in=lists, title__isnull=False)
        for book_list, title in items.values_list("book_list_id", "title_id"):
            found.setdefault(book_list, set()).add(title)
    return found


def pupil_lines(challenge: Challenge, class_id: int, day: date) -> list[PupilLine]:
    """The pupils of a class by school number, never by progress. At most five statements."""
    pupils = class_pupils(class_id, counted_until(challenge, day))
    ids = [row.pk for row in pupils]
    reading = readings(ids, challenge.starts_on, challenge.ends_on)
    listed = listed_titles([challenge]).get(challenge.book_list_id or 0, set())
    rows = Badge.objects.filter(challenge=challenge, reader__in=ids, is_class=False)
    badges = {row.reader_id: row for row in rows}
    return [
        PupilLine(row, progress(challenge, reading.get(row.pk, Reading()), listed), badges.get(row.pk))
        for row in pupils
    ]


def class_board(challenge: Challenge, reference: Reference, day: date) -> list[ClassLine]:
    """The classes meant, per enrolled pupil and from the top. Three statements, one more for a list."""
    last = counted_until(challenge, day)
    classes = classes_meant(challenge, reference, last)
    pupils, counts = enrolment(last), class_counts(challenge, classes, last)
    badges = Badge.objects.filter(challenge=challenge).values_list("school_class_id", "is_class")
    of_pupils = Counter(key for key, is_class in badges if not is_class)
    of_classes = {key for key, is_class in badges if is_class}
    each = {row.pk: per_pupil(counts.get(row.pk, 0), pupils.get(row.pk, 0)) for row in classes}
    names = {row.pk: row.name for row in classes}
    return [
        ClassLine(
            place=place,
            pk=pk,
            name=names[pk],
            pupils=pupils.get(pk, 0),
            number=counts.get(pk, 0),
            each=each[pk],
            badges=of_pupils[pk],
            share=ratio(of_pupils[pk], pupils.get(pk, 0), percent=True),
            has_badge=pk in of_classes,
        )
        for place, pk in ranked(each)
    ]


def top_pupils(challenge: Challenge, reference: Reference, day: date) -> list[TopLine]:
    """The first of the school, for schools that rank single pupils; equals share a place. At most four statements."""
    last = counted_until(challenge, day)
    classes = {row.pk: row.name for row in classes_meant(challenge, reference, last)}
    members = enrolled_on(last).filter(school_class__in=list(classes))
    class_of = {
        key: (name, of) for key, name, of in members.values_list("reader_id", "reader__name", "school_class_id")
    }
    listed = listed_titles([challenge]).get(challenge.book_list_id or 0, set())
    reading = readings(list(class_of), challenge.starts_on, challenge.ends_on)
    done = {key: Decimal(progress(challenge, row, listed).done) for key, row in reading.items()}
    first = [(place, key) for place, key in ranked(done)[:MOST_RANKED] if place is not None and done[key]]
    agreed = consents_of([key for _place, key in first], Consent.What.NAME, day)
    option = activity_options(reference).names

    def line(place: int, key: int) -> TopLine:
        name, of = class_of[key]
        shown = shown_name(name, option, consent=key in agreed, class_name=classes[of])
        return TopLine(place, shown, classes[of], int(done[key]))

    return [line(place, key) for place, key in first]


def class_counts(challenge: Challenge, classes: Sequence[NamedClass], last: date) -> Mapping[int | None, int]:
    """What is counted of each class: its loans or notes; of a list, each pupil's different books of it."""
    if counts_notes(challenge):
        return class_notes(challenge.starts_on, last)
    if challenge.goal != Challenge.Goal.LIST:
        return class_loans(challenge.starts_on, last)
    listed = listed_titles([challenge]).get(challenge.book_list_id or 0, set())
    return _listed_counts(challenge, {row.pk for row in classes}, listed, last)


def _listed_counts(
    challenge: Challenge, classes: Collection[int], listed: Collection[int], last: date
) -> Counter[int | None]:
    members = enrolled_on(last).filter(school_class__in=classes).values_list("reader_id", "school_class_id")
    class_of = dict(members)
    found: Counter[int | None] = Counter()
    for reader_id, reading in readings(list(class_of), challenge.starts_on, last).items():
        found[class_of[reader_id]] += sum(title in listed for title in reading.titles)
    return found
