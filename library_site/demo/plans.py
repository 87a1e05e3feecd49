"""The demo's work plans, and its register of room care."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from readers.models import Semester
from reports.models import PlanAim, PlanItem, RoomCare, WorkPlan

IDEA = (
    "以《中小学图书馆（室）规程》为依据，坚持育人为本，充分发挥图书馆的教育功能，让好书走近每一个孩子。\n"
    "以“书香校园”建设为主线，做好借阅服务，开展读书活动，培养学生爱读书、会读书的习惯。"
)
SITUATION = "学校现有图书馆一处，设流通书库和阅览室；各班设图书角。开架借阅，全体学生按轮流表到馆借书。"
MEASURES = (
    "一、按时开馆，做到当日工作当日毕；每班每周至少到馆一次。\n"
    "二、及时验收、分类、上架新书，每月整架一次，破损图书随时修补。\n"
    "三、培训学生小馆员，各班图书管理员负责图书角的借还。\n"
    "四、做好防火、防盗、防潮、防虫工作，检查情况逐次登记。"
)
# (aim, figure, target): one in words has neither.
AIMS: Sequence[tuple[str, str, str]] = (
    ("生均借书不少于 8 册", "books_per_student", "8"),
    ("借书率达到 90% 以上", "borrowing_rate", "90"),
    ("借书证人人都有", "card_coverage", "100"),
    ("生均藏书不低于规程要求", "holdings_per_student", "25"),
    ("建成“我推荐的一本书”推荐墙", "", ""),
)
# {semester: items as (months after its first, item, by whom)}
ITEMS: dict[int, Sequence[tuple[int, str, str]]] = {
    1: (
        (0, "制订工作计划，排出借阅轮流表", "图书馆员"),
        (0, "一年级新生入馆教育，发放借书证", "图书馆员"),
        (0, "选聘学生小馆员和各班图书管理员并培训", "图书馆员"),
        (1, "新书验收、分类、上架", "图书馆员"),
        (1, "国庆假期书库安全检查", "分管领导"),
        (2, "读书月：班级阅读之星评比", "语文组"),
        (2, "更换各班图书角的书箱", "图书馆员"),
        (3, "修补破损图书，整架", "小馆员"),
        (3, "“我推荐的一本书”征文", "语文组"),
        (4, "期末催还，清点图书角", "图书馆员"),
        (4, "撰写学期工作总结", "图书馆员"),
    ),
    2: (
        (0, "制订工作计划，调整借阅轮流表", "图书馆员"),
        (1, "新书推荐：走进春天", "图书馆员"),
        (2, "世界读书日系列活动", "语文组"),
        (3, "馆藏清点与剔旧", "图书馆员"),
        (4, "毕业班图书清还", "六年级班主任"),
        (5, "期末催还，撰写学期工作总结", "图书馆员"),
    ),
}
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
    """A plan for each semester that has begun; what was planned before this month is done."""
    for semester in Semester.objects.filter(starts_on__lte=today).order_by("starts_on"):
        plan = WorkPlan.objects.create(semester=semester, guiding_idea=IDEA, situation=SITUATION, measures=MEASURES)
        PlanAim.objects.bulk_create(
            PlanAim(plan=plan, position=n, text=text, figure=figure, target=Decimal(target) if target else None)
            for n, (text, figure, target) in enumerate(AIMS, start=1)
        )
        PlanItem.objects.bulk_create(_items(plan, semester, today))


def _items(plan: WorkPlan, semester: Semester, today: date) -> list[PlanItem]:
    months = [
        date(semester.starts_on.year + (month - 1) // 12, (month - 1) % 12 + 1, 1)
        for month in range(semester.starts_on.month, semester.starts_on.month + 7)
    ]
    return [
        PlanItem(
            plan=plan, position=n, month=months[after], text=text, person=person,
            done_on=months[after].replace(day=20) if months[after] < today.replace(day=1) else None,
        )
        for n, (after, text, person) in enumerate(ITEMS[semester.number], start=1)
    ]  # fmt: skip


def write_care(days: Sequence[date], *, by: int) -> None:
    """The register over the open days so far; insects were not looked after this month."""
    this_month = days[-1].replace(day=1)
    RoomCare.objects.bulk_create(
        RoomCare(kind=kind, on=day, done_by="图书馆员", found=found if n % 3 == 0 else "", by_id=by)
        for kind, every, found in CARE
        for n, day in enumerate(days[::every])
        if kind != "moth" or day < this_month
    )
