"""Works, judges, scores, prizes."""

from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from activities.models import Activity, ActivityKind, Consent, Entry, EntryFile, Judge, Prize, Result, Score
from activities.operations.entries import next_number
from library_site.models import User
from readers.models import ClassMembership, Reader
from tests.factories.activities import make_activity
from tests.factories.files import make_file
from tests.factories.readers import make_reader
from tests.factories.site import make_user

NOON = datetime(2026, 10, 20, 12, 20, tzinfo=ZoneInfo("Asia/Shanghai"))


def make_contest(name: str = "读书征文", **fields: object) -> Activity:
    """An activity of October 2026 to which works are handed in, with scores from 0 to 100."""
    return make_activity(name, shape=ActivityKind.Shape.WORKS, **({"takes_entries": True} | fields))


def make_entry(activity: Activity, reader: Reader | None = None, *, files: int = 0, **fields: object) -> Entry:
    """A work handed in from paper, of a new pupil where none is named, in the class that the pupil is in."""
    reader = reader or make_reader()
    class_id = ClassMembership.objects.filter(reader=reader).values_list("school_class", flat=True).first()
    values = {"state": Entry.State.HANDED_IN, "source": Entry.Source.PAPER, "saved_at": NOON, "handed_in_at": NOON}
    values |= {"number": next_number(activity), "school_class_id": class_id, **fields}
    entry = Entry.objects.create(activity=activity, reader=reader, **values)
    for position in range(1, files + 1):
        EntryFile.objects.create(entry=entry, file=make_file(), position=position)
    return entry


def make_judge(activity: Activity, account: User | None = None) -> Judge:
    return Judge.objects.create(activity=activity, account=account or make_user("teacher"))


def make_score(entry: Entry, judge: Judge, value: str | int) -> Score:
    return Score.objects.create(entry=entry, judge=judge, value=Decimal(value), at=NOON)


def make_prizes(activity: Activity, **places: int | None) -> list[Prize]:
    """Prizes by name in this order, with how many there are."""
    return [
        Prize.objects.create(activity=activity, name=name, places=number, position=position)
        for position, (name, number) in enumerate(places.items(), start=1)
    ]


def make_result(prize: Prize, entry: Entry | None = None, **fields: object) -> Result:
    """The result of a work, or of the `reader`, `school_class` or `group` named."""
    if entry is not None:
        fields = {"reader": entry.reader, "school_class": entry.school_class, "group": entry.group} | fields
    return Result.objects.create(activity=prize.activity, prize=prize, entry=entry, **fields)


def agree(reader: Reader, what: str = Consent.What.WORKS) -> Consent:
    return Consent.objects.create(reader=reader, what=what, given_on=NOON.date())
