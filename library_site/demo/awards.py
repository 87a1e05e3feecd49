"""The demo's reading challenges, its awards of last semester, and prizes won outside the school."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone

from activities.models import ActivityOptions, AwardRule, Challenge
from activities.operations.awards import announce_award, propose_award
from activities.operations.challenges import give_all_badges
from activities.operations.honours import grant_honour
from library_site.shared.reference import current_reference
from readers.models import ClassMembership, Semester
from readers.queries.classes import class_names_on

SIGNER = "校长 林晓岚"
# Awards that were announced at the end of last semester, and one that waits to be decided in this one.
ANNOUNCED = ("阅读之星", "书香班级", "书香教师")
OPEN = "阅读之星"
# Occasion, award, work, level.
OUTSIDE = [
    ("云溪市“红领巾读书”征文", "一等奖", "我和爷爷的书架", "city"),
    ("云溪市“红领巾读书”征文", "二等奖", "一本旧书的旅行", "city"),
    ("城南区小学生讲故事比赛", "一等奖", "", "district"),
    ("省“书香童年”手抄报评选", "优秀奖", "四季里的诗", "province"),
]


def write_awards(today: date) -> None:
    """Challenges of this semester with their badges, awards of the last one, prizes from outside."""
    ActivityOptions.objects.update_or_create(pk=1, defaults={"certificate_signer": SIGNER})
    semesters = list(Semester.objects.filter(starts_on__lte=today).order_by("starts_on"))
    if not semesters:
        return
    _write_challenges(semesters[-1], today)
    _write_honours(semesters, today)


def _write_challenges(semester: Semester, today: date) -> None:
    first, now = semester.starts_on, _noon(today)
    published = _noon(first)
    last = max(semester.ends_on, first + timedelta(days=30))
    rows = [
        ("读完十本书", "books", "10", "rocket-takeoff", "本学期借阅 10 本不同的书，就能点亮火箭徽章。"),
        ("班级书香接力", "class_books", "12", "trophy", "全班一起读，人均借书 12 册，赢得班级奖杯。"),
        ("勤动笔", "notes", "4", "lightbulb", "写满 4 篇读书笔记，点亮灯泡徽章。"),
    ]
    Challenge.objects.bulk_create(
        Challenge(
            name=name, goal=goal, target=Decimal(target), badge=badge, words=words, starts_on=first, ends_on=last,
            published_at=published,
        )
        for name, goal, target, badge, words in rows
    )  # fmt: skip
    give_all_badges(reference=current_reference(), at=now)


def _write_honours(semesters: list[Semester], today: date) -> None:
    reference, rules = current_reference(), {rule.name: rule for rule in AwardRule.objects.all()}
    for name in ANNOUNCED if len(semesters) > 1 else ():
        at = _noon(semesters[-2].ends_on)
        run = propose_award(rule_id=rules[name].pk, semester=semesters[-2], reference=reference, by=None, at=at)
        if run.lines.filter(is_kept=True).exists():
            announce_award(run_id=run.pk, reference=reference, by=None, at=at)
    propose_award(rule_id=rules[OPEN].pk, semester=semesters[-1], reference=reference, by=None, at=_noon(today))
    day = today - timedelta(days=12)
    members = ClassMembership.objects.filter(until=None, since__lte=day).select_related("reader").order_by("pk")
    names = class_names_on(reference, day)
    for (occasion, award, work, level), member in zip(OUTSIDE, members[::37], strict=False):
        grant_honour(
            occasion=occasion, award=award, work=work, level=level, awarded_on=day, name=member.reader.name,
            class_name=names[member.school_class_id], reader_id=member.reader_id,
            school_class_id=member.school_class_id, teacher="李敏", by=None, at=_noon(day),
        )  # fmt: skip


def _noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))
