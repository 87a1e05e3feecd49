"""What the papers of the demo school tell: its leading group, rules, meetings, training, and words of summaries."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from itertools import product

from django.utils import timezone

from readers.models import (
    DevelopmentRecord,
    LeadingGroupMember,
    Meeting,
    Regulation,
    RegulationStudy,
    RegulationVersion,
    SchoolClass,
    Semester,
)
from readers.operations.presets import DATA
from reports.models import Summary

MEMBERS = (
    ("何志远", "副校长", "分管图书馆工作", True),
    ("林晓岚", "教导主任", "安排阅读课和读书活动", False),
    ("周雪静", "图书管理员", "日常管理", False),
)
CONFIRMED_RULES = 4
STUDIED_AFTER = 4  # days
# (kind, days after the semester began, subject, place, minutes)
MEETINGS = (
    ("leading_group", 6, "学期工作布置", "会议室", "审议本学期工作计划。\n确定各班借阅轮流表。\n检查消防器材。"),
    ("helpers", 13, "小图书管理员培训", "阅览室", "学习借还操作和上架。\n安排值日表。"),
    ("leading_group", 55, "期中检查", "阅览室", "检查借阅统计和馆舍安全。\n讨论新书采购清单。"),
)
TRAINING = (
    ("training", 20, "中小学图书馆管理员培训", "市电教馆"),
    ("paper", 48, "《小学图书馆借阅轮流表的实践》", "区二等奖"),
)
WORDS = {
    "basics": "本馆设书库一间、阅览室两间，座位八十个，全部实行开架借阅。",
    "rules": "开学初组织各班学习借阅制度，馆内消防器材按期检查，全学期无安全事故。",
    "people": "小图书管理员每日午间轮流值班，负责借还和整架。",
    "lending": "各班按轮流表到馆借阅，低年级以绘本为主，高年级以儿童文学和科普为主。",
    "activities": "开展“书香班级”评比和读书小报展，各班推荐好书一批。",
    "problems": "阅览座位不足，科普类图书偏少，个别班级到馆时间得不到保证。",
    "next": "增加科普图书采购，推广班级图书角，争取人均借书量再上台阶。",
}


def write_papers(past: Sequence[date], *, by: int) -> None:
    """Papers of every semester that lies in the open days `past`; summaries of those that are over have words."""
    semesters = list(Semester.objects.filter(starts_on__lte=past[-1], ends_on__gte=past[0]).order_by("starts_on"))
    _write_group(since=past[0])
    rules = _write_rules(since=past[0], by=by)
    for semester in semesters:
        _write_events(semester, until=past[-1])
        _write_studies(rules, on=semester.starts_on + timedelta(days=STUDIED_AFTER))
    Summary.objects.bulk_create(
        Summary(semester=row, sections=WORDS, edited_by_id=by, edited_at=_afternoon(row.ends_on))
        for row in semesters
        if row.ends_on < past[-1]
    )


def _write_group(*, since: date) -> None:
    LeadingGroupMember.objects.bulk_create(
        LeadingGroupMember(name=name, post=post, duty=duty, is_in_charge=is_in_charge, position=place, since=since)
        for place, (name, post, duty, is_in_charge) in enumerate(MEMBERS, start=1)
    )


def _write_rules(*, since: date, by: int) -> list[Regulation]:
    """The usual drafts, the first of them confirmed."""
    texts = []
    for place, file in enumerate(sorted((DATA / "rules").glob("*.txt")), start=1):
        title, text = file.read_text(encoding="utf-8").strip().split("\n", 1)
        key = file.stem.split("_", 1)[1]
        texts.append((Regulation(title=title, position=place, preset=key), text.strip()))
    rules = Regulation.objects.bulk_create(rule for rule, _text in texts)
    RegulationVersion.objects.bulk_create(
        RegulationVersion(
            regulation=rule, version=1, text=text, valid_from=since, by_id=by,
            confirmed_on=since if rule.position <= CONFIRMED_RULES else None,
        )
        for rule, text in texts
    )  # fmt: skip
    return rules


def _write_events(semester: Semester, *, until: date) -> None:
    begins = semester.starts_on
    Meeting.objects.bulk_create(
        Meeting(kind=kind, held_on=begins + timedelta(days=days), title=title, place=place, minutes=minutes)
        for kind, days, title, place, minutes in MEETINGS
        if begins + timedelta(days=days) <= until
    )
    DevelopmentRecord.objects.bulk_create(
        DevelopmentRecord(
            kind=kind, on=begins + timedelta(days=days), person=MEMBERS[-1][0], title=title, place_or_level=place
        )
        for kind, days, title, place in TRAINING
        if begins + timedelta(days=days) <= until
    )


def _write_studies(rules: Sequence[Regulation], *, on: date) -> None:
    pairs = product(rules[:2], SchoolClass.objects.all())
    RegulationStudy.objects.bulk_create(
        RegulationStudy(regulation=rule, school_class=row, on=on, led_by="") for rule, row in pairs
    )


def _afternoon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(15, 30)))
