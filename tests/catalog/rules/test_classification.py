"""Numbers of the classification: shape, class, division."""

import pytest

from catalog.rules.classification import (
    MAIN_CLASSES,
    Division,
    cut_to_depth,
    division,
    is_clc_number,
    longest_prefix,
    main_class,
    new_number,
    normalise_clc,
    prefixes,
)

CODES = prefixes(
    [
        "G",
        "G4",
        "G62",
        "G63",
        "G634",
        "I",
        "I2",
        "I28",
        "I287.4",
        "I287.45",
        "I3/7",
        "K",
        "K81",
        "K833/837",
        "K837.5",
        "T",
        "TP",
        "TP3",
        "TP312",
        "D",
        "D9",
        "DF",
        "C829.3/.7",
        "P1-093/-097",
        "E292/294.9",
    ]
)


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("K837.125.76", "K833/837"),
        ("K837.5", "K837.5"),
        ("G634.603", "G634"),
        ("I287.45=2", "I287.45"),
        ("I287.8", "I28"),
        ("I712.84", "I3/7"),
        ("I812.4", "I"),
        ("C829.512", "C829.3/.7"),
        ("P1-0951", "P1-093/-097"),
        ("E293", "E292/294.9"),
        ("TP312JA", "TP312"),
        ("TP3", "TP3"),
        ("TN", "T"),
        ("DF5", "DF"),
        ("D92", "D9"),
    ],
)
def test_longest_prefix_finds_the_deepest_class(number, code):
    assert longest_prefix(number, CODES) == code


@pytest.mark.parametrize("number", ["", "L1", "W", "287", "TX3", "图书", "I/12", "KA8"])
def test_longest_prefix_of_no_clc_number_is_none(number):
    assert not is_clc_number(number)
    assert longest_prefix(number, CODES) is None
    assert main_class(number) == ""
    assert division(number) is None


def test_longest_prefix_of_a_class_that_is_not_loaded_is_none():
    assert longest_prefix("Z228.1", CODES) is None


def test_prefixes_prefer_a_class_of_its_own_to_a_range():
    assert prefixes(["B31/39", "B313"])["B313"] == "B313"
    assert prefixes(["B31/39", "B313"])["B39"] == "B31/39"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Ｉ２８７．４５", "I287.45"),
        (" i 712.84\u3000", "I712.84"),
        ("[TS914.58]", "TS914.58"),
        ("{D834}", "D834"),
        ("tp312", "TP312"),
        ("I247.5（1）", "I247.5(1)"),
    ],
)
def test_normalise_clc_undoes_what_typing_does(text, number):
    assert normalise_clc(text) == number


@pytest.mark.parametrize(("number", "letter"), [("TP391", "T"), ("T-0", "T"), ("ｉ287", "I"), ("DF5", "D"), ("Z", "Z")])
def test_main_class_is_the_first_letter(number, letter):
    assert main_class(number) == letter


def test_division_groups_all_main_classes():
    groups = {group: "".join(letter for letter in MAIN_CLASSES if division(letter) == group) for group in Division}
    assert list(groups.values()) == ["A", "B", "CDEFGHIJK", "NOPQRSTUVX", "Z"]
    assert len(MAIN_CLASSES) == 22


@pytest.mark.parametrize(
    ("number", "depth", "short"),
    [
        ("I287.45", 0, "I287.45"),
        ("I287.45", 4, "I287"),
        ("I287.45", 5, "I287.4"),
        ("I287.45", 20, "I287.45"),
        ("TP391.41", 1, "T"),
        ("K837.125.76", 7, "K837.125"),
        ("I287.45=2", 6, "I287.45"),
        ("K825.6(2)", 5, "K825.6"),
        ("G40-051", 3, "G40"),
        ("J218.2(243)", 6, "J218.2"),
    ],
)
def test_number_is_cut_to_the_depth_of_the_school(number, depth, short):
    assert cut_to_depth(number, depth) == short


@pytest.mark.parametrize(
    ("number", "to", "instead_of", "new"),
    [
        ("I247.5", "I287", "", "I287"),
        ("I247.5", "I28", "I24", "I287.5"),
        ("G624.233", "G62", "G624", "G622.33"),
        ("TP312", "TP31", "TP3", "TP311.2"),
        ("K837.125.76-49", "K81", "K837", "K811.257.6-49"),
        ("I287.45", "K", "I24", "I287.45"),
    ],
)
def test_new_number_keeps_what_follows_the_beginning(number, to, instead_of, new):
    assert new_number(number, to=to, instead_of=instead_of) == new
