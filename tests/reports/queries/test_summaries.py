"""What the summary says, block by block."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import translation

from library_site.shared.reference import current_reference
from readers.models import Semester
from reports.models import EnteredFigure, Goal
from reports.operations.snapshots import close_semester
from reports.operations.summaries import keep_section
from reports.queries.inspection import folder_of
from reports.queries.parts.counted import Counted
from reports.queries.parts.frame import MOST
from reports.queries.summaries import SummaryPaper, summary_of
from reports.rules.papers import Grid, Note, Part, Picture, Sentence, joined
from reports.rules.summary import mark_of
from tests.factories.catalog import make_copy
from tests.factories.circulation import make_loan
from tests.factories.readers import make_class, make_reader
from tests.factories.reports import make_aim, make_care, make_item, make_plan
from tests.factories.site import make_school, make_user
from tests.reports.papers import DAY, PUPIL, fill, make_semester, noon

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def chinese():
    make_school()
    with translation.override("zh-hans"):
        yield


@pytest.fixture
def semester():
    return make_semester()


def paper(semester, today: date = TODAY) -> SummaryPaper:
    return summary_of(semester, Counted(current_reference(), today))


def part(made: SummaryPaper, key: str) -> Part:
    return next(row for row in made.parts if row.key == key)


def said(row: Part) -> str:
    return " ".join(str(block.text) for block in row.blocks if isinstance(block, Sentence))


def grid(row: Part, caption: str) -> list[list[str]]:
    found = next(block for block in row.blocks if isinstance(block, Grid) and block.caption == caption)
    return [[text for text, _number in line] for line in found.lines]


def every_word(made: SummaryPaper) -> str:
    blocks = [*made.opening, *made.notes, *(block for row in made.parts for block in row.blocks)]
    return repr([block.lines if isinstance(block, Grid) else block for block in blocks])


def test_summary_has_the_sections_that_schools_write(semester):
    made = paper(semester)

    assert [str(row.title) for row in made.parts] == [
        "基本情况", "制度与管理", "队伍", "借阅与服务", "藏书建设与经费", "读书活动", "存在问题", "下学期打算",
    ]  # fmt: skip
    assert made.title == "2026–2027学年第一学期图书馆工作总结"
    assert made.subtitle == "2026年9月1日至2026年11月20日"


def test_sentences_carry_the_figures(semester):
    fill(semester)
    made = paper(semester)

    assert said(part(made, "basics")) == (
        "全校共1个班。在校学生2人。馆藏图书1种、1册，总价值28.00元。平均每生0.50册。其中可外借图书1册。"
    )
    assert said(part(made, "lending")) == (
        "本学期外借图书1册次，其中学生外借1册次。有1名学生借过书，借书率50.00%。平均每生0.50册。阅览室接待1人次。"
    )
    assert said(part(made, "collection")) == "本学期新增图书1册。本学年生均新增0.50册。"
    assert "图书馆工作领导小组共1人。分管领导：王校长。" in said(part(made, "rules"))


def test_week_that_still_runs_is_no_fall_of_the_line(semester):
    make_loan(lent_at=noon(date(2026, 11, 11)))
    for day in (16, 17):
        make_loan(lent_at=noon(date(2026, 11, day)))

    def weeks(today: date) -> list[int | None]:
        blocks = part(paper(semester, today), "lending").blocks
        values = next(block.chart.series[0].values for block in blocks if isinstance(block, Picture))
        return [number for number in values if number is not None]

    assert weeks(date(2026, 11, 20)) == [1]
    assert weeks(date(2026, 11, 23)) == [1, 2]


def test_tables_come_from_the_registers(semester):
    fill(semester)
    made = paper(semester)

    assert grid(part(made, "rules"), "规章制度") == [["借阅制度", "2025-09-01", "未确认", "1", "2026-10-08"]]
    assert grid(part(made, "rules"), "会议") == [["2026-10-08", "其他会议", "新学期工作会", ""]]
    held = part(made, "activities")
    assert grid(held, "开展读书活动") == [["2026-10-08", "朗诵会", "朗诵比赛", "40", "0", "0"]]
    assert "本学期开展读书活动 1 次，参加 40 人次。" in str(held.blocks[0].text)
    assert grid(part(made, "people"), "各班小图书管理员人数") == [["三(1)班", "1", "0"], ["合计", "1", "0"]]
    assert grid(part(made, "lending"), "各班借阅情况")[-1] == ["合计", "1", "2", "0.50", "1", "50.00%"]
    assert grid(part(made, "collection"), "新书入藏登记") == [
        ["2026-10-08", "2026年秋季", "新华书店", "1", "1", "28.00"],
        ["合计", "", "", "", "1", "28.00"],
    ]
    assert grid(part(made, "collection"), "五大部类藏书")[2] == ["社会科学", "1", "1", "28.00", "100.00%", "100.00%"]


@pytest.mark.parametrize(("today", "verdict"), [(TODAY, ""), (date(2027, 2, 2), "未达标")])
def test_aims_stand_against_results(semester, today, verdict):
    plan = make_plan(semester)
    make_aim(plan, "生均借书2册", figure="books_per_student", target=2)
    make_aim(plan, "借书率过半", figure="borrowing_rate", target=50)
    make_aim(plan, "办好读书节", result="如期举行")
    fill_loans_only()

    table = paper(semester, today).opening[0]
    assert [[text for text, _number in line] for line in table.lines] == [
        ["生均借书2册", "2.00", "0.50", verdict],
        ["借书率过半", "50.00%", "50.00%", "达标"],
        ["办好读书节", "", "如期举行", ""],
    ]


def fill_loans_only() -> None:
    school_class = make_class()
    reader, _other = make_reader(school_class=school_class), make_reader(school_class=school_class)
    make_loan(reader=reader, school_class=school_class, lent_at=noon(DAY))


def test_unknown_figures_have_no_sentence(semester):
    made = paper(semester)

    assert said(part(made, "lending")) == ""
    assert [block for block in part(made, "lending").blocks if isinstance(block, Picture)] == []
    assert "None" not in every_word(made)


def test_entered_figure_is_the_one_that_is_told(semester):
    EnteredFigure.objects.create(
        semester=semester, figure="books_per_student", value=Decimal("3.20"), note="纸质登记", by=make_user()
    )
    fill_loans_only()
    made = paper(semester)

    assert "平均每生3.20册。" in said(part(made, "lending"))
    lines = grid(part(made, "lending"), "借阅与服务指标")
    assert ["生均借书册数", "3.20", "手工填报：纸质登记"] in [line[:3] for line in lines]


def test_words_stay_when_figures_change(semester):
    keep = {"semester_id": semester.pk, "section": "lending", "text": "学生爱读书。", "seen": mark_of("")}
    keep_section(**keep, by=make_user(), at=datetime(2026, 11, 20, tzinfo=UTC))
    before = part(paper(semester), "lending")
    fill_loans_only()
    after = part(paper(semester), "lending")

    assert (before.paragraphs, after.paragraphs) == (["学生爱读书。"], ["学生爱读书。"])
    assert said(before) != said(after)


def test_closed_semester_is_told_as_it_was_closed(semester):
    fill_loans_only()
    close_semester(
        semester_id=semester.pk, reason="", by=make_user(), at=datetime(2027, 2, 5, 4, tzinfo=UTC),
        reference=current_reference(),
    )  # fmt: skip
    fill_loans_only()
    made = paper(semester, date(2027, 2, 20))

    assert "本学期外借图书1册次" in said(part(made, "lending"))
    assert made.notes == [Note("数据统计至2027-01-31。")]


def test_goals_that_were_missed_are_among_the_problems(semester):
    Goal.objects.create(figure="books_per_student", per="semester", target=8, from_year=2026)
    fill_loans_only()
    made = paper(semester)

    assert "生均借书册数为0.50，未达到8.00的目标。" in said(part(made, "problems"))
    assert "逾期归还或逾期未还图书1册。" in said(part(made, "problems"))
    lines = grid(part(made, "lending"), "借阅与服务指标")
    assert next(line for line in lines if line[0] == "生均借书册数")[3] == "8.00"


def test_next_semester_is_told_by_its_plan(semester):
    plan = make_plan(Semester.objects.get(starts_on=date(2027, 2, 10)))
    make_aim(plan, "生均借书10册")
    make_item(plan, date(2027, 3, 1), "读书节", person="李老师")
    made = part(paper(semester), "next")

    assert said(made) == "目标：生均借书10册"
    assert grid(made, "逐月工作安排") == [["2027年3月", "读书节", "李老师", "", ""]]


def test_what_came_in_adds_up_to_the_figure(semester):
    fill(semester)
    make_copy(acquired_on=DAY, price=None)
    make_copy(acquired_on=DAY, price="12.50")
    make_copy(acquired_on=date(2026, 8, 31))
    made = part(paper(semester), "collection")

    assert said(made).startswith("本学期新增图书3册。")
    assert grid(made, "新书入藏登记")[1:] == [
        ["", "未归批次", "", "2", "2", "12.50"],
        ["合计", "", "", "", "3", "40.50"],
    ]


def test_no_pupil_is_named(semester):
    fill(semester)

    assert PUPIL not in every_word(paper(semester))


def test_long_registers_are_cut_and_say_so(semester):
    for number in range(MOST + 1):
        make_care(on=DAY, found=str(number))
    blocks = folder_of(
        semester.school_year, {"care"}, reference=current_reference(), today=TODAY
    ).parts[0].blocks  # fmt: skip

    assert len(blocks[-2].rows) == MOST
    assert blocks[-1].text == f"此处只打印前{MOST}条。"


def test_sentences_are_joined_as_the_language_writes_them():
    assert joined("一。", "", "二。") == "一。二。"
    with translation.override("en"):
        assert joined("One.", "", "Two.") == "One. Two."


def test_of_two_goals_for_a_figure_that_of_its_formula_is_the_one_that_is_missed(semester):
    fill(semester)
    for variant, target in (("borrowers", "999"), ("copies", "150.5")):
        Goal.objects.create(figure="circulation_rate", variant=variant, target=target, from_year=2026)
    made = paper(semester)
    assert "150.50%" in said(part(made, "problems"))
    assert "150.50%" in repr(grid(part(made, "lending"), "借阅与服务指标"))
