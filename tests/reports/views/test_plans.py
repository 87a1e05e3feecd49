"""The work plan of a semester on its pages: beginning, words, aims against figures, items ticked off, Word."""

from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

import docx
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from library_site.models import Role
from readers.models import Semester
from reports.models import Goal, PlanAim, PlanItem, ReportOptions, WorkPlan
from tests.factories.circulation import make_loan
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.reports import make_aim, make_item, make_plan
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db
SEPTEMBER, OCTOBER, NOVEMBER = date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1)


@pytest.fixture(autouse=True)
def it_is_november(time_machine):
    time_machine.move_to(datetime.fromisoformat("2026-11-20T12:00:00+08:00"))


def signed_in(*roles):
    make_school()
    client = Client()
    client.user = make_user(*roles)
    client.force_login(client.user)
    return client


@pytest.fixture
def autumn(db):
    make_school_year(2025)
    make_school_year(2026)
    return Semester.objects.get(starts_on=SEPTEMBER)


@pytest.fixture
def librarian(autumn):
    return signed_in(Role.LIBRARIAN)


def semester(starts_on):
    return Semester.objects.get(starts_on=starts_on)


def page(client, of):
    answer = client.get(reverse("plans:plan", args=[of.pk]))
    assert answer.status_code == 200
    return answer


@pytest.mark.parametrize("role", [Role.LIBRARIAN, Role.PRINCIPAL])
def test_librarian_and_principal_begin_plans(autumn, role):
    client = signed_in(role)
    answer = client.post(reverse("plans:begin"), {"semester": autumn.pk, "source": ""})
    assert answer.headers["Location"] == reverse("plans:plan", args=[autumn.pk])
    assert WorkPlan.objects.get().semester == autumn


def test_plan_begins_with_that_of_the_year_before(librarian, autumn):
    make_plan(semester(date(2026, 2, 10)), guiding_idea="春")
    old = make_plan(semester(date(2025, 9, 1)), guiding_idea="秋", measures="措施")
    make_aim(old, "流通率", figure="circulation_rate", variant="copies", target=80, result="已达到")
    make_item(old, date(2025, 10, 1), "读书月", person="王老师", done_on=date(2025, 10, 20), note="顺利")
    make_item(old, date(2026, 1, 1), "期末清还")

    form = librarian.get(reverse("plans:begin")).context["form"]
    assert form.initial == {"semester": autumn.pk, "source": old.pk}
    librarian.post(reverse("plans:begin"), form.initial)

    plan = WorkPlan.objects.get(semester=autumn)
    assert (plan.guiding_idea, plan.situation, plan.measures) == ("秋", "", "措施")
    aim = plan.aims.get()
    assert (aim.text, aim.figure, aim.variant, aim.target, aim.result) == (
        "流通率",
        "circulation_rate",
        "copies",
        80,
        "",
    )
    items = plan.items.order_by("month").values_list("month", "text", "person", "done_on", "note")
    assert list(items) == [(OCTOBER, "读书月", "王老师", None, ""), (date(2027, 1, 1), "期末清还", "", None, "")]


def test_first_plan_begins_with_the_usual_one_and_the_schools_goals(librarian, autumn):
    Goal.objects.create(figure="books_per_student", per="semester", target=8, from_year=2025)
    Goal.objects.create(figure="books_per_student", per="year", target=16, from_year=2025)
    form = librarian.get(reverse("plans:begin")).context["form"]
    assert form.initial == {"semester": autumn.pk, "source": 0}
    librarian.post(reverse("plans:begin"), form.initial)
    plan = WorkPlan.objects.get(semester=autumn)
    assert plan.guiding_idea and plan.measures.count("\n") == 3
    assert list(plan.aims.values_list("text", "target")) == [("生均借书册数：8.00", 8)]
    months = list(plan.items.order_by("position").values_list("month", flat=True))
    assert months == sorted(months)
    assert (months[0], months[-1]) == (SEPTEMBER, date(2027, 1, 1))


def test_second_plan_of_a_semester_is_refused(librarian, autumn):
    form = librarian.get(reverse("plans:begin")).context["form"]
    make_plan(autumn)
    assert librarian.post(reverse("plans:begin"), {"semester": autumn.pk, "source": ""}).status_code == 422
    assert WorkPlan.objects.count() == 1
    assert form.initial["semester"] == autumn.pk


def test_words_are_kept(librarian, autumn):
    make_plan(autumn)
    address = reverse("plans:words", args=[autumn.pk])
    seen = librarian.get(address).context["form"]["seen"].value()
    words = {"guiding_idea": "以规程为指导", "situation": "学生 512 人", "measures": "一、……\n二、……", "seen": seen}
    assert librarian.post(address, words).status_code == 302
    text = page(librarian, autumn).content.decode()
    assert "以规程为指导" in text and "二、……" in text


def test_words_that_somebody_changed_meanwhile_are_refused_once(librarian, autumn):
    plan = make_plan(autumn)
    address = reverse("plans:words", args=[autumn.pk])
    seen = librarian.get(address).context["form"]["seen"].value()
    WorkPlan.objects.filter(pk=plan.pk).update(situation="校长所写")
    mine = {"guiding_idea": "馆员所写", "situation": "", "measures": "", "seen": seen}
    answer = librarian.post(address, mine)
    plan.refresh_from_db()
    assert (answer.status_code, plan.situation, plan.guiding_idea) == (422, "校长所写", "")
    again = answer.context["form"]
    assert again["guiding_idea"].value() == "馆员所写"
    assert librarian.post(address, mine | {"seen": again["seen"].value()}).status_code == 302
    plan.refresh_from_db()
    assert (plan.situation, plan.guiding_idea) == ("", "馆员所写")


def test_aim_shows_the_figure_of_the_report_beside_its_target(librarian, autumn):
    school_class = make_class()
    reader, _idle = make_reader(school_class=school_class), make_reader(school_class=school_class)
    for _ in range(3):
        make_loan(reader=reader, school_class=school_class)
    plan = make_plan(autumn)
    make_aim(plan, "人人多读书", figure="books_per_student", target=2)
    make_aim(plan, "借书率", figure="borrowing_rate", target=50)
    make_aim(plan, "建成诗歌角", result="已建成")
    lines = page(librarian, autumn).context["page"].aims
    shown = [(line.target_text, line.result_text, line.reached) for line in lines]
    assert shown == [("2.00", "1.50", False), ("50.00%", "50.00%", True), ("", "已建成", None)]


def test_aim_tied_to_another_formula_is_unknown_and_not_wrong(librarian, autumn):
    make_loan(reader=make_reader(school_class=make_class()))
    plan = make_plan(autumn)
    answer = librarian.post(
        reverse("plans:aim_new", args=[autumn.pk]),
        {"text": "流通率 80%", "figure": "circulation_rate", "target": "80"},
    )
    assert answer.status_code == 302
    assert plan.aims.get().variant == ReportOptions.CirculationRate.BY_COPIES
    assert page(librarian, autumn).context["page"].aims[0].value is not None
    ReportOptions.objects.create(pk=1, circulation_rate=ReportOptions.CirculationRate.BY_BORROWERS)
    line = page(librarian, autumn).context["page"].aims[0]
    assert (line.value, line.reached, line.result_text) == (None, None, "—")


def test_aims_of_a_semester_to_come_are_not_counted_yet(librarian):
    coming = semester(date(2027, 2, 10))
    make_aim(make_plan(coming), figure="books_per_student", target=8)
    assert page(librarian, coming).context["page"].aims[0].result_text == "—"


@pytest.mark.parametrize(
    ("field", "value", "wrong"),
    [
        ("text", " ", "text"),
        ("target", "", "target"),
        ("figure", "", "target"),
        ("figure", "x", "figure"),
        ("target", "-1", "target"),
    ],
)
def test_aim_without_what_it_needs_is_refused_at_the_field(librarian, autumn, field, value, wrong):
    make_plan(autumn)
    wanted = {"text": "借书", "figure": "books_per_student", "target": "8", "result": "", field: value}
    answer = librarian.post(reverse("plans:aim_new", args=[autumn.pk]), wanted)
    assert (answer.status_code, wrong in answer.context["form"].errors) == (422, True)
    assert not PlanAim.objects.exists()


def test_item_is_offered_for_the_months_of_the_semester(librarian, autumn):
    make_plan(autumn)
    address = reverse("plans:item_new", args=[autumn.pk])
    form = librarian.get(address).context["form"]
    assert [value for value, _label in form.fields["month"].choices] == [
        "2026-09-01", "2026-10-01", "2026-11-01", "2026-12-01", "2027-01-01",
    ]  # fmt: skip
    assert form["month"].value() == "2026-11-01"
    assert librarian.get(address, {"month": "2026-12-01"}).context["form"]["month"].value() == "2026-12-01"
    assert librarian.post(address, {"month": "2026-08-01", "text": "x"}).status_code == 422
    assert librarian.post(address, {"month": "2026-12-01", "text": "新书验收", "person": "李老师"}).status_code == 302
    item = PlanItem.objects.get()
    assert (item.month, item.text, item.person, item.position) == (date(2026, 12, 1), "新书验收", "李老师", 1)


def test_item_is_ticked_and_opened_again(librarian, autumn):
    item = make_item(make_plan(autumn), OCTOBER)
    address = reverse("plans:tick", args=[item.pk])
    answer = librarian.post(address, {"done": "1"}, headers={"HX-Request": "true"})
    text = answer.content.decode()
    assert 'aria-pressed="true"' in text and "已完成 1/1 项" in text
    assert reverse("plans:up", args=["item", item.pk]) not in text
    item.refresh_from_db()
    assert item.done_on == date(2026, 11, 20)
    assert librarian.post(address, {"done": "0"}).headers["Location"] == reverse("plans:plan", args=[autumn.pk])
    item.refresh_from_db()
    assert item.done_on is None


def test_item_ticked_twice_keeps_its_first_day(librarian, autumn):
    item = make_item(make_plan(autumn), OCTOBER, done_on=date(2026, 10, 8))
    librarian.post(reverse("plans:tick", args=[item.pk]), {"done": "1"})
    item.refresh_from_db()
    assert item.done_on == date(2026, 10, 8)


def test_lines_are_moved_up_and_taken_out(librarian, autumn):
    plan = make_plan(autumn)
    make_item(plan, SEPTEMBER, "别的月")
    first, second = make_item(plan, OCTOBER, "甲"), make_item(plan, OCTOBER, "乙")
    for _ in range(2):  # the second time it is the first already
        librarian.post(reverse("plans:up", args=["item", second.pk]))
    assert list(plan.items.filter(month=OCTOBER).order_by("position").values_list("text", flat=True)) == ["乙", "甲"]
    librarian.post(reverse("plans:remove", args=["item", first.pk]))
    assert set(plan.items.values_list("text", flat=True)) == {"别的月", "乙"}
    assert PlanItem.pgh_event_model.objects.filter(pgh_obj_id=first.pk, pgh_label="delete").exists()
    assert librarian.post(reverse("plans:up", args=["plan", plan.pk])).status_code == 404


def test_item_of_a_month_the_semester_lost_is_still_shown(librarian, autumn):
    make_item(make_plan(autumn), date(2026, 8, 1), "假期整架")
    months = page(librarian, autumn).context["page"].months
    assert [month for month, _items in months][:2] == [date(2026, 8, 1), SEPTEMBER]


def test_plan_and_list_ask_as_often_for_three_lines_as_for_one(librarian, autumn):
    plan = make_plan(autumn)

    def count():
        with CaptureQueriesContext(connection) as captured:
            page(librarian, autumn)
            librarian.get(reverse("plans:plans"))
        return len(captured)

    def add():
        make_item(plan, OCTOBER)
        make_aim(plan)

    add()
    count()
    once = count()
    add()
    add()
    make_plan(semester(date(2026, 2, 10)))
    assert count() == once


def test_list_shows_every_semester_and_how_far_its_plan_is(librarian, autumn):
    plan = make_plan(autumn)
    make_item(plan, OCTOBER, done_on=OCTOBER)
    make_item(plan, NOVEMBER)
    make_aim(plan)
    rows = librarian.get(reverse("plans:plans")).context["rows"]
    assert [(row.plan is not None, row.done, row.items, row.aims) for row in rows] == [
        (False, 0, 0, 0), (True, 1, 2, 1), (False, 0, 0, 0), (False, 0, 0, 0),
    ]  # fmt: skip


def test_word_has_the_plan_in_the_order_of_such_papers(librarian, autumn):
    plan = make_plan(autumn, guiding_idea="以规程为指导", measures="一、开放\n二、推荐")
    make_aim(plan, "借书率 90%", figure="borrowing_rate", target=Decimal(90))
    make_item(plan, OCTOBER, "读书月", person="王老师", done_on=date(2026, 10, 20))
    answer = librarian.get(reverse("plans:word", args=[autumn.pk]))
    document = docx.Document(BytesIO(answer.getvalue()))
    headings = [row.text for row in document.paragraphs if row.style.name.startswith("Heading")]
    assert headings == ["指导思想", "工作目标", "主要措施", "逐月工作安排"]
    aims, items = ([[cell.text for cell in row.cells] for row in table.rows] for table in document.tables)
    assert aims[1] == ["借书率 90%", "借书率 90.00%", "—"]
    assert items[1] == ["2026年10月", "读书月", "王老师", "2026-10-20"]
    assert "二、推荐" in [row.text for row in document.paragraphs]


def test_plan_that_does_not_exist_is_not_found(librarian, autumn):
    for name in ("plan", "word", "words", "aim_new", "item_new"):
        assert librarian.get(reverse(f"plans:{name}", args=[autumn.pk])).status_code == 404
