from datetime import UTC, date, datetime, timedelta

import pghistory.models
import pytest

from library_site import first_login
from library_site.models import Role, User
from library_site.shared.problems import Refused
from readers.operations.accounts import (
    change_account,
    issue_class_codes,
    open_account,
    open_account_of_reader,
    reset_account,
)
from tests.factories.readers import make_class, make_reader
from tests.factories.site import make_user

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 10, 12, 4, 20, tzinfo=UTC)
TODAY = date(2026, 10, 12)


@pytest.fixture
def administrator():
    return make_user(Role.ADMINISTRATOR)


@pytest.fixture
def librarian():
    return make_user(Role.LIBRARIAN)


def codes(problem_list):
    return [problem.code for problem in problem_list]


def open_one(by, username="zhao", roles=("teacher",), reader_id=None):
    return open_account(username=username, name="赵老师", roles=roles, reader_id=reader_id, by=by, at=NOW)


def change(account, by, **fields):
    fields = {"name": account.name, "roles": account.roles, "is_active": account.is_active, **fields}
    return change_account(account_id=account.pk, by=by, at=NOW, **fields)


def test_new_account_has_a_code_that_is_kept_as_a_hash_only(administrator):
    issued = open_one(administrator)
    kept = User.objects.get(username="zhao")
    assert kept.check_password(issued.code)
    assert kept.code_until == NOW + first_login.HOLDS
    assert first_login.as_typed(issued.code) not in kept.password


def test_new_account_is_tied_to_its_reader(administrator):
    reader = make_reader(category="teacher")
    user = open_one(administrator, reader_id=reader.pk).user
    reader.refresh_from_db()
    assert reader.account == user


def test_new_account_is_refused_with_every_reason(administrator):
    reader = make_reader(category="teacher")
    open_one(administrator, reader_id=reader.pk)
    with pytest.raises(Refused) as refusal:
        open_one(administrator, reader_id=reader.pk)
    assert codes(refusal.value.problems) == ["has_account", "name_taken"]


@pytest.mark.parametrize("roles", [["teacher"], ["student", "librarian"], ["administrator"]])
def test_librarian_opens_accounts_of_pupils_only(librarian, roles):
    with pytest.raises(Refused) as refusal:
        open_one(librarian, roles=roles)
    assert codes(refusal.value.problems) == ["not_yours"]
    assert not User.objects.filter(username="zhao").exists()


def test_account_of_a_pupil_is_the_school_number_else_the_card(librarian):
    numbered, carded = make_reader(number="20240101"), make_reader(number="", card="C009")
    assert open_account_of_reader(reader_id=numbered.pk, by=librarian, at=NOW).user.username == "20240101"
    assert open_account_of_reader(reader_id=carded.pk, by=librarian, at=NOW).user.username == "c009"


def test_account_of_a_pupil_without_any_number_is_refused(librarian):
    with pytest.raises(Refused) as refusal:
        open_account_of_reader(reader_id=make_reader(number="").pk, by=librarian, at=NOW)
    assert codes(refusal.value.problems) == ["no_number"]


def test_account_of_a_teacher_is_not_the_librarians(librarian):
    with pytest.raises(Refused) as refusal:
        open_account_of_reader(reader_id=make_reader(category="teacher").pk, by=librarian, at=NOW)
    assert codes(refusal.value.problems) == ["not_yours"]


def test_last_administrator_stays_one_who_can_log_in(administrator):
    for fields in ({"roles": ["librarian"]}, {"is_active": False}):
        with pytest.raises(Refused) as refusal:
            change(administrator, administrator, **fields)
        assert codes(refusal.value.problems)[0] == "last_administrator"
    make_user(Role.ADMINISTRATOR, username="closed").delete()
    other = make_user(Role.ADMINISTRATOR)
    assert change(administrator, other, is_active=False).is_active is False


def test_nobody_closes_the_own_account(administrator):
    make_user(Role.ADMINISTRATOR)
    with pytest.raises(Refused) as refusal:
        change(administrator, administrator, is_active=False)
    assert codes(refusal.value.problems) == ["own_account"]


@pytest.mark.parametrize("roles", [["student", "librarian"], ["administrator"]])
def test_librarian_raises_no_pupil_to_staff(librarian, roles):
    pupil = make_user(Role.STUDENT)
    with pytest.raises(Refused):
        change(pupil, librarian, roles=roles)
    assert change(pupil, librarian, roles=["student", "class_keeper"]).roles == ["student", "class_keeper"]


def test_librarian_neither_changes_nor_resets_staff(librarian):
    teacher = make_user(Role.TEACHER)
    with pytest.raises(Refused):
        change(teacher, librarian, name="x")
    with pytest.raises(Refused):
        reset_account(account_id=teacher.pk, by=librarian, at=NOW)


def test_reset_ends_the_password_and_leaves_its_trace(librarian):
    pupil = make_user(Role.STUDENT)
    pupil.set_password("reading-2026")
    pupil.save()
    code = reset_account(account_id=pupil.pk, by=librarian, at=NOW, address="192.0.2.7").code
    pupil.refresh_from_db()
    assert (pupil.check_password("reading-2026"), pupil.check_password(code)) == (False, True)
    context = pghistory.models.Context.objects.latest("created_at").metadata
    assert (context["act"], context["user"], context["address"]) == ("reset_account", librarian.pk, "192.0.2.7")


def test_class_gets_codes_and_who_has_a_password_keeps_it(librarian):
    school_class = make_class()
    fresh = make_reader("甲", school_class=school_class, number="1001")
    own = make_reader("乙", school_class=school_class, number="1002")
    waiting = make_reader("丙", school_class=school_class, number="1003")
    nameless = make_reader("丁", school_class=school_class, number="")
    taken = make_reader("戊", school_class=school_class, number="1005")
    make_reader("己", school_class=make_class(number=2))
    make_user(Role.STUDENT, username="1005")
    own.account = make_user(Role.STUDENT, username="1002")
    own.account.set_password("reading-2026")
    own.account.save()
    own.save()
    earlier = open_account_of_reader(reader_id=waiting.pk, by=librarian, at=NOW - timedelta(days=9))

    issued, left = issue_class_codes(class_id=school_class.pk, day=TODAY, by=librarian, at=NOW)

    assert [one.user.username for one in issued] == ["1001", "1003"]
    assert {pupil.reader for pupil in left} == {nameless, taken}
    assert all(User.objects.get(pk=one.user.pk).check_password(one.code) for one in issued)
    assert not User.objects.get(username="1003").check_password(earlier.code)
    assert User.objects.get(username="1002").check_password("reading-2026")
    fresh.refresh_from_db()
    assert fresh.account.roles == [Role.STUDENT]
    assert len({one.code for one in issued}) == 2
