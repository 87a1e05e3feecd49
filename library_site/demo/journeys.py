"""The demo's book drift, and gifts of books."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from activities.models import Activity, ActivityKind, DonatedBook, Donation, DriftBook, DriftStop
from readers.models import ClassMembership, Reader, SchoolClass

DRIFTING = [
    ("夏洛的网", "愿你在书里遇见好朋友。", ["威尔伯太幸运了！", "读到最后我哭了。"]),
    ("草房子", "", ["桑桑和我一样爱养鸽子。"]),
    ("窗边的小豆豆", "慢慢读，别着急。", ["我也想去巴学园。", "电车教室真有意思。", "校长先生真好。"]),
    ("我的野生动物朋友", "", []),
    ("汉字王国", "每个字都有一个故事。", ["原来“家”字里有一只猪。"]),
]
GIFTS = [
    ("", ["西游记（少年版）", "格林童话"], 1),
    ("", ["十万个为什么"], 2),
    ("校友会", ["中国国家地理（合订本）", "名侦探柯南", "中华上下五千年"], 5),
    ("新华书店云溪分店", ["新华字典（第12版）"], 20),
]


def write_journeys(today: date) -> None:
    """A drift of three weeks with released and waiting words; gifts of pupils and from outside."""
    members = ClassMembership.objects.filter(until=None, reader__status=Reader.Status.ACTIVE)
    classes = list(SchoolClass.objects.filter(pk__in=members.values("school_class")).order_by("-entry_year", "number"))
    if len(classes) < 2:
        return
    _drift(today, classes)
    _gifts(today, classes)


def _activity(shape: str, kind: str, name: str, today: date, since: date) -> Activity:
    row, _new = ActivityKind.objects.get_or_create(name=kind, defaults={"shape": shape, "position": 60})
    published = timezone.make_aware(datetime.combine(since - timedelta(days=3), time(9)))
    return Activity.objects.create(
        kind=row, name=name, starts_on=since, ends_on=today + timedelta(days=20), published_at=published,
        state=Activity.State.PUBLISHED,
    )  # fmt: skip


def _drift(today: date, classes: list[SchoolClass]) -> None:
    since = today - timedelta(days=21)
    activity = _activity(ActivityKind.Shape.DRIFT, "图书漂流", "让好书去旅行", today, since)
    for number, (name, wish, remarks) in enumerate(DRIFTING, start=1):
        book = DriftBook.objects.create(
            activity=activity, number=f"{number:03}", name=name, wish=wish, since=since
        )  # fmt: skip
        for step, words in enumerate([*remarks, ""]):
            school_class = classes[(number * 2 + step) % len(classes)]
            pupil = ClassMembership.objects.filter(school_class=school_class, until=None).order_by("reader__number")
            last, came = step == len(remarks), since + timedelta(days=1 + 5 * step)
            DriftStop.objects.create(
                book=book, school_class=school_class, reader_id=pupil.values_list("reader_id", flat=True)[number],
                since=came, until=None if last else came + timedelta(days=5),
                remark=words, is_shown=bool(words) and step == 0,
            )  # fmt: skip


def _gifts(today: date, classes: list[SchoolClass]) -> None:
    since = today - timedelta(days=14)
    activity = _activity(ActivityKind.Shape.DONATION, "捐书", "“捐一本书，看百本书”", today, since)
    for number, (donor, books, copies) in enumerate(GIFTS):
        school_class = None if donor else classes[number]
        pupil = ClassMembership.objects.filter(school_class=school_class, until=None).order_by("reader__number").first()
        gift = Donation.objects.create(
            activity=activity, donor=donor, school_class=school_class,
            reader_id=pupil.reader_id if school_class and pupil else None, on=since + timedelta(days=number * 3),
        )  # fmt: skip
        DonatedBook.objects.bulk_create(DonatedBook(donation=gift, name=name, copies=copies) for name in books)
