"""Awards: given rules, proposing by real figures, deciding, adding, announcing."""

from datetime import date, datetime

import pytest

from activities.models import AwardProposal, AwardRule, AwardRun, Honour
from activities.operations.awards import (
    add_line,
    announce_award,
    decide_line,
    load_award_rules,
    save_rule,
)
from activities.rules.awards import FIGURES
from circulation.models import RetentionRun
from library_site.shared.problems import Refused
from library_site.shared.reference import current_reference
from tests.factories.awards import make_rule, make_run, this_semester
from tests.factories.challenges import borrow, write_note
from tests.factories.honours import NOW, make_honour
from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def school():
    make_school()
    make_school_year()


@pytest.fixture
def own():
    return make_class()


def codes(refused):
    return [problem.code for problem in refused.value.problems]


def pupil(school_class, loans=0, name=""):
    reader = make_reader(name, school_class=school_class)
    borrow(reader, school_class, *(f"2026-10-{day:02d}" for day in range(1, loans + 1)))
    return reader


def announce(run):
    return announce_award(run_id=run.pk, reference=current_reference(), by=None, at=NOW)


def add(run, key, reason="表现突出"):
    return add_line(run_id=run.pk, key=key, reason=reason, reference=current_reference(), by=None, at=NOW)


def lines(run):
    return {(row.reader_id or row.school_class_id, row.is_proposed, row.is_kept) for row in run.lines.all()}


def test_given_awards_are_loaded_once_and_name_figures_that_exist():
    assert load_award_rules() == 6
    assert load_award_rules() == 0
    for rule in AwardRule.objects.all():
        assert {one["figure"] for one in rule.criteria} <= set(FIGURES[rule.whom])
        make_run(rule)


def test_an_award_of_the_same_name_is_refused():
    make_rule("阅读之星")
    with pytest.raises(Refused) as refused:
        save_rule(rule=AwardRule(whom="pupil"), values={"name": "阅读之星"}, by=None)
    assert codes(refused) == ["award_same_name"]


def test_proposal_keeps_figures_and_who_comes_next(own):
    first, second = pupil(own, 3), pupil(own, 2)
    pupil(own, 0)
    run = make_run(make_rule())
    assert lines(run) == {(first.pk, True, True), (second.pk, False, False)}
    assert run.lines.get(reader=first).figures["loans"] == 3


def test_what_happened_outside_the_semester_does_not_count(own):
    reader = pupil(own)
    borrow(reader, own, "2026-08-31")
    assert lines(make_run(make_rule())) == set()


def test_pupils_figures(own):
    reader = pupil(own, 2)
    late = borrow(reader, own, "2026-10-20")[0]
    late.due_on = date(2026, 10, 1)
    late.save()
    write_note(reader, own, "2026-10-03", is_best=True)
    write_note(reader, own, "2026-10-04", state="draft")
    make_honour("张三", reader_id=reader.pk, level="city")
    figures = make_run(make_rule()).lines.get().figures
    wanted = {"loans": 3, "late": 1, "notes": 1, "best": 1, "prizes": 1, "lost": 0, "days": 0, "badges": 0}
    assert {name: figures[name] for name in wanted} == wanted


def test_classes_are_proposed_by_what_they_did_for_each_pupil():
    best, other = make_class(2024, 1), make_class(2024, 2)
    pupil(best, 2), pupil(best, 1), pupil(other, 2), pupil(other, 0)
    criteria = [{"figure": "rate", "least": 90}, {"figure": "each", "order": "most"}]
    run = make_run(make_rule("书香班级", "class", share="grade", criteria=criteria))
    assert lines(run) == {(best.pk, True, True)}
    figures = run.lines.get().figures
    assert (figures["each"], figures["rate"], figures["notes_each"]) == ("1.50", "100.00", "0.00")
    honour = announce(run)[0]
    assert (honour.name, honour.class_name, honour.reader_id) == ("三(1)班", "", None)


def test_teachers_are_proposed_by_their_own_loans():
    teacher = make_reader("王芳", category="teacher")
    borrow(teacher, None, "2026-10-03")
    run = make_run(make_rule("书香教师", "teacher", share="school"))
    assert [honour.name for honour in announce(run)] == ["王芳"]


def test_proposing_anew_keeps_what_people_decided(own):
    first, second, outside = pupil(own, 3), pupil(own, 2), pupil(own, 0)
    rule = make_rule()
    run = make_run(rule)
    decide_line(line_id=run.lines.get(reader=first).pk, is_kept=False, reason="已获其他奖", by=None)
    decide_line(line_id=run.lines.get(reader=second).pk, is_kept=True, reason="递补", by=None)
    add(run, outside.pk)
    make_run(rule)
    assert AwardRun.objects.count() == 1
    assert lines(run) == {(first.pk, True, False), (second.pk, False, True), (outside.pk, False, True)}
    assert run.lines.get(reader=first).reason == "已获其他奖"


def test_deciding_against_the_proposal_needs_a_reason_and_going_back_none(own):
    reader = pupil(own, 3)
    line = make_run(make_rule()).lines.get(reader=reader)
    with pytest.raises(Refused) as refused:
        decide_line(line_id=line.pk, is_kept=False, reason=" ", by=None)
    assert codes(refused) == ["no_reason"]
    decide_line(line_id=line.pk, is_kept=False, reason="转学", by=None)
    again = decide_line(line_id=line.pk, is_kept=True, reason="", by=None)
    assert (again.is_kept, again.reason) == (True, "")


def test_adding_needs_a_reason_and_somebody_who_was_there(own):
    on_list, stranger = pupil(own, 3), make_reader("校外")
    run = make_run(make_rule())
    for key, reason, code in (
        (on_list.pk, "", "no_reason"),
        (stranger.pk, "x", "not_there"),
        (on_list.pk, "x", "on_the_list"),
    ):
        with pytest.raises(Refused) as refused:
            add(run, key, reason)
        assert codes(refused) == [code]
    assert AwardProposal.objects.count() == 1


def test_announcing_enters_each_into_the_register_once(own):
    reader = pupil(own, 3, "张三丰")
    run = make_run(make_rule())
    honour = announce(run)[0]
    assert (honour.number, honour.award, honour.occasion) == ("2026-0001", "阅读之星", "2026–2027学年第一学期")
    assert (honour.name, honour.class_name, honour.reader, honour.proposal.run) == ("张三丰", "三(1)班", reader, run)
    for act in (
        lambda: announce(run),
        lambda: make_run(run.rule),
        lambda: add(run, reader.pk),
        lambda: decide_line(line_id=run.lines.get().pk, is_kept=False, reason="x", by=None),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert codes(refused) == ["announced"]
    assert Honour.objects.count() == 1


def test_announcing_an_empty_list_is_refused(own):
    run = make_run(make_rule())
    with pytest.raises(Refused) as refused:
        announce(run)
    assert codes(refused) == ["nobody"]
    run.refresh_from_db()
    assert run.announced_at is None


def test_semester_that_has_not_begun_is_refused():
    with pytest.raises(Refused) as refused:
        make_run(make_rule(), at=datetime.fromisoformat("2026-08-20T10:00:00+08:00"))
    assert codes(refused) == ["not_begun"]
    assert not AwardRun.objects.exists()


def test_people_cannot_be_proposed_for_a_semester_whose_loans_are_forgotten_but_classes_can(own):
    pupil(own, 3)
    RetentionRun.objects.create(kind="retention", before=date(2026, 11, 1), by=make_user(), at=NOW)
    with pytest.raises(Refused) as refused:
        make_run(make_rule())
    assert codes(refused) == ["forgotten"]
    criteria = [{"figure": "each", "order": "most"}]
    assert len(lines(make_run(make_rule("书香班级", "class", share="grade", criteria=criteria)))) == 1


def test_past_semester_goes_by_the_classes_of_its_end(own):
    reader = pupil(own, 3)
    member = reader.memberships.get()
    member.until = date(2027, 3, 1)
    member.save()
    make_reader(school_class=make_class(2024, 2))
    at = datetime.fromisoformat("2027-04-01T10:00:00+08:00")
    run = make_run(make_rule(), at=at)
    assert lines(run) == {(reader.pk, True, True)}
    assert run.lines.get().school_class == own
    assert this_semester().ends_on < date(2027, 3, 1)
