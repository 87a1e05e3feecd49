"""Granting honours, correcting them, and taking them back."""

from datetime import date

import pytest

from activities.models import Honour
from activities.operations.honours import correct_honour, revoke_honour
from library_site.shared.problems import Refused
from tests.factories.honours import NOW, make_honour
from tests.factories.site import make_user

pytestmark = pytest.mark.django_db


def codes(refused):
    return [problem.code for problem in refused.value.problems]


def test_granting_gives_numbers_of_the_year_in_turn():
    assert [make_honour().number for _time in range(3)] == ["2026-0001", "2026-0002", "2026-0003"]


def test_granting_from_outside_the_school_gives_no_number_of_ours():
    outside = make_honour(level=Honour.Level.CITY)
    assert outside.number == ""
    assert make_honour().number == "2026-0001"


def test_granting_without_name_or_award_is_refused():
    with pytest.raises(Refused) as refused:
        make_honour(" ", award="")
    assert codes(refused) == ["no_name", "no_award"]
    assert not Honour.objects.exists()


def test_revoking_keeps_the_line_with_day_and_reason():
    honour = make_honour()
    revoke_honour(honour_id=honour.pk, reason=" 评错 ", by=make_user(), at=NOW)
    honour.refresh_from_db()
    assert (honour.revoked_on, honour.reason, honour.number) == (date(2026, 11, 20), "评错", "2026-0001")
    assert make_honour().number == "2026-0002"


@pytest.mark.parametrize(("reason", "times", "code"), [("", 1, "no_reason"), ("评错", 2, "revoked")])
def test_revoking_without_reason_or_twice_is_refused(reason, times, code):
    honour = make_honour()
    for _time in range(times - 1):
        revoke_honour(honour_id=honour.pk, reason="评错", by=None, at=NOW)
    with pytest.raises(Refused) as refused:
        revoke_honour(honour_id=honour.pk, reason=reason, by=None, at=NOW)
    assert codes(refused) == [code]


def test_correcting_changes_words_and_keeps_number_and_history():
    honour = make_honour("张三")
    correct_honour(honour_id=honour.pk, values={"name": "张三丰", "number": "1"}, by=make_user())
    honour.refresh_from_db()
    assert (honour.name, honour.number, honour.award) == ("张三丰", "2026-0001", "一等奖")
    assert "张三" in Honour.pgh_event_model.objects.filter(pgh_obj_id=honour.pk).values_list("name", flat=True)


def test_correcting_what_was_taken_back_is_refused():
    honour = make_honour()
    revoke_honour(honour_id=honour.pk, reason="评错", by=None, at=NOW)
    with pytest.raises(Refused) as refused:
        correct_honour(honour_id=honour.pk, values={"name": "李四"}, by=None)
    assert codes(refused) == ["revoked"]
