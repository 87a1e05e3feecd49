"""A scan sent again, in whatever order the answers were lost: recorded once, and answered as the first time."""

from uuid import uuid4

import pytest

from circulation.models import CirculationEvent, Loan
from circulation.models.loans import OPEN
from tests.factories.catalog import make_copy
from tests.factories.desk import lend
from tests.factories.readers import make_reader


@pytest.fixture
def reader(library):
    return make_reader("王小明", school_class=library.school_class, card="C001")


@pytest.mark.parametrize("card", ["", "C001", "C002"])
def test_return_sent_again_answers_returned_and_lends_nothing(desk, library, reader, card):
    make_reader("李华", card="C002")
    lend(make_copy("10000001"), reader, library.helper)
    if card:
        desk.scan(card)
    scan_id = uuid4()
    first = desk.scan("10000001", scan_id=scan_id)
    again = desk.scan("10000001", scan_id=scan_id)
    assert (first.tone, first.say, first.answer) == (again.tone, again.say, again.answer)
    assert (again.tone, again.say) == ("returned", "returned")
    assert not Loan.objects.filter(OPEN).exists()


def test_undo_sent_again_is_answered_undone_though_nothing_is_left_to_undo(desk, reader):
    make_copy("10000001")
    desk.scan("C001")
    desk.scan("10000001")
    scan_id = uuid4()
    assert desk.post("undo", scan_id=scan_id).tone == "notice"
    assert desk.post("undo", scan_id=scan_id).tone == "notice"
    assert CirculationEvent.objects.filter(kind="undo").count() == 1


def test_renewing_instead_sent_again_renews_once(desk, library, reader):
    make_copy("10000001")
    desk.scan("C001")
    desk.scan("10000001")
    desk.scan("10000001")
    event, scan_id = CirculationEvent.objects.latest("pk"), uuid4()
    for _time in range(2):
        assert desk.post("renew_instead", event=event.pk, scan_id=scan_id).tone == "lent"
    assert Loan.objects.get(OPEN).renewals == 1
    assert CirculationEvent.objects.count() == 4


def test_renewing_all_sent_again_renews_each_once(desk, library, reader):
    for barcode in ("10000001", "10000002"):
        lend(make_copy(barcode), reader, library.helper)
    desk.scan("C001")
    scan_id = uuid4()
    for _time in range(2):
        assert desk.post("renew_all", scan_id=scan_id).tone == "lent"
    assert list(Loan.objects.values_list("renewals", flat=True)) == [1, 1]
