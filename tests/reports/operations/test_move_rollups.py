"""What came back is the same with what is counted ahead and without, whatever is entered or undone meanwhile."""

from datetime import date, datetime, time, timedelta
from random import Random

import pytest
from django.utils import timezone

from circulation.models import CirculationEvent, Loan
from reports.jobs import roll_up_hourly
from reports.models import MoveDay, RolledMoves
from reports.operations.move_rollups import roll_moves
from reports.queries.moves import Moves, moves_by_day
from tests.factories.circulation import make_loan
from tests.factories.readers import make_class, make_reader, make_school_year

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2026, 9, 1), date(2026, 12, 31)
MONDAY = date(2026, 9, 7)
NOON = timezone.make_aware(datetime.combine(date(2026, 11, 20), time(12)))


@pytest.fixture(autouse=True)
def year():
    return make_school_year(2026)


@pytest.fixture
def pupil():
    return make_reader(school_class=make_class())


def moment(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))


def event(loan: Loan, kind: str, day: date, *, recorded: datetime | None = None, **fields) -> CirculationEvent:
    return CirculationEvent.objects.create(
        kind=kind, at=moment(day), recorded_at=recorded or moment(day), loan=loan, copy=loan.copy, **fields
    )


def loan_of(pupil, **fields) -> Loan:
    return make_loan(reader=pupil, lent_at=moment(FIRST), **{"returned_at": moment(LAST), **fields})


def recount() -> dict[date, Moves]:
    """From every act, one by one."""
    undone = set(CirculationEvent.objects.exclude(undoes=None).values_list("undoes_id", flat=True))
    found: dict[date, list[int]] = {}
    for row in CirculationEvent.objects.select_related("loan"):
        stands = row.pk not in undone and row.loan.voided_at is None and row.loan.kind in ("reader", "corner")
        if stands and row.kind in ("return", "renewal"):
            counted = found.setdefault(timezone.localdate(row.at), [0, 0])
            counted[row.kind == "renewal"] += 1
    return {day: Moves(*counted) for day, counted in found.items()}


def test_days_that_are_over_are_counted_ahead_by_kind(pupil):
    event(loan_of(pupil), "return", MONDAY)
    event(loan_of(pupil, kind="room"), "return", MONDAY)
    event(loan_of(pupil), "renewal", NOON.date())
    assert roll_moves(at=NOON) == NOON.date()
    rows = MoveDay.objects.order_by("kind").values_list("day", "kind", "returned", "renewed")
    assert list(rows) == [(MONDAY, "reader", 1, 0), (MONDAY, "room", 1, 0)]
    assert moves_by_day(FIRST, LAST) == {MONDAY: Moves(1, 0), NOON.date(): Moves(0, 1)}


def test_return_dated_back_and_return_undone_count_at_once(pupil):
    kept = event(loan_of(pupil), "return", MONDAY)
    roll_moves(at=NOON)
    event(loan_of(pupil), "return", MONDAY, recorded=NOON + timedelta(hours=1))
    assert moves_by_day(FIRST, LAST) == {MONDAY: Moves(2, 0)}
    event(kept.loan, "undo", NOON.date(), recorded=NOON + timedelta(hours=1), undoes=kept)
    assert moves_by_day(FIRST, LAST) == {MONDAY: Moves(1, 0)}
    roll_moves(at=NOON + timedelta(days=1))
    assert MoveDay.objects.get().returned == 1
    assert moves_by_day(FIRST, LAST) == {MONDAY: Moves(1, 0)}


def test_act_that_was_on_its_way_while_the_job_ran_counts(pupil):
    loan = loan_of(pupil)
    roll_moves(at=NOON)
    event(loan, "return", MONDAY, recorded=NOON - timedelta(minutes=1))
    assert moves_by_day(FIRST, LAST) == {MONDAY: Moves(1, 0)}


def test_only_the_days_asked_for_are_given(pupil):
    for day in (MONDAY, MONDAY + timedelta(days=1), NOON.date()):
        event(loan_of(pupil), "return", day)
    for rolled in (False, True):
        if rolled:
            roll_moves(at=NOON)
        assert set(moves_by_day(MONDAY + timedelta(days=1), MONDAY + timedelta(days=1))) == {MONDAY + timedelta(days=1)}
        assert set(moves_by_day(NOON.date(), NOON.date())) == {NOON.date()}


def test_job_counts_ahead_in_a_library_without_acts_as_well():
    roll_up_hourly(timestamp=0)
    assert RolledMoves.objects.get().until == timezone.localdate()
    assert moves_by_day(FIRST, LAST) == {}


@pytest.mark.parametrize("seed", range(12))
def test_counts_are_those_of_a_recount_whenever_the_job_runs(pupil, seed):
    pick, now = Random(seed), moment(FIRST)
    standing: list[CirculationEvent] = []
    for _step in range(60):
        now += timedelta(hours=pick.randrange(1, 40))
        what = pick.random()
        if what < 0.15:
            roll_moves(at=now)
        elif what < 0.3 and standing:
            undone = standing.pop(pick.randrange(len(standing)))
            event(undone.loan, "undo", timezone.localdate(now), recorded=now, undoes=undone)
        else:
            loan = loan_of(pupil, kind=pick.choice(["reader", "reader", "corner", "room"]))
            day = timezone.localdate(now) - timedelta(days=pick.choice([0, 0, 0, 3, 20]))
            standing.append(event(loan, pick.choice(["return", "renewal"]), max(day, FIRST), recorded=now))
        if pick.random() < 0.3:
            assert moves_by_day(FIRST - timedelta(days=30), LAST) == recount()
    assert moves_by_day(FIRST - timedelta(days=30), LAST) == recount()
