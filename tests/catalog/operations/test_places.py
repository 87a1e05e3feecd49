import pytest

from catalog.models import Location, Shelf
from catalog.operations.places import remove_place, remove_shelf, save_place, save_shelf
from catalog.queries.places import places_with_counts, shelf_rows
from library_site.shared.problems import Refused
from tests.factories.catalog import make_copy, make_location, make_title

pytestmark = pytest.mark.django_db


def shelve(location, *numbers):
    return [
        save_shelf(shelf_id=None, location_id=location.pk, name=f"{number}架", begins_with=number, by=None)
        for number in numbers
    ]


def refusal(act, **values) -> list[tuple[str, str]]:
    with pytest.raises(Refused) as refused:
        act(by=None, **values)
    return [(problem.code, problem.field) for problem in refused.value.problems]


def test_place_is_entered_and_changed():
    place = save_place(location_id=None, name=" 绘本室 ", circulates=True, hint="二楼", by=None)
    save_place(location_id=place.pk, name="绘本馆", circulates=False, hint="", by=None)

    assert list(Location.objects.values_list("name", "circulates", "hint")) == [("绘本馆", False, "")]


def test_two_places_of_one_name_are_refused():
    make_location("绘本室")

    assert refusal(save_place, location_id=None, name="绘本室", circulates=True, hint="") == [
        ("place_name_taken", "name")
    ]


def test_place_goes_with_its_shelves_while_nothing_is_recorded_there():
    place = make_location()
    shelve(place, "A", "I")

    remove_place(location_id=place.pk, by=None)

    assert not Location.objects.exists()
    assert not Shelf.objects.exists()


def test_place_with_a_written_off_copy_stays_with_its_shelves():
    copy = make_copy(state="withdrawn")
    shelve(copy.location, "A")

    assert refusal(remove_place, location_id=copy.location_id) == [("place_in_use", "")]
    assert Shelf.objects.count() == 1


def test_shelf_number_is_read_as_it_was_typed():
    (shelf,) = shelve(make_location(), "ｉ287．4")

    assert shelf.begins_with == "I287.4"


@pytest.mark.parametrize("number", ["L1", "童书", "287"])
def test_shelf_that_begins_with_no_clc_number_is_refused(number):
    values = {"shelf_id": None, "location_id": make_location().pk, "name": "架", "begins_with": number}

    assert refusal(save_shelf, **values) == [("no_clc_number", "begins_with")]


def test_two_shelves_that_begin_alike_are_refused():
    place = make_location()
    shelve(place, "I")

    values = {"shelf_id": None, "location_id": place.pk, "name": "架", "begins_with": "I"}
    assert refusal(save_shelf, **values) == [("shelf_taken", "begins_with")]


def test_shelves_stand_in_shelf_order_with_what_is_on_each():
    """I247.5 stands before I25, so it is on the shelf that begins with I24."""
    place = make_location()
    shelve(place, "I25", "I24", "TP3")
    for number in ("G634", "I24", "I247.5", "I25", "I287", "TP393"):
        make_copy(title=make_title(clc_number=number, book_number="1"), location=place)
    make_copy(title=make_title(clc_number="I247", book_number="9"), location=place, state="lost")
    make_copy(title=make_title(clc_number="I247", book_number="9"), location=make_location("别处"))

    rows, before = shelf_rows(place.pk)

    assert [(row.shelf.begins_with, row.ends_before, row.copies) for row in rows] == [
        ("I24", "I25", 2), ("I25", "TP3", 2), ("TP3", "", 1),
    ]  # fmt: skip
    assert before == 1


def test_shelf_is_changed_and_removed():
    place = make_location()
    first, second = shelve(place, "A", "I")

    save_shelf(shelf_id=second.pk, location_id=place.pk, name="文学", begins_with="I2", by=None)
    remove_shelf(shelf_id=first.pk, by=None)

    assert list(Shelf.objects.values_list("name", "begins_with")) == [("文学", "I2")]


def test_places_count_what_is_held():
    place = make_location()
    shelve(place, "A", "I")
    make_copy(location=place)
    make_copy(location=place, state="withdrawn")
    make_location("空房间")

    found = {row.name: (row.held, row.total, row.shelf_count) for row in places_with_counts()}
    assert found == {"流通书库": (1, 2, 2), "空房间": (0, 0, 0)}
