from decimal import Decimal

import pytest

from library_site.shared.figures import ratio
from reports.models import StandardRow
from reports.rules.standards import MEASURES, Known, Own, classes_of, compared


def row(measure, value, *, subject="", sense="least", **fields):
    return StandardRow(measure=measure, subject=subject, sense=sense, value=Decimal(value), **fields)


def own(**fields):
    return Own(**{"known": {}, "classes": {}, "sets": {}, "students": {}, **fields})


def test_classes_are_named_singly_by_range_and_together():
    assert classes_of("A") == {"A"}
    assert classes_of("c-k") == set("CDEFGHIJK")
    assert classes_of("N - X") == set("NOPQRSTUVX")
    assert classes_of("A-B+Z") == {"A", "B", "Z"}


@pytest.mark.parametrize("text", ["", "L", "K-C", "A+", "TP", "A-", "-K", "A,B"])
def test_what_names_no_main_classes_is_refused(text):
    with pytest.raises(ValueError):
        classes_of(text)


def test_holdings_lack_whole_copies():
    [line] = compared(
        [row("holdings_per_student", "25")], own(known={"holdings_per_student": Known(Decimal(2449), 98)})
    )
    assert (line.own, line.gap, line.met, line.sum_text) == (Decimal("24.99"), 1, False, "2,449 ÷ 98")


def test_holdings_that_round_up_to_the_demand_do_not_meet_it():
    [line] = compared(
        [row("holdings_per_student", "25")], own(known={"holdings_per_student": Known(Decimal(24999), 1000)})
    )
    assert (line.own, line.gap, line.met) == (Decimal("25.00"), 1, False)


def test_demands_by_stage_are_one_line_with_their_sum():
    rows = [row("holdings_per_student", "25", subject="primary"), row("holdings_per_student", "35", subject="junior")]
    known = {"holdings_per_student": Known(Decimal(8000), 300)}
    [line] = compared(rows, own(known=known, students={"primary": 200, "junior": 100}))
    assert (line.value, line.gap, line.met) == (Decimal("28.33"), 500, False)
    assert "25" in line.words
    assert "35" in line.words


def test_shares_are_of_the_copies_that_have_a_class():
    classes = {"A": 1, "I": 62, "J": 1, "Q": 36, "": 900}
    rows = [
        row("share", "64", subject="C-K"),
        row("share", "35", subject="N-X"),
        row("share", "60", subject="I", sense="most"),
    ]
    lines = {line.subject: line for line in compared(rows, own(classes=classes))}
    assert (lines["C-K"].own, lines["C-K"].gap, lines["C-K"].met) == (Decimal("63.00"), 1, False)
    assert (lines["N-X"].own, lines["N-X"].gap, lines["N-X"].met) == (Decimal("36.00"), 0, True)
    assert (lines["I"].own, lines["I"].gap, lines["I"].met) == (Decimal("62.00"), 2, False)


def test_copies_above_the_allowed_of_a_title_are_too_many():
    [line] = compared([row("copies_of_title", "5", sense="most")], own(sets={1: 900, 5: 40, 7: 3, 10: 1}))
    assert (line.own, line.gap, line.met) == (10, 11, False)


@pytest.mark.parametrize("measure", MEASURES)
def test_what_is_not_known_is_neither_met_nor_missed(measure):
    subject = "A" if MEASURES[measure].subject == "classes" else ""
    [line] = compared([row(measure, "5", subject=subject)], own())
    assert (line.own, line.gap, line.met, line.own_text) == (None, None, None, "—")


def test_what_was_entered_by_hand_bears_its_note():
    known = {"periodical_titles": Known(Decimal(61), note="订阅清单")}
    [line] = compared([row("periodical_titles", "60")], own(known=known))
    assert (line.own, line.gap, line.met, line.entered) == (61, 0, True, "订阅清单")


def test_holdings_entered_by_hand_are_held_against_the_students():
    known = {"holdings_per_student": Known(Decimal("20.5") * 200, 200, "按台账")}
    [line] = compared([row("holdings_per_student", "25")], own(known=known))
    assert (line.own, line.gap, line.entered) == (Decimal("20.50"), 900, "按台账")


def test_lines_stand_in_one_order_whatever_the_rows():
    rows = [
        row("opening_hours", "40"),
        row("share", "5", subject="Z"),
        row("share", "1", subject="A"),
        row("copies_held", "9"),
    ]
    assert [(line.measure.code, line.subject) for line in compared(rows, own())] == [
        ("copies_held", ""), ("share", "A"), ("share", "Z"), ("opening_hours", ""),
    ]  # fmt: skip


def test_row_of_an_unknown_measure_is_left_out():
    assert compared([row("seats", "40")], own()) == []


def test_half_a_hundredth_is_rounded_up_as_in_every_report():
    assert Known(Decimal(1), 8).value == ratio(1, 8) == Decimal("0.13")
