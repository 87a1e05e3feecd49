import re
from datetime import date, datetime

import pytest
import time_machine
from django.urls import reverse

from library_site.models import Role
from readers.models import Semester
from reports.models import Snapshot
from tests.factories.circulation import make_loan
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db(transaction=True)
LENT_AT = datetime.fromisoformat("2026-12-01T12:00:00+08:00")


@pytest.fixture
def autumn():
    """The autumn of 2026 with one loan by one of two pupils; it is over, today is in March."""
    with time_machine.travel(datetime.fromisoformat("2027-03-01T12:00:00+08:00"), tick=False):
        make_school()
        make_school_year(2026)
        school_class = make_class()
        reader, _other = make_reader(school_class=school_class), make_reader(school_class=school_class)
        make_loan(reader=reader, school_class=school_class, lent_at=LENT_AT, returned_at=LENT_AT)
        yield Semester.objects.get(starts_on=date(2026, 9, 1))


@pytest.fixture
def librarian(client, autumn):
    client.force_login(make_user(Role.LIBRARIAN, name="周老师"))
    return client


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def at(name: str, semester: Semester) -> str:
    return reverse(f"semester_report:{name}", args=[semester.pk])


def test_semester_that_is_over_is_closed_by_button(librarian, autumn):
    report = f"{reverse('semester_report:report')}?semester={autumn.pk}"
    assert "现在封存本学期" in text_of(librarian.get(report))
    answer = librarian.post(at("close", autumn), follow=True)
    assert "学期已封存，数据不再变动" in text_of(answer)
    assert "现在封存本学期" not in text_of(answer)
    assert Snapshot.objects.get().taken_by.name == "周老师"


def test_running_semester_is_not_closed(librarian, autumn):
    spring = Semester.objects.get(starts_on=date(2027, 2, 10))
    assert "现在封存本学期" not in text_of(librarian.get(reverse("semester_report:report")))
    librarian.post(at("close", spring))
    assert not Snapshot.objects.exists()


def test_recount_shows_only_what_differs(librarian, autumn):
    librarian.post(at("close", autumn))
    assert "各项指标与封存时一致" in text_of(librarian.get(at("recount", autumn)))
    school_class = make_class()
    make_loan(school_class=school_class, lent_at=LENT_AT, returned_at=LENT_AT)
    text = text_of(librarian.get(at("recount", autumn)))
    assert "生均借书册数 0.50 1 ÷ 2 1.00 2 ÷ 2" in text
    assert "在校学生数" not in text
    assert "周老师" in text


def test_closing_again_needs_a_reason_and_keeps_the_older(librarian, autumn):
    librarian.post(at("close", autumn))
    refused = librarian.post(at("close", autumn), {"reason": " "}, follow=True)
    assert refused.redirect_chain[-1][0] == at("recount", autumn)
    assert Snapshot.objects.count() == 1
    make_loan(school_class=make_class(), lent_at=LENT_AT, returned_at=LENT_AT)
    librarian.post(at("close", autumn), {"reason": "补录"})
    assert Snapshot.objects.count() == 2
    text = text_of(librarian.get(at("recount", autumn)))
    assert "各项指标与封存时一致" in text
    assert "补录" in text


def test_semester_that_is_open_has_no_recount(librarian, autumn):
    assert librarian.get(at("recount", autumn)).status_code == 404
    assert librarian.get(reverse("semester_report:recount", args=[0])).status_code == 404


def test_principal_sees_the_recount_and_closes_nothing(client, librarian, autumn):
    librarian.post(at("close", autumn))
    client.force_login(make_user(Role.PRINCIPAL))
    assert "重新封存" not in text_of(client.get(at("recount", autumn)))
    assert client.post(at("close", autumn), {"reason": "x"}).status_code == 403


def test_days_of_a_semester_that_are_changed_after_closing_change_no_closed_report(librarian, autumn):
    librarian.post(reverse("semester_report:close", args=[autumn.pk]), {"reason": ""})
    Semester.objects.filter(pk=autumn.pk).update(starts_on=date(2026, 9, 7))
    page = librarian.get(reverse("semester_report:report"), {"semester": autumn.pk})
    report = page.context["report"]
    assert report.period.starts_on == report.cards["books_per_student"].first == date(2026, 9, 1)
