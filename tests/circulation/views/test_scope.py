"""A class keeper lends to the own class only; of other classes nothing is to be learnt or done."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from circulation.models import CirculationEvent, Loan
from library_site.models import Role
from readers.models import Appointment, ClassMembership, ClassTeacher, Semester
from tests.circulation.views.conftest import DeskClient
from tests.factories.catalog import make_copy
from tests.factories.circulation import make_box, make_class_loan
from tests.factories.desk import lend, loan_of
from tests.factories.readers import make_class, make_reader
from tests.factories.site import make_user


@pytest.fixture
def keeper(library):
    """The desk of the keeper of 三(1)班."""
    user = make_user(Role.CLASS_KEEPER)
    make_reader("管小书", school_class=library.school_class, account=user)
    return DeskClient(user)


@pytest.fixture
def mate(library):
    return make_reader("同小班", school_class=library.school_class, card="C001", number="1001")


@pytest.fixture
def stranger(library):
    return make_reader("外小班", school_class=make_class(2024, 2), card="C002", number="1002")


def test_keeper_lends_to_the_own_class_and_takes_back(keeper, mate):
    copy = make_copy("10000001")
    assert keeper.scan("C001").reader == mate.pk
    assert keeper.scan(copy.barcode).tone == "lent"
    keeper.reader = ""
    assert keeper.scan(copy.barcode).tone == "returned"


@pytest.mark.parametrize("code", ["C002", "1002", "20000001"])
def test_keeper_learns_nothing_of_other_classes_by_scanning(keeper, library, stranger, code):
    """A card, a school number, a book that somebody else has."""
    lend(make_copy("20000001"), stranger, library.helper, at=library.noon)
    answer = keeper.scan(code)
    assert (answer.tone, answer.reader) == ("refused", None)
    assert "外小班" not in answer.answer
    assert CirculationEvent.objects.count() == 1


def test_dead_card_of_another_class_is_not_explained(keeper, stranger):
    stranger.cards.update(status="lost")
    assert "data-field-reader" not in keeper.scan("C002").answer


@pytest.mark.parametrize("typed", ["外小班", "三2 外", "wxb"])
def test_keeper_finds_nobody_of_other_classes(keeper, stranger, typed):
    answer = keeper.scan(typed)
    assert (answer.tone, answer.reader) == ("refused", None)
    assert "1002" not in answer.answer


def test_keeper_is_not_led_to_another_classs_board(keeper, library, stranger):
    assert keeper.scan("三1").go == f"/desk/class/{library.school_class.pk}/"
    assert not hasattr(keeper.scan("三2"), "go")


def test_acts_that_name_others_change_nothing(keeper, library, stranger):
    """What a page that was tampered with could post."""
    copy, out = make_copy("10000001"), make_copy("20000001")
    event = lend(out, stranger, library.helper, at=library.noon)
    loan = loan_of(out)
    posts = [
        ("open_reader", {"reader": stranger.pk}),
        ("lend", {"reader": stranger.pk, "copy": copy.pk}),
        ("scan", {"reader": stranger.pk, "code": copy.barcode}),
        ("renew", {"loan": loan.pk}),
        ("renew_all", {"reader": stranger.pk}),
        ("renew_instead", {"event": event.pk}),
        ("undo", {"event": event.pk}),
    ]
    answers = {name: keeper.post(name, **fields).status for name, fields in posts}
    assert set(answers.values()) == {404}
    loan.refresh_from_db()
    assert (loan.renewals, loan.voided_at, loan.returned_at) == (0, None, None)
    assert Loan.objects.count() == CirculationEvent.objects.count() == 1


def test_unknown_and_foreign_objects_answer_alike(keeper, stranger):
    foreign, unknown = keeper.post("open_reader", reader=stranger.pk), keeper.post("renew", loan=999_999)
    assert (foreign.status, foreign.error) == (unknown.status, unknown.error)


def test_keeper_gets_from_the_menu_to_the_own_board(keeper, library):
    board = reverse("circulation:board", args=[library.school_class.pk])
    assert keeper.client.get(reverse("circulation:my_class")).headers["Location"] == board
    page = keeper.client.get(board)
    assert page.status_code == 200
    assert [row.pk for row in page.context["classes"]] == [library.school_class.pk]
    assert f'href="{reverse("circulation:desk")}"' not in page.content.decode()


def test_keeper_without_a_class_is_told(library):
    client = Client()
    client.force_login(make_user(Role.CLASS_KEEPER))
    assert client.get(reverse("circulation:my_class")).headers["Location"] == reverse("home")


def test_appointed_keeper_keeps_the_class_of_the_appointment(keeper, library):
    """A pupil of an upper grade may keep a lower one's books."""
    other = make_class(2026, 1)
    Appointment.objects.create(
        semester=Semester.objects.get(number=1),
        reader=ClassMembership.objects.get(reader__name="管小书").reader,
        kind=Appointment.Kind.CLASS_KEEPER,
        school_class=other,
        appointed_on=date(2026, 9, 10),
    )
    assert keeper.client.get(reverse("circulation:board", args=[other.pk])).status_code == 200
    assert keeper.client.get(reverse("circulation:board", args=[library.school_class.pk])).status_code == 404


@pytest.fixture
def teacher(library):
    """Class teacher of 三(1)班, logged in."""
    user = make_user(Role.TEACHER)
    reader = make_reader(category="teacher", account=user)
    ClassTeacher.objects.create(reader=reader, school_class=library.school_class, since=date(2026, 9, 1))
    client = Client()
    client.force_login(user)
    return client


def test_class_teacher_sees_what_the_own_class_has_out(teacher, library, mate, stranger):
    lend(make_copy("10000001"), mate, library.helper, at=library.noon)
    lend(make_copy("20000001"), stranger, library.helper, at=library.noon)
    page = teacher.get(reverse("circulation:out")).content.decode()
    assert "同小班" in page
    assert "外小班" not in page
    other = make_class(2024, 2).pk
    assert teacher.get(reverse("circulation:out"), {"class": other}).status_code == 404
    assert teacher.get(reverse("circulation:sheet", args=[other])).status_code == 404
    sheet = teacher.get(reverse("circulation:sheet", args=[library.school_class.pk])).content.decode()
    assert f'href="{reverse("circulation:out")}?class={library.school_class.pk}"' in sheet
    assert f'href="{reverse("circulation:board", args=[library.school_class.pk])}"' not in sheet


def test_teacher_of_no_class_and_of_a_past_one_sees_none(teacher, library, mate):
    lend(make_copy("10000001"), mate, library.helper, at=library.noon)
    ClassTeacher.objects.update(until=date(2026, 10, 12))
    assert teacher.get(reverse("circulation:out")).context["groups"] == []


def test_helper_pays_no_statement_for_the_scope(desk, mate, django_assert_max_num_queries):
    desk.scan("C001")
    with django_assert_max_num_queries(10):  # BEGIN and COMMIT among them
        desk.scan("C001")


def test_keeper_renews_nothing_of_another_class_s_box(keeper, library):
    other = make_class(2024, 3)
    loan = make_class_loan(make_box(school_class=other), other)
    answer = keeper.post("renew", loan=loan.pk)
    loan.refresh_from_db()
    assert (answer.status, loan.renewals) == (404, 0)
