"""The demo's activities: this year's reading festival with its parts, last year's, library lessons, reading groups."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from activities.models import (
    Activity,
    ActivityKind,
    ActivityRegistration,
    ActivitySession,
    Audience,
    GroupMeeting,
    GroupMember,
    ReadingGroup,
)
from library_site.shared.reference import current_reference
from readers.models import Reader, SchoolClass
from readers.queries.classes import NamedClass, classes_on
from readers.queries.enrolment import enrolled_on

DAY = timedelta(days=1)
State = Activity.State
# (name, kind, first day and last day after the festival's, grades, what else)
PARTS: Sequence[tuple[str, str, int, int, tuple[int, int], dict[str, object]]] = (
    (
        "低年级“我来讲故事”", "讲故事比赛", 14, 14, (1, 2),
        {
            "hours": "14:30–16:00", "place": "多功能厅", "registration": "person", "most": 60, "most_per_class": 5,
            "plan": "每班推荐不超过 5 名小选手。\n故事自选，3 分钟以内，鼓励配合图画和动作。",
            "rules": "内容健康，讲述完整，普通话标准，表情自然。",
        },
    ),
    (
        "中年级读书手抄报", "手抄报", 3, 20, (3, 4),
        {
            "takes_entries": True, "plan": "读一本好书，用 A4 纸画一张手抄报。\n写清书名、作者和推荐理由，图文并茂。",
            "rules": "个人独立完成，每人限交一件。背面写班级和姓名。",
        },
    ),
    (
        "高年级“书香伴我成长”征文", "征文", 3, 20, (5, 6),
        {
            "takes_entries": True, "plan": "围绕本学期读过的一本书，写一篇读后感或读书故事。\n题目自拟，400–800 字。",
            "rules": "须为原创，写明所读图书的书名和作者。",
        },
    ),
    (
        "作家进校园", "讲座", 17, 17, (4, 6),
        {
            "hours": "15:00–16:30", "place": "报告厅", "registration": "class", "most": 200,
            "plan": "儿童文学作家与同学们谈读书、谈写作。\n现场可提问，每班可准备一个问题。",
        },
    ),
)  # fmt: skip
LESSONS = ("认识图书馆", "怎样找到一本书", "爱护图书从我做起")
GROUPS = (
    ("晨光读书社", ("《城南旧事》里的童年", "诗歌怎么读", "我们的书单")),
    ("小书虫读书小组", ("《昆虫记》读书会",)),
)


def write_activities(today: date, *, by: int, teacher: int) -> None:
    """Writes them around today; `teacher` is the account of the teacher who answers for the essays."""
    kinds = {kind.name: kind for kind in ActivityKind.objects.all()}
    me = Reader.objects.filter(account=teacher).first()
    classes = classes_on(current_reference(), today)
    pupils = _pupils(today)
    festival = _festival(kinds["读书节"], today - 9 * DAY, "第十届校园读书节")
    parts = [_part(festival, kinds, me, *row) for row in PARTS]
    _register(parts[0], [one for one in classes if one.position <= 2], pupils, by)
    _register_classes(parts[3], [one for one in classes if one.position == 6], by)
    _last_year(kinds["读书节"], today)
    _lessons(kinds["图书馆利用课"], classes, today)
    _plan(kinds["读书会"], today)
    _groups(pupils, me, today)


def _pupils(today: date) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    rows = enrolled_on(today).order_by("reader__number").values_list("school_class_id", "reader_id")
    for class_id, reader_id in rows:
        found.setdefault(class_id, []).append(reader_id)
    return found


def _at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(9, 0)))


def _festival(kind: ActivityKind, begins: date, name: str) -> Activity:
    return Activity.objects.create(
        kind=kind, name=name, starts_on=begins, ends_on=begins + 24 * DAY, place="全校", department="教务处",
        responsible_words="学校读书活动领导小组", state=State.PUBLISHED, published_at=_at(begins - 7 * DAY),
        aims="让读书成为习惯，让书香溢满校园。\n引导学生好读书、读好书，展示各班阅读成果。",
        plan="第一周：开幕式，发布各年级推荐书目。\n第二周：征文、手抄报收稿，讲故事比赛。\n第三周：作家进校园。\n第四周：评选、展览与闭幕式。",
        rules="各班由班主任组织，人人参与。作品按截止日期交图书馆。",
    )  # fmt: skip


def _part(
    festival: Activity, kinds: dict[str, ActivityKind], me: Reader | None, name: str, kind: str, first: int, last: int,
    grades: tuple[int, int], more: dict[str, object],
) -> Activity:  # fmt: skip
    begins = festival.starts_on
    days = {"starts_on": begins + first * DAY, "ends_on": begins + last * DAY}
    until = {"entries_until": days["ends_on"] - 2 * DAY} if "takes_entries" in more else {}
    part = Activity.objects.create(
        parent=festival, kind=kinds[kind], name=name, state=State.PUBLISHED, published_at=festival.published_at,
        responsible=me if kind == "征文" else None, department="语文教研组", **(days | until | more),
    )  # fmt: skip
    Audience.objects.create(activity=part, stage="primary", from_position=grades[0], to_position=grades[1])
    return part


def _register(activity: Activity, classes: Sequence[NamedClass], pupils: dict[int, list[int]], by: int) -> None:
    ActivityRegistration.objects.bulk_create(
        ActivityRegistration(
            activity=activity, by_what="person", reader_id=reader_id, school_class_id=one.pk,
            at=_at(activity.starts_on - 12 * DAY), by_id=by,
        )
        for one in classes
        for reader_id in pupils.get(one.pk, [])[:3]
    )  # fmt: skip


def _register_classes(activity: Activity, classes: Sequence[NamedClass], by: int) -> None:
    ActivityRegistration.objects.bulk_create(
        ActivityRegistration(
            activity=activity, by_what="class", school_class_id=one.pk, number_of_people=38,
            at=_at(activity.starts_on - 14 * DAY), by_id=by,
        )
        for one in classes
    )  # fmt: skip


def _last_year(kind: ActivityKind, today: date) -> None:
    begins = today.replace(year=today.year - 1, day=min(today.day, 28)) - 9 * DAY
    row = _festival(kind, begins, "第九届校园读书节")
    row.state, row.took_part = State.OVER, 486
    row.summary = "全校学生参加，共收到作品 212 件，评出一等奖 12 个。家长反响热烈，各班图书角借阅明显增加。"
    row.save()


def _lessons(kind: ActivityKind, classes: Sequence[NamedClass], today: date) -> None:
    begins = today - 28 * DAY
    row = Activity.objects.create(
        kind=kind, name="图书馆利用课", starts_on=begins, ends_on=today + 30 * DAY, place="图书馆", department="图书馆",
        aims="让低年级学生会借、会还、会找书。", state=State.PUBLISHED, published_at=_at(begins),
    )  # fmt: skip
    Audience.objects.create(activity=row, stage="primary", from_position=1, to_position=3)
    young = [one for one in classes if one.position <= 3]
    ActivitySession.objects.bulk_create(
        ActivitySession(
            activity=row, on=_weekday(begins + (7 * week + n % 5) * DAY), hours="10:20–11:00", school_class_id=one.pk,
            topic=topic, led_by="图书馆老师", present=36 + n % 4,
        )
        for week, topic in enumerate(LESSONS)
        for n, one in enumerate(young)
    )  # fmt: skip


def _weekday(day: date) -> date:
    """The day, or the Friday before a weekend."""
    return day - max(day.weekday() - 4, 0) * DAY


def _plan(kind: ActivityKind, today: date) -> None:
    Activity.objects.create(
        kind=kind, name="寒假亲子读书会", starts_on=today + 50 * DAY, ends_on=today + 80 * DAY, department="图书馆",
        aims="和家长一起读一本书。", plan="各班推荐一本共读书，开学交一张读书卡。",
    )  # fmt: skip


def _groups(pupils: dict[int, list[int]], me: Reader | None, today: date) -> None:
    begins = today - 60 * DAY
    known = set(SchoolClass.objects.values_list("pk", flat=True))
    classes = [pk for pk in pupils if pk in known]
    for number, (name, topics) in enumerate(GROUPS):
        group = ReadingGroup.objects.create(
            name=name, founded_on=begins, leader=me if number == 0 else None, aim="每两周共读一本书，轮流主持。"
        )
        own = classes[-4:] if number == 0 else classes[:1]
        GroupMember.objects.bulk_create(
            GroupMember(group=group, reader_id=pk, since=begins) for one in own for pk in pupils[one][:4]
        )
        GroupMeeting.objects.bulk_create(
            GroupMeeting(group=group, on=begins + 14 * n * DAY, place="阅览室", topic=topic, present=12 - n)
            for n, topic in enumerate(topics, start=1)
        )
