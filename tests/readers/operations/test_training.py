from datetime import timedelta

import pytest

from readers.models import DutyPeriod, TrainingItem, TrainingTick
from readers.operations.presets import add_duty_periods, add_training_items
from readers.operations.training import tick_training
from tests.factories.helpers import MONDAY
from tests.factories.readers import make_reader
from tests.factories.site import make_user

pytestmark = pytest.mark.django_db


def tick(readers, items, ticked, on=MONDAY, by=None):
    return tick_training(
        readers=[row.pk for row in readers],
        items=[row.pk for row in items],
        ticked=[(reader.pk, item.pk) for reader, item in ticked],
        on=on,
        by=by or make_user(),
    )


def test_tick_carries_date_and_who_and_keeps_them():
    one, other = make_reader(), make_reader()
    item, by = TrainingItem.objects.create(name="上架", position=1), make_user()

    assert tick([one, other], [item], [(one, item)], by=by) == (1, 0)
    assert tick([one, other], [item], [(one, item), (other, item)], on=MONDAY + timedelta(days=7)) == (1, 0)

    first = TrainingTick.objects.get(reader=one)
    assert (first.on, first.by) == (MONDAY, by)


def test_tick_taken_away_leaves_those_of_other_readers():
    one, other = make_reader(), make_reader()
    item = TrainingItem.objects.create(name="上架", position=1)
    tick([one, other], [item], [(one, item), (other, item)])
    assert tick([one], [item], []) == (0, 1)
    assert TrainingTick.objects.get().reader == other


def test_usual_items_are_added_once():
    TrainingItem.objects.create(name="借书、还书、续借操作", position=1)
    by = make_user()
    added = add_training_items(by=by)
    assert add_training_items(by=by) == []
    assert TrainingItem.objects.count() == len(added) + 1 > 5


def test_usual_periods_are_added_once():
    by = make_user()
    assert [row.name for row in add_duty_periods(by=by)] == ["早读前", "大课间", "午间", "放学后"]
    assert add_duty_periods(by=by) == []
    assert DutyPeriod.objects.count() == 4
