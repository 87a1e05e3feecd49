"""Books that travel."""

from datetime import date, timedelta

import pytest

from activities.models import Consent, DriftBook, DriftStop
from activities.operations.drift import (
    end_drift,
    pass_on,
    set_adrift,
    show_remark,
    take_back_stop,
    write_remark,
)  # fmt: skip
from activities.queries.drift import journey
from library_site.shared.problems import Refused
from library_site.shared.reference import current_reference
from tests.factories.activities import make_activity
from tests.factories.catalog import make_copy, make_title
from tests.factories.circulation import make_loan
from tests.factories.readers import make_class, make_reader, make_school_year

pytestmark = pytest.mark.django_db
DAY = date(2026, 10, 12)


@pytest.fixture
def drift():
    make_school_year(2026)
    return make_activity(shape="drift")


def adrift(drift, name="夏洛的网", **fields):
    return set_adrift(activity_id=drift.pk, **({"copy_id": None, "name": name, "on": DAY} | fields))


def passed(book, reader=None, school_class=None, days=1, **fields):
    return pass_on(
        book_id=book.pk,
        reader_id=reader.pk if reader else None,
        school_class_id=school_class.pk if school_class else None,
        on=DAY + timedelta(days=days),
        **fields,
    )


def codes(refusal):
    return [problem.code for problem in refusal.value.problems]


def test_books_get_one_number_after_the_other_in_each_drift(drift):
    assert [adrift(drift).number, adrift(drift).number, adrift(make_activity(shape="drift")).number] == [
        "001", "002", "001",
    ]  # fmt: skip


def test_copy_of_the_library_lends_its_title(drift):
    copy = make_copy(title=make_title("草房子"))
    assert adrift(drift, "", copy_id=copy.pk).name == "草房子"
    with pytest.raises(Refused) as refusal:
        adrift(drift, "", copy_id=copy.pk)
    assert codes(refusal) == ["drift_copy_adrift"]


def test_copy_that_is_not_on_the_shelf_is_not_set_adrift(drift):
    lent, missing = make_copy(), make_copy(state="missing")
    make_loan(copy=lent, reader=make_reader())
    for copy in (lent, missing):
        with pytest.raises(Refused) as refusal:
            adrift(drift, "", copy_id=copy.pk)
        assert codes(refusal) == ["drift_copy_not_here"]


def test_no_book_is_refused(drift):
    with pytest.raises(Refused) as refusal:
        adrift(drift, " ")
    assert codes(refusal) == ["drift_no_book"]


def test_book_is_passed_on_with_the_words_of_who_had_it(drift):
    book, first, second = adrift(drift), make_reader(), make_class()
    passed(book, first)
    passed(book, school_class=second, days=5, remark=" 夏洛真聪明！ ")

    stops = DriftStop.objects.order_by("since")
    assert [(stop.reader, stop.remark, stop.is_shown) for stop in stops] == [
        (first, "夏洛真聪明！", False),
        (None, "", False),
    ]
    assert [stop.until for stop in stops] == [DAY + timedelta(days=5), None]


def test_step_that_cannot_be_is_refused(drift):
    book, reader = adrift(drift), make_reader()
    passed(book, reader, days=5)
    for act, code in [
        (lambda: passed(book, reader, days=6), "drift_has_it"),
        (lambda: passed(book, make_reader(), days=4), "drift_too_early"),
        (lambda: passed(book), "drift_nobody"),
    ]:
        with pytest.raises(Refused) as refusal:
            act()
        assert codes(refusal) == [code]
    assert DriftStop.objects.count() == 1


def test_book_that_came_home_is_not_passed_on_until_that_is_undone(drift):
    book, reader = adrift(drift), make_reader()
    passed(book, reader)
    end_drift(book_id=book.pk, state="home", on=DAY + timedelta(days=9))
    end_drift(book_id=book.pk, state="lost", on=DAY + timedelta(days=10))
    book.refresh_from_db()
    assert (book.state, book.until) == ("home", DAY + timedelta(days=9))
    with pytest.raises(Refused) as refusal:
        passed(book, make_reader(), days=10)
    assert codes(refusal) == ["drift_not_adrift"]

    take_back_stop(book_id=book.pk)

    book.refresh_from_db()
    assert (book.state, DriftStop.objects.get().until) == ("drifting", None)


def test_stop_entered_by_mistake_gives_the_book_back(drift):
    book, first = adrift(drift), make_reader()
    passed(book, first)
    passed(book, make_reader(), days=2)
    take_back_stop(book_id=book.pk)
    assert (DriftStop.objects.get().reader, DriftStop.objects.get().until) == (first, None)
    take_back_stop(book_id=book.pk)
    with pytest.raises(Refused) as refusal:
        take_back_stop(book_id=book.pk)
    assert codes(refusal) == ["drift_no_stop"]


def test_copy_may_travel_again_once_it_came_home(drift):
    copy = make_copy()
    book = adrift(drift, "", copy_id=copy.pk)
    end_drift(book_id=book.pk, state="home", on=DAY)
    assert adrift(drift, "", copy_id=copy.pk).number == "002"


def test_words_that_are_changed_wait_again(drift):
    stop = passed(adrift(drift), make_reader())
    show_remark(stop_id=stop.pk, shown=True)
    stop.refresh_from_db()
    assert not stop.is_shown  # nothing to show
    write_remark(stop_id=stop.pk, remark="好看")
    show_remark(stop_id=stop.pk, shown=True)
    assert write_remark(stop_id=stop.pk, remark="好看").is_shown
    assert not write_remark(stop_id=stop.pk, remark="很好看").is_shown


def test_others_read_released_words_while_the_parents_agree_and_never_the_name(drift):
    school_class = make_class(2024, 1)
    pupil = make_reader("张三丰", school_class=school_class)
    book = adrift(drift)
    stop = passed(book, pupil, school_class)
    write_remark(stop_id=stop.pk, remark="好看")

    def seen(named=frozenset(), own=None):
        line = journey(book, current_reference(), DAY, named=named, own=own)[0]
        return (line.class_name, line.name, line.remark)

    assert seen() == ("三(1)班", "", "")
    show_remark(stop_id=stop.pk, shown=True)
    assert seen() == ("三(1)班", "", "")  # no consent yet
    consent = Consent.objects.create(reader=pupil, what=Consent.What.WORKS, given_on=DAY)
    assert seen() == ("三(1)班", "", "好看")
    consent.withdrawn_on = DAY
    consent.save()
    assert seen() == ("三(1)班", "", "")
    assert seen(named=None) == seen(named={school_class.pk}) == seen(own=pupil.pk) == ("三(1)班", "张三丰", "好看")


def test_drift_books_keep_their_state(drift):
    assert DriftBook.objects.filter(pk=adrift(drift).pk, state="drifting", until=None).exists()
