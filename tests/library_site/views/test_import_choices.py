"""A roster whose rows fit several pupils, through the pages: choose, apply, tick who left, take back."""

import pytest
from django.test import Client
from django.urls import reverse

from library_site.models import ImportRow, ImportRun
from readers.models import ClassMembership, Reader, Turn
from tests.factories.catalog import make_copy, make_location
from tests.factories.circulation import make_opening_hours, make_policy
from tests.factories.desk import NOON, lend
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school, make_user
from tests.library_site.views.test_imports import match, upload, work

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(db, time_machine):
    """The librarian's browser in October 2026."""
    time_machine.move_to(NOON)
    make_school(), make_school_year(), make_location(), make_opening_hours(), make_policy()
    client = Client(headers={"accept-language": "en"})
    user = make_user()
    user.set_password("reading-2026")
    user.save()
    client.librarian = user
    client.force_login(user, backend="library_site.authentication.AccountBackend")
    return client


def checked(office, text, **fields):
    upload(office, text, kind="roster", name="名册.csv")
    run = ImportRun.objects.latest("pk")
    match(office, run, **fields)
    work()
    run.refresh_from_db()
    return run


def test_choice_is_offered_kept_and_applied(office):
    first, second = (make_reader("张伟", number="", school_class=make_class(2024, n)) for n in (1, 2))
    run = checked(office, "班级,姓名\n三(1)班,王五\n三(2)班,王六\n三(3)班,张伟\n")
    address = reverse("imports:run", args=[run.pk])
    row = ImportRow.objects.get(run=run, number=4)
    assert f"choice-{row.pk}" in office.get(address).content.decode()

    office.post(reverse("imports:choose", args=[run.pk]), {f"choice-{row.pk}": first.pk})
    work()
    page = office.get(address)
    assert (page.context["choices"], [person["pk"] for person in page.context["leavers"]]) == ([], [second.pk])

    office.post(reverse("imports:apply", args=[run.pk]))
    work()
    assert ClassMembership.objects.get(reader=first, until=None).school_class.number == 3


def test_choice_of_somebody_who_was_not_offered_is_dropped(office):
    for number in (1, 2):
        make_reader("张伟", number="", school_class=make_class(2024, number))
    other = make_reader("别人")
    run = checked(office, "班级,姓名\n三(1)班,王五\n三(2)班,王六\n三(3)班,张伟\n")
    row = ImportRow.objects.get(run=run, number=4)

    office.post(reverse("imports:choose", args=[run.pk]), {f"choice-{row.pk}": other.pk})
    run.refresh_from_db()
    assert run.options["choices"] == {}


def test_all_who_have_no_book_out_leave_by_one_tick_and_come_back_by_undo(office):
    clear, holder = (make_reader(name, number="", school_class=make_class(2024, 1)) for name in ("甲甲", "乙乙"))
    lend(make_copy(), holder, office.librarian)
    run = checked(office, "班级,姓名\n三(1)班,丙丙\n")
    assert office.get(reverse("imports:run", args=[run.pk])).context["leavers_clear"] == 1

    office.post(reverse("imports:apply", args=[run.pk]), {"leavers_clear": "1"})
    work()
    assert list(Reader.objects.filter(status="left")) == [clear]

    undo = reverse("leaving:undo", args=[Turn.objects.get().pk])
    assert undo in office.get(reverse("imports:run", args=[run.pk])).content.decode()
    office.post(undo, {"confirm_password": "reading-2026"})
    assert set(Reader.objects.values_list("name", "status")) == {("甲甲", "active"), ("乙乙", "active")}
    assert "taken back" in office.get(reverse("imports:run", args=[run.pk])).content.decode()


def test_roster_of_a_year_not_entered_is_held_back(office):
    upload(office, "班级,姓名\n三(1)班,王五\n", kind="roster", name="名册.csv")
    run = ImportRun.objects.get()

    answer = match(office, run, since="2027-09-01")
    assert (answer.status_code, list(answer.context["options"].errors)) == (422, ["since"])
