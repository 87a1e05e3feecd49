"""Nothing is remembered inside a transaction: these tests write for good, and are cleaned up behind."""

from datetime import timedelta

import psycopg
import pytest
from django.db import connection, transaction
from django.utils import timezone, translation

from catalog.models import Copy, Title
from circulation.models import CirculationEvent
from reports.queries.unchanged import MOST, remembered
from tests.factories.catalog import make_copy, make_location
from tests.factories.circulation import make_loan
from tests.factories.readers import make_school_year

pytestmark = pytest.mark.django_db(transaction=True)


class Counting:
    """Counts how often it was asked to."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> int:
        self.times += 1
        return self.times


@pytest.fixture
def copy():
    make_school_year(timezone.localdate().year - 1)
    return make_copy()


def test_same_question_is_counted_once(copy):
    count = Counting()
    assert [remembered("a", count), remembered("a", count), remembered("b", count)] == [1, 1, 2]


def test_each_language_has_its_own_answer(copy):
    count = Counting()
    remembered("language", count)
    with translation.override("en"):
        assert remembered("language", count) == 2


ACTS = {
    "a loan": lambda copy: make_loan(copy=copy),
    "an undone loan": lambda copy: undo(copy),
    "a copy": lambda copy: make_copy(title=copy.title),
    "a copy that is lost": lambda copy: Copy.objects.filter(pk=copy.pk).update(state=Copy.State.LOST),
    "a copy that is deleted": lambda copy: copy.delete(),
    "a title of another class": lambda copy: Title.objects.filter(pk=copy.title_id).update(main_class="K"),
    "a room that no longer lends": lambda copy: type(copy.location).objects.update(circulates=False),
    "a new room": lambda copy: make_location("新馆"),
}


def undo(copy: Copy) -> None:
    """As the desk does it: the loan is voided, and the act that voids it stands beside."""
    loan = make_loan(copy=copy, lent_at=timezone.now() - timedelta(days=1))
    done = CirculationEvent.objects.create(kind="checkout", at=timezone.now(), loan=loan, copy=copy)
    CirculationEvent.objects.create(kind="undo", at=timezone.now(), loan=loan, copy=copy, undoes=done)


@pytest.mark.parametrize("what", ACTS)
def test_counted_again_after(what, copy):
    count = Counting()
    remembered(what, count)
    ACTS[what](copy)
    assert remembered(what, count) == 2


def test_what_is_counted_while_somebody_writes_is_not_remembered(copy):
    """The number of a row that is not committed yet may be below the highest one, as here."""
    count = Counting()
    with psycopg.connect(**connection.get_connection_params() | {"cursor_factory": None}) as other:
        other.execute("UPDATE catalog_copy SET note = 'x'")
        assert [remembered("writing", count), remembered("writing", count)] == [1, 2]
        other.commit()
        assert [remembered("writing", count), remembered("writing", count)] == [3, 3]


def test_inside_a_transaction_nothing_is_remembered(copy):
    count = Counting()
    with transaction.atomic():
        assert [remembered("inside", count), remembered("inside", count)] == [1, 2]


def test_oldest_answers_are_forgotten(copy):
    count = Counting()
    for number in range(MOST + 1):
        remembered(("many", number), count)
    assert remembered(("many", MOST), count) == MOST + 1
    assert remembered(("many", 0), count) == MOST + 2
