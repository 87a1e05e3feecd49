import re
from datetime import date, datetime

import pytest
import time_machine
from django.urls import reverse

from library_site.models import Role
from readers.models import Semester
from reports.models import EnteredFigure
from tests.factories.circulation import make_loan
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def librarian(client):
    make_school()
    client.force_login(make_user(Role.LIBRARIAN))
    return client


@pytest.fixture
def paper():
    """The spring of 2026, before the first loan in the system; today is in November."""
    with time_machine.travel(datetime.fromisoformat("2026-11-20T12:00:00+08:00"), tick=False):
        make_school_year(2025)
        make_school_year(2026)
        school_class = make_class()
        make_loan(reader=make_reader(school_class=school_class), school_class=school_class)
        yield Semester.objects.get(starts_on=date(2026, 2, 10))


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def kept() -> dict[str, tuple[str, str]]:
    return {row.figure: (str(row.value), row.note) for row in EnteredFigure.objects.all()}


def at(name: str, *args: object) -> str:
    return reverse(f"semester_report:{name}", args=args)


def test_figures_of_a_semester_on_paper_are_entered_at_once(librarian, paper):
    figures = {"value_books_per_student": "3.4", "value_visits": "0", "note_visits": "只有下半学期", "note": "纸质台账"}
    answer = librarian.post(at("enter_all", paper.pk), figures, follow=True)
    assert kept() == {"books_per_student": ("3.40", "纸质台账"), "visits": ("0.00", "只有下半学期")}
    assert "共有2项手工填报的指标" in text_of(answer)
    assert "3.40" in text_of(answer)


def test_emptied_field_takes_the_figure_back(librarian, paper):
    librarian.post(at("enter_all", paper.pk), {"value_visits": "5", "value_borrowers": "7", "note": "台账"})
    page = librarian.get(at("enter_all", paper.pk)).content.decode()
    assert 'name="value_visits" value="5"' in page
    librarian.post(at("enter_all", paper.pk), {"value_visits": "", "value_borrowers": "7", "note_borrowers": "台账"})
    assert kept() == {"borrowers": ("7.00", "台账")}


@pytest.mark.parametrize(
    ("figures", "text"),
    [
        ({"value_visits": "5"}, "请说明数据出处"),
        ({"value_visits": "-5", "note": "台账"}, "等于0"),
        ({"value_visits": "5.5", "note": "台账"}, "小数"),
        ({"value_visits": "多", "note": "台账"}, "输入"),
    ],
)
def test_wrong_figures_enter_nothing(librarian, paper, figures, text):
    answer = librarian.post(at("enter_all", paper.pk), figures)
    assert answer.status_code == 422
    assert text in re.sub(r"\s", "", text_of(answer))
    assert kept() == {}


def test_one_figure_is_written_over_and_taken_back(librarian, paper):
    address = at("enter", paper.pk, "circulation_rate")
    answer = librarian.post(address, {"value": "21.5", "note": "台账"})
    assert answer.url.endswith(f"?semester={paper.pk}#figure-circulation_rate")
    assert EnteredFigure.objects.get().variant == "copies"
    assert "撤销" in text_of(librarian.get(address))
    librarian.post(at("take_back", paper.pk, "circulation_rate"))
    assert kept() == {}


def test_figure_without_note_is_not_entered(librarian, paper):
    answer = librarian.post(at("enter", paper.pk, "visits"), {"value": "21", "note": ""})
    assert answer.status_code == 422
    assert kept() == {}


def test_form_at_the_field_comes_without_its_page(librarian, paper):
    answer = librarian.get(at("enter", paper.pk, "visits"), headers={"HX-Request": "true"})
    assert "<form" in answer.content.decode()
    assert "<html" not in answer.content.decode()


def test_what_does_not_exist_is_not_found(librarian, paper):
    coming = Semester.objects.get(starts_on=date(2027, 2, 10))
    assert librarian.get(at("enter", paper.pk, "nonsense")).status_code == 404
    assert librarian.get(at("enter", 0, "visits")).status_code == 404
    assert librarian.get(at("enter_all", coming.pk)).status_code == 404
    assert librarian.post(at("take_back", coming.pk, "visits")).status_code == 404
