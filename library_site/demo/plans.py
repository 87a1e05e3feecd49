"""The demo's work plans, and its register of room care."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from library_site.shared.reference import current_reference
from readers.models import Semester
from reports.models import PlanAim, PlanItem, RoomCare, WorkPlan
from reports.queries.plan_drafts import usual_draft

SITUATION = "学校现有图书馆一处，设流通书库和阅览室；各班设图书角。开架借阅，全体学生按轮流表到馆借书。"
# (aim, figure, target): one in words has neither.
AIMS: Sequence[tuple[str, str, str]] = (
    ("生均借书不少于 8 册", "books_per_student", "8"),
    ("借书率达到 90% 以上", "borrowing_rate", "90"),
    ("借书证人人都有", "card_coverage", "100"),
    ("生均藏书不低于规程要求", "holdings_per_student", "25"),
    ("建成“我推荐的一本书”推荐墙", "", ""),
)
# (kind, every so many open days, what is found now and then)
CARE: Sequence[tuple[str, int, str]] = (
    ("cleaning", 5, ""),
    ("disinfecting", 10, ""),
    ("dust", 10, "书架顶层积灰，已擦拭"),
    ("fire", 20, "灭火器压力正常"),
    ("theft", 20, "门窗完好"),
    ("damp", 20, "墙角略潮，已开窗通风"),
    ("moth", 40, ""),
)


def write_plans(today: date) -> None:
    """The usual plan for each semester that has begun; what was planned before this month is done."""
    for semester in Semester.objects.filter(starts_on__lte=today).order_by("starts_on"):
        draft = usual_draft(semester, current_reference())
        plan = WorkPlan.objects.create(semester=semester, **draft.words | {"situation": SITUATION})
        PlanAim.objects.bulk_create(
            PlanAim(plan=plan, position=n, text=text, figure=figure, target=Decimal(target) if target else None)
            for n, (text, figure, target) in enumerate(AIMS, start=1)
        )
        for n, item in enumerate(draft.items, start=1):
            item.plan, item.position = plan, n
            item.done_on = item.month.replace(day=20) if item.month < today.replace(day=1) else None
        PlanItem.objects.bulk_create(draft.items)


def write_care(days: Sequence[date], *, by: int) -> None:
    """The register over the open days so far; insects were not looked after this month."""
    this_month = days[-1].replace(day=1)
    RoomCare.objects.bulk_create(
        RoomCare(kind=kind, on=day, done_by="图书管理员", found=found if n % 3 == 0 else "", by_id=by)
        for kind, every, found in CARE
        for n, day in enumerate(days[::every])
        if kind != "moth" or day < this_month
    )
