"""Honours granted at once: real threads on real rows."""

from functools import partial

import pytest

from activities.models import Badge, Honour
from activities.operations.awards import announce_award, decide_line
from activities.operations.challenges import give_badges
from activities.operations.honours import revoke_honour
from library_site.shared.reference import current_reference
from tests.concurrency.test_desks import at_once
from tests.factories.awards import make_rule, make_run
from tests.factories.challenges import borrow, make_challenge
from tests.factories.honours import NOW, make_honour
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school

pytestmark = pytest.mark.django_db(transaction=True)


def test_certificates_numbered_at_once_are_without_gap_or_double():
    at_once(*[make_honour] * 20)
    assert sorted(Honour.objects.values_list("number", flat=True)) == [f"2026-{number:04d}" for number in range(1, 21)]


def test_of_two_who_take_an_honour_back_the_second_is_told():
    for _try in range(10):
        honour = make_honour()
        revoke = partial(revoke_honour, honour_id=honour.pk, by=None, at=NOW)
        results = at_once(partial(revoke, reason="一"), partial(revoke, reason="二"))
        assert [result for result in results if not isinstance(result, Honour)] == [["revoked"]]


def test_badges_given_by_several_at_once_are_one_each():
    make_school()
    make_school_year()
    own = make_class()
    readers = [make_reader(school_class=own) for _number in range(5)]
    for reader in readers:
        borrow(reader, own, "2026-10-03")
    for number in range(5):
        challenge = make_challenge(target=1, name=f"挑战{number}")
        give = partial(give_badges, challenge=challenge, reference=current_reference(), at=NOW)
        assert 5 in at_once(*[give] * 4)
        assert Badge.objects.filter(challenge=challenge).count() == 5


def test_award_announced_by_two_at_once_is_entered_once():
    make_school()
    make_school_year()
    own = make_class()
    for number in range(5):
        rule = make_rule(f"奖{number}", most=None)
        borrow(make_reader(school_class=own), own, "2026-10-03")
        run = make_run(rule)
        act = partial(announce_award, run_id=run.pk, reference=current_reference(), by=None, at=NOW)
        results = at_once(act, act)
        assert [result for result in results if not isinstance(result[0], Honour)] == [["announced"]]
        assert Honour.objects.filter(proposal__run=run).count() == number + 1


def test_deciding_while_it_is_announced_either_counts_or_is_refused():
    make_school()
    make_school_year()
    own = make_class()
    borrow(make_reader(school_class=own), own, "2026-10-03")
    borrow(make_reader(school_class=own), own, "2026-10-03")
    for number in range(8):
        run = make_run(make_rule(f"奖{number}", most=None))
        line = run.lines.first()
        announce = partial(announce_award, run_id=run.pk, reference=current_reference(), by=None, at=NOW)
        decide = partial(decide_line, line_id=line.pk, is_kept=False, reason="转学", by=None)
        _honours, decided = at_once(announce, decide)
        wanted = 2 if decided == ["announced"] else 1
        assert Honour.objects.filter(proposal__run=run).count() == wanted
