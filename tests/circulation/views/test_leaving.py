"""The pages of leaving: a grade, one pupil, what is printed, and taking back."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from library_site.models import Role
from readers.models import ClassMembership, Reader, Turn
from tests.factories.boxes import fill, lend_on
from tests.factories.catalog import make_copy
from tests.factories.circulation import make_box
from tests.factories.desk import lend
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_user

GRADE = ["primary", 2021]


@pytest.fixture
def office(library):
    """The librarian's browser; 六(1)班 has a pupil without and one with a book. The password was just given."""
    library.librarian.set_password("reading-2026")
    library.librarian.save()
    client = Client()
    client.force_login(library.librarian, backend="library_site.authentication.AccountBackend")
    client.clear = make_reader("甲一", school_class=make_class(2021, 1), card="C1")
    client.holder = make_reader("乙二", school_class=make_class(2021, 1))
    lend(make_copy("B1"), client.holder, library.librarian)
    return client


def apply(office, **values):
    """Posts the page of the grade as shown, with `values`, and the password that it asks for."""
    shown = f"{office.clear.pk},{office.holder.pk}"
    address = reverse("leaving:grade", args=GRADE)
    return office.post(
        address, {"shown": shown, "day": "2027-07-11", "confirm_password": "reading-2026", **values}, follow=True
    )


def has_left(reader):
    return Reader.objects.get(pk=reader.pk).status == "left"


def test_grade_is_shown_with_what_is_out_and_asks_for_the_password(office):
    text = office.get(reverse("leaving:grade", args=GRADE)).content.decode()
    assert "甲一" in text
    assert "B1" in text

    held = office.post(reverse("leaving:grade", args=GRADE), {"shown": str(office.clear.pk), "day": "2027-07-11"})
    assert held.status_code == 200
    assert not has_left(office.clear)


def test_grade_leaves_but_for_who_has_a_book_or_stays(office):
    apply(office, stay=office.clear.pk)
    assert not has_left(office.clear)

    apply(office)
    assert (has_left(office.clear), has_left(office.holder)) == (True, False)


def test_reason_lets_go_and_the_book_stays_listed(office):
    apply(office, **{f"reason-{office.holder.pk}": "转学到外省"})

    page = office.get(reverse("leaving:overview"))
    assert [(group.name, len(group.lines)) for group in page.context["groups"]] == [("六(1)班", 1)]
    assert has_left(office.holder)


def test_day_is_needed(office):
    apply(office, day="")
    assert not has_left(office.clear)


def test_undo_by_the_page(office):
    apply(office)
    answer = office.post(reverse("leaving:undo", args=[Turn.objects.get().pk]), follow=True)

    assert answer.status_code == 200
    assert not has_left(office.clear)


def test_nine_year_school_moves_those_who_stay(office, library, time_machine):
    time_machine.move_to("2027-06-28T04:00:00Z")
    office.force_login(library.librarian, backend="library_site.authentication.AccountBackend")
    make_school_year(2027)
    entry = make_class(2027, 1, "junior")
    old = make_class(2021, 1)
    page = office.get(reverse("leaving:grade", args=GRADE))
    assert page.context["targets"] == [(entry.pk, "七(1)班")]

    members = f"{office.clear.pk},{office.holder.pk}"
    values = {f"into-{old.pk}": entry.pk, f"members-{old.pk}": members, "stay": [office.clear.pk, office.holder.pk]}
    apply(office, **values)
    assert set(ClassMembership.objects.filter(until=None).values_list("school_class", flat=True)) == {entry.pk}


def test_one_pupil_leaves_in_mid_year(office):
    address = reverse("leaving:reader", args=[office.holder.pk])
    password = {"confirm_password": "reading-2026"}
    office.post(address, {"day": "2026-10-12", **password})
    assert not has_left(office.holder)

    office.post(address, {"day": "2026-10-12", "reason": "随父母搬迁", **password})
    assert has_left(office.holder)


def test_sheets_list_everybody_and_slips_only_those_clear(office):
    sheets = office.get(reverse("leaving:sheets", args=GRADE)).content.decode()
    slips = office.get(reverse("leaving:slips", args=GRADE)).content.decode()

    assert "甲一" in sheets and "乙二" in sheets and "B1" in sheets
    assert "甲一" in slips and "乙二" not in slips


def test_running_grades_are_not_found(office):
    make_reader(school_class=make_class(2024, 1))
    assert office.get(reverse("leaving:grade", args=["primary", 2024])).status_code == 404


@pytest.mark.parametrize("role", [role for role in Role.values if role != Role.LIBRARIAN])
def test_only_the_librarian_lets_go(office, role):
    client = Client()
    client.force_login(make_user(role), backend="library_site.authentication.AccountBackend")

    assert client.post(reverse("leaving:grade", args=GRADE), {"shown": str(office.clear.pk)}).status_code == 403
    assert not has_left(office.clear)


def test_pages_cost_the_same_for_one_class_and_three(office, library):
    def cost():
        with CaptureQueriesContext(connection) as captured:
            for name in ("overview", "grade", "sheets", "slips"):
                office.get(reverse(f"leaving:{name}", args=[] if name == "overview" else GRADE))
        return len(captured)

    cost()
    few = cost()
    for number in (2, 3):
        for _pupil in range(3):
            lend(make_copy(), make_reader(school_class=make_class(2021, number)), library.librarian)
    cost()
    assert cost() == few


@pytest.mark.cases("CB-13")
def test_box_of_a_class_that_leaves_is_listed_at_its_clearance(office, library):
    leaving = make_class(2021, 1)
    copy = make_copy("30000001")
    fill(make_box("图书箱甲", school_class=leaving), library.helper, copy)
    assert "图书箱甲" in office.get(reverse("leaving:grade", args=GRADE)).content.decode()
    assert "30000001" in office.get(reverse("leaving:sheets", args=GRADE)).content.decode()


@pytest.mark.cases("CB-13")
def test_pupil_with_a_book_of_the_corner_does_not_leave(office, library):
    leaving = make_class(2021, 1)
    copy = make_copy("30000001")
    fill(make_box("图书箱甲", school_class=leaving), library.helper, copy)
    lend_on(copy, office.clear, leaving, library.helper)
    apply(office)
    assert not has_left(office.clear)
