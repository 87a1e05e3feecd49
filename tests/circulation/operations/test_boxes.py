from datetime import date, timedelta

import pytest

from catalog.models import Copy
from circulation.models import Box, BoxStay, CirculationEvent, Loan
from circulation.models.loans import OPEN
from circulation.operations.boxes import class_pile, end_stay, extend_box, place_box, save_box
from circulation.operations.undo import undo_last
from library_site.shared.problems import Refused
from tests.factories.boxes import bring_back, fill, lend_on
from tests.factories.catalog import make_copy, make_location
from tests.factories.circulation import make_box, make_policy
from tests.factories.desk import lend, loan_of, make_scan, take_back
from tests.factories.readers import make_class, make_reader

DAY = date(2026, 10, 12)


@pytest.fixture
def box(library):
    """Stands with 三(1)班."""
    return make_box("图书箱甲", school_class=library.school_class)


def refusal(act, *args, **kwargs):
    with pytest.raises(Refused) as refused:
        act(*args, **kwargs)
    return [problem.code for problem in refused.value.problems]


@pytest.mark.cases("CB-1")
def test_copy_put_in_is_lent_in_the_class_s_name(library, box):
    event = fill(box, library.helper)
    loan = event.loan
    assert (loan.kind, loan.reader, loan.school_class, loan.box) == ("class", None, library.school_class, box)
    assert (loan.category, event.kind, event.details) == ("collective", "checkout", {"box": "图书箱甲"})
    assert loan.due_on == date(2027, 1, 25)  # an open day a week before the semester ends, without a rule for classes


@pytest.mark.cases("CB-1")
def test_terms_are_those_of_the_rule_for_classes(library, box):
    policy = make_policy("collective", loan_days=28, max_renewals=3)
    loan = fill(box, library.helper).loan
    assert (loan.policy, loan.loan_days, loan.max_renewals) == (policy, 28, 3)
    assert loan.due_on == date(2026, 11, 9)


def test_copy_put_in_later_is_due_with_the_rest(library, box):
    first = fill(box, library.helper).loan
    Loan.objects.filter(pk=first.pk).update(due_on=date(2026, 12, 1))
    assert fill(box, library.helper, at=library.noon + timedelta(days=9)).loan.due_on == date(2026, 12, 1)


def test_same_scan_sent_twice_puts_in_once(library, box):
    copy, scan = make_copy(), make_scan()
    assert fill(box, library.helper, copy, scan=scan) == fill(box, library.helper, copy, scan=scan)
    assert Loan.objects.count() == 1


@pytest.mark.cases("CB-2")
def test_copy_that_is_out_withdrawn_or_away_is_refused_and_the_rest_goes_on(library, box):
    lent, withdrawn, missing = make_copy(), make_copy(state="withdrawn"), make_copy(state="missing")
    reference_work = make_copy(location=make_location("工具书室", circulates=False))
    lend(lent, make_reader(), library.helper)
    codes = [refusal(fill, box, library.helper, copy) for copy in (lent, withdrawn, missing, reference_work)]
    assert codes == [["copy_is_out"], ["copy_withdrawn"], ["copy_not_on_shelf"], ["in_room_only"]]
    fill(box, library.helper)
    assert Loan.objects.filter(box=box).count() == 1


def test_missing_copy_goes_in_with_a_reason_and_is_on_the_shelf_again_when_undone_it_is_missing(library, box):
    copy = make_copy(state="missing")
    override = {"overrides": ["copy_not_on_shelf"], "reason": "找到了"}
    assert refusal(fill, box, library.helper, copy, **override) == ["copy_not_on_shelf"]
    event = fill(box, library.librarian, copy, **override)
    copy.refresh_from_db()
    assert (copy.state, event.details["reason"]) == (Copy.State.ON_SHELF, "找到了")
    undo_last(desk="desk1", by=library.librarian, at=library.noon, scan=make_scan())
    copy.refresh_from_db()
    assert (copy.state, Loan.objects.filter(OPEN).exists()) == (Copy.State.MISSING, False)


def test_copy_of_another_box_and_of_this_one_is_told_apart(library, box):
    copy = make_copy()
    fill(box, library.helper, copy)
    other = make_box(school_class=make_class(2024, 2))
    assert refusal(fill, box, library.helper, copy) == ["in_this_box"]
    assert refusal(fill, other, library.helper, copy) == ["in_class_box"]


@pytest.mark.cases("CB-3")
def test_full_box_takes_no_more_without_a_reason(library):
    box = make_box(school_class=library.school_class, capacity=1)
    fill(box, library.helper)
    assert refusal(fill, box, library.librarian) == ["box_full"]
    event = fill(box, library.librarian, overrides=["box_full"], reason="薄书")
    assert event.details["overrides"] == ["box_full"]


def test_box_that_stands_nowhere_takes_nothing(library):
    assert refusal(fill, make_box(), library.librarian) == ["box_nowhere"]


@pytest.mark.cases("CB-4")
def test_box_comes_back_in_any_order_and_what_is_missing_stays_with_the_class(library, box):
    copies = [make_copy() for _number in range(3)]
    for copy in copies:
        fill(box, library.helper, copy)
    for copy in (copies[2], copies[0]):
        take_back(copy, library.helper)
    end = {"box_id": box.pk, "day": DAY, "by": library.librarian}
    assert refusal(end_stay, **end, missing_is_known=False) == ["books_missing"]
    missing = end_stay(**end, missing_is_known=True)
    assert [loan.copy for loan in missing] == [copies[1]]
    assert BoxStay.objects.get().until == DAY
    assert loan_of(copies[1]).returned_at is None
    assert end_stay(**end, missing_is_known=False) == []


def test_what_an_earlier_class_lacks_takes_no_room_in_the_box(library):
    box = make_box(school_class=library.school_class, capacity=1)
    fill(box, library.helper)
    end_stay(box_id=box.pk, day=DAY, missing_is_known=True, by=library.librarian)
    place_box(box_id=box.pk, class_id=make_class(2024, 2).pk, day=DAY, by=library.librarian)
    assert fill(box, library.helper).kind == CirculationEvent.Kind.CHECKOUT


def test_box_stands_with_one_class_at_a_time(library, box):
    other = make_class(2024, 2)
    place = {"box_id": box.pk, "day": DAY, "by": library.librarian}
    assert refusal(place_box, **place, class_id=other.pk) == ["box_elsewhere"]
    place_box(**place, class_id=library.school_class.pk)
    assert BoxStay.objects.count() == 1


def test_box_in_use_is_not_retired_and_a_retired_one_not_placed(library, box):
    save = {"box_id": box.pk, "values": {"is_retired": True}, "by": library.librarian}
    assert refusal(save_box, **save) == ["box_in_use"]
    end_stay(box_id=box.pk, day=DAY, missing_is_known=False, by=library.librarian)
    save_box(**save)
    place = {"box_id": box.pk, "class_id": library.school_class.pk, "day": DAY, "by": library.librarian}
    assert refusal(place_box, **place) == ["box_retired"]


def test_two_boxes_of_one_name_are_refused(library, box):
    values = {"name": box.name, "capacity": 30}
    assert refusal(save_box, values=values, by=library.librarian) == ["box_name_taken"]


def test_pile_of_a_class_goes_into_one_box_of_its_own(library):
    pile = {"class_id": library.school_class.pk, "name": "三(1)班集体借阅", "day": DAY, "by": library.helper}
    assert class_pile(**pile) == class_pile(**pile)
    elsewhere = class_pile(**{**pile, "class_id": make_class(2024, 2).pk})
    assert sorted(Box.objects.values_list("name", flat=True)) == ["三(1)班集体借阅", "三(1)班集体借阅 2"]
    assert elsewhere.name == "三(1)班集体借阅 2"


@pytest.mark.cases("RN-10")
def test_box_is_kept_for_longer_as_a_whole(library, box):
    for _number in range(3):
        fill(box, library.helper)
    keep = {"box_id": box.pk, "due_on": date(2027, 3, 1), "by": library.librarian, "at": library.noon}
    assert extend_box(**keep) == 3
    assert extend_box(**keep) == 0
    assert set(Loan.objects.values_list("due_on", "renewals")) == {(date(2027, 3, 1), 1)}
    assert CirculationEvent.objects.filter(kind="renewal").count() == 3
    assert refusal(extend_box, **{**keep, "due_on": date(2026, 10, 11)}) == ["due_before_today"]


@pytest.mark.cases("CB-1", "UN-5")
def test_putting_in_is_not_undone_once_a_classmate_has_it(library, box):
    copy, pupil = make_copy(), make_reader(school_class=library.school_class)
    fill(box, library.helper, copy)
    lend_on(copy, pupil, library.school_class, library.helper, scan=make_scan(desk="corner"))
    undo = {"desk": "desk1", "by": library.helper, "at": library.noon}
    assert refusal(undo_last, **undo) == ["moved_on"]
    bring_back(copy, library.helper, scan=make_scan(desk="corner"))
    undo_last(**undo)
    assert not Loan.objects.filter(OPEN).exists()
