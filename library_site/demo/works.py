"""The demo's contests: one that is judged and published, one whose works are being judged, a pile without names."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from io import BytesIO
from random import Random

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image, ImageDraw

from activities.models import (
    Activity,
    ActivityKind,
    Consent,
    Entry,
    EntryFile,
    Judge,
    Prize,
    Result,
    Score,
)
from activities.operations.files import keep, read_upload
from activities.operations.winners import honour_result
from activities.queries.judging import ranked_works
from activities.rules.files import Incoming
from activities.rules.prizes import PlacesOf, proposed
from library_site.models import Role, User
from readers.models import ClassMembership, ClassTeacher

ESSAYS = ("我和书的故事", "一本书打开一扇窗", "书香伴我成长", "那个雨天的图书馆", "我最喜欢的主人公", "爸爸陪我读书")
SHEETS = ("书海拾贝", "走进名著", "遨游书海", "与书为友")
TEXT = (
    "上学期，我在学校图书馆借到了一本《夏洛的网》。起初我以为它只是一个讲小猪的故事，没想到一翻开就停不下来。\n\n"
    "夏洛用一张张网救了威尔伯的命，却从来没有要求过回报。读到夏洛离开的那一页，我的眼泪掉在了书上。我忽然明白，"
    "真正的朋友就是在你最害怕的时候，默默为你织网的人。\n\n"
    "从那以后，每个星期三中午我都会去图书馆。书架上的每一本书，都像一位等着我的朋友。"
)
PRIZES = (("一等奖", 2), ("二等奖", 4), ("三等奖", 6))
PAPERS = ((253, 246, 227), (238, 246, 250), (250, 240, 240), (240, 248, 236))


def write_works(today: date, *, by: int) -> None:
    """Pupils hand in essays and reading newspapers; three grown-ups judge."""
    librarian = User.objects.get(pk=by)
    rng = Random(20261012)  # noqa: S311  # repeatable on purpose
    pupils = list(
        ClassMembership.objects.filter(until=None, reader__status="active", reader__category="student")
        .select_related("reader", "school_class")
        .order_by("school_class__entry_year", "school_class__number", "reader__number")
    )
    if len(pupils) < 20:
        return
    judges = list(User.objects.filter(roles__overlap=[Role.TEACHER, Role.LIBRARIAN, Role.PRINCIPAL]).order_by("pk")[:3])
    papers = [_paper(rng, color) for color in PAPERS]
    judged = _contest("“我和书的故事”征文", today - timedelta(days=40), 21, librarian)
    entries = _entries(judged, rng.sample(pupils, 18), ESSAYS, text=TEXT)
    _score(rng, judged, entries, judges)
    _publish(judged, librarian)
    _sheets(rng, today, pupils, papers, judges, librarian)
    _agree([row.reader_id for row in entries[::2] if row.reader_id], today)


def _sheets(
    rng: Random, today: date, pupils: Sequence[ClassMembership], papers: Sequence[Incoming], judges: Sequence[User],
    by: User,
) -> None:  # fmt: skip
    contest = _contest("读书小报评比", today - timedelta(days=9), 20, by)
    entries = _entries(contest, rng.sample(pupils, 12), SHEETS)
    at = _noon(contest.starts_on)
    for place, entry in enumerate(entries):
        if place < 6:
            EntryFile.objects.create(entry=entry, file=keep(papers[place % len(papers)], by=by, at=at))
    _score(rng, contest, entries[:7], judges[:2])
    led = ClassTeacher.objects.filter(reader__account__isnull=False, until=None).first()
    own = led.school_class_id if led else pupils[0].school_class_id
    for number, paper in enumerate(papers[:2], start=len(entries) + 1):
        waiting = Entry.objects.create(
            activity=contest, number=number, school_class_id=own, source="paper", state="draft", saved_at=at, by=by
        )
        EntryFile.objects.create(entry=waiting, file=keep(paper, by=by, at=at))


def _contest(name: str, starts_on: date, days: int, by: User) -> Activity:
    kind, _made = ActivityKind.objects.get_or_create(
        name="征文" if "征文" in name else "手抄报", defaults={"shape": ActivityKind.Shape.WORKS, "position": 20}
    )
    festival = Activity.objects.filter(
        kind__shape=ActivityKind.Shape.FESTIVAL, starts_on__lte=starts_on, ends_on__gte=starts_on
    ).first()
    return Activity.objects.create(
        name=name, kind=kind, parent=festival, starts_on=starts_on, ends_on=starts_on + timedelta(days=days),
        entries_until=starts_on + timedelta(days=days), takes_entries=True, state=Activity.State.PUBLISHED,
        published_at=_noon(starts_on - timedelta(days=5)), department="语文组",
        aims="让每个孩子在读书中表达自己。", rules="每人限交一件；可交纸质作品，由班主任统一拍照上传。",
    )  # fmt: skip


def _entries(
    contest: Activity, pupils: Sequence[ClassMembership], names: Sequence[str], text: str = ""
) -> list[Entry]:  # fmt: skip
    at = _noon(contest.starts_on + timedelta(days=4))
    return Entry.objects.bulk_create(
        Entry(
            activity=contest, number=number, reader=row.reader, school_class=row.school_class, text=text,
            name=names[number % len(names)], source="typed" if text else "paper", state="handed_in", saved_at=at,
            handed_in_at=at,
        )
        for number, row in enumerate(pupils, start=1)
    )  # fmt: skip


def _score(rng: Random, contest: Activity, entries: Sequence[Entry], judges: Sequence[User]) -> None:
    at = _noon(contest.starts_on + timedelta(days=7))
    named = Judge.objects.bulk_create(Judge(activity=contest, account=account) for account in judges)
    quality = {entry.pk: rng.randint(70, 95) for entry in entries}
    Score.objects.bulk_create(
        Score(entry=entry, judge=judge, value=quality[entry.pk] + rng.randint(-4, 4), at=at)
        for entry in entries
        for judge in named
    )


def _publish(contest: Activity, by: User) -> None:
    at = _noon(contest.ends_on + timedelta(days=3))
    prizes = Prize.objects.bulk_create(
        Prize(activity=contest, name=name, places=places, position=position)
        for position, (name, places) in enumerate(PRIZES, start=1)
    )
    proposal = proposed(ranked_works(contest.pk), [PlacesOf(prize.pk, prize.places) for prize in prizes])
    entries = Entry.objects.in_bulk(proposal.given)
    for pk, prize_id in proposal.given.items():
        result = Result.objects.create(
            activity=contest, prize_id=prize_id, entry_id=pk, reader_id=entries[pk].reader_id,
            school_class_id=entries[pk].school_class_id, by=by,
        )  # fmt: skip
        honour_result(result, by=by, at=at)
    contest.results_at = at
    contest.state = Activity.State.OVER
    contest.save(update_fields=["results_at", "state"])


def _agree(readers: Sequence[int], today: date) -> None:
    for reader_id in readers:
        Consent.objects.get_or_create(
            reader_id=reader_id, what=Consent.What.WORKS, withdrawn_on=None,
            defaults={"given_on": today - timedelta(days=60), "note": "家长同意书（班级存档）"},
        )  # fmt: skip


def _paper(rng: Random, color: tuple[int, int, int]) -> Incoming:
    """A sheet as a pupil might have drawn it: a frame, a picture, lines of writing."""
    sheet = Image.new("RGB", (840, 594), color)
    draw = ImageDraw.Draw(sheet)
    ink = (60 + rng.randint(0, 60), 80, 110 + rng.randint(0, 80))
    draw.rectangle((18, 18, 821, 575), outline=ink, width=6)
    draw.rectangle((250, 40, 590, 110), fill=ink)
    draw.ellipse((60, 150, 300, 390), fill=(235, 180 + rng.randint(0, 50), 90))
    draw.polygon([(80, 540), (190, 400), (300, 540)], fill=(90, 150, 100))
    for line in range(11):
        width = rng.randint(380, 450)
        draw.line((350, 160 + line * 36, 350 + width, 160 + line * 36), fill=(110, 110, 120), width=3)
    out = BytesIO()
    sheet.save(out, "PNG")
    return read_upload(SimpleUploadedFile("小报.png", out.getvalue()))


def _noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12, 20)))
