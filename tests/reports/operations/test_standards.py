import csv
from decimal import Decimal

import pytest

from library_site.shared.problems import Refused
from reports.models import Standard, StandardRow
from reports.operations.standards import (
    GIVEN,
    choose_standards,
    drop_standard,
    load_standards,
    save_standard,
)
from reports.rules.standards import MEASURES, classes_of
from tests.factories.site import make_user
from tests.factories.standards import make_standard

pytestmark = pytest.mark.django_db


@pytest.fixture
def librarian(db):
    return make_user("librarian")


def rows_of(standard):
    return list(standard.rows.order_by("pk").values_list("measure", "subject", "sense", "value", "is_sure"))


def new_row(measure="share", value="30", subject="I", sense="most"):
    return StandardRow(measure=measure, subject=subject, sense=sense, value=Decimal(value))


def test_loading_twice_writes_once():
    with GIVEN.open(encoding="utf-8") as file:
        lines = len(list(csv.DictReader(file)))
    assert load_standards() == lines == StandardRow.objects.count()
    assert load_standards() == 0
    assert not Standard.objects.filter(applies=True).exists()


def test_given_values_are_those_of_the_regulation():
    load_standards()
    primary = Standard.objects.get(code="cn2018-primary")
    values = {(measure, subject): (value, is_sure) for measure, subject, _sense, value, is_sure in rows_of(primary)}
    assert values["holdings_per_student", ""] == (25, True)
    assert values["periodical_titles", ""] == (60, True)
    assert values["reference_titles", ""] == (120, True)
    assert values["additions_per_student", ""] == (1, True)
    assert values["opening_hours", ""] == (40, True)
    shares = {subject: value for (measure, subject), (value, _sure) in values.items() if measure == "share"}
    assert shares == {"A": Decimal("1.5"), "B": Decimal("1.5"), "C-K": 64, "N-X": 28, "Z": 5}
    middle = Standard.objects.get(code="cn2018-junior")
    assert {row[-1] for row in rows_of(middle) if row[0] in {"holdings_per_student", "share"}} == {False}


def test_given_rows_name_what_can_be_measured():
    load_standards()
    for row in StandardRow.objects.all():
        assert row.measure in MEASURES
        if MEASURES[row.measure].subject == "classes":
            assert classes_of(row.subject)


def test_loading_again_keeps_what_was_chosen_and_mends_what_differs(librarian):
    load_standards()
    primary = Standard.objects.get(code="cn2018-primary")
    choose_standards(chosen=[primary.pk], by=librarian)
    primary.rows.filter(measure="opening_hours").update(value=1)
    primary.rows.filter(measure="share", subject="Z").delete()
    StandardRow.objects.create(standard=primary, measure="copies_held", value=1)
    own = make_standard(("copies_held", "", "least", "5"))

    assert load_standards() == 3
    primary.refresh_from_db()
    assert primary.applies
    assert primary.rows.get(measure="opening_hours").value == 40
    assert not primary.rows.filter(measure="copies_held").exists()
    assert own.rows.count() == 1


def test_choosing_says_which_hold_and_which_no_longer(librarian):
    one, other = make_standard(name="甲"), make_standard(name="乙", applies=False)
    choose_standards(chosen=[other.pk], by=librarian)
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.applies, other.applies) == (False, True)


def test_saving_takes_the_place_of_the_former_rows(librarian):
    standard = make_standard(("copies_held", "", "least", "500"), ("share", "I", "most", "35"))
    kept = standard.rows.get(measure="share").pk
    save_standard(
        standard=standard, rows=[new_row(value="30"), new_row("reference_titles", "99", "", "least")], by=librarian
    )
    assert rows_of(standard) == [("share", "I", "most", 30, True), ("reference_titles", "", "least", 99, True)]
    assert standard.rows.get(measure="share").pk == kept


def test_saving_refuses_two_rows_that_demand_the_same(librarian):
    with pytest.raises(Refused, match="standard_same_row"):
        save_standard(
            standard=Standard(name="新", school_type="primary"), rows=[new_row(), new_row(value="9")], by=librarian
        )
    assert not Standard.objects.exists()


def test_saving_refuses_a_name_that_is_taken(librarian):
    make_standard(name="本省")
    with pytest.raises(Refused, match="standard_same_name"):
        save_standard(standard=Standard(name="本省", school_type="primary"), rows=[], by=librarian)


def test_given_standard_is_neither_changed_nor_removed(librarian):
    load_standards()
    given = Standard.objects.get(code="cn2018-primary")
    with pytest.raises(Refused, match="standard_is_given"):
        save_standard(standard=given, rows=[], by=librarian)
    with pytest.raises(Refused, match="standard_is_given"):
        drop_standard(standard=given, by=librarian)
    assert given.rows.exists()


def test_removed_standard_stays_in_the_history(librarian):
    standard = make_standard(("copies_held", "", "least", "500"))
    pk = standard.pk
    drop_standard(standard=standard, by=librarian)
    assert not Standard.objects.exists()
    assert Standard.pgh_event_model.objects.filter(pgh_obj_id=pk, pgh_label="delete").count() == 1
    assert StandardRow.pgh_event_model.objects.filter(pgh_label="delete").count() == 1
