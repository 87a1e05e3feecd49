"""What is drawn on a label of a size."""

from itertools import pairwise

import pytest

from catalog.models.labels import Band
from catalog.rules.labels.drawing import (
    LOWEST_BARS,
    NARROWEST,
    NO_SUCH_SIGN,
    TOO_LOW,
    TOO_NARROW,
    TOO_SMALL,
    Contents,
    Drawn,
    Stripe,
    Style,
    Text,
    draw,
)
from catalog.rules.labels.texts import em_width

BOOK = Contents(
    barcode="00012345", title="十万个为什么", clc_number="I287.45", book_number="12", volume="2", main_class="I"
)
SIZES = [(70, 37), (52.5, 29.7), (38.1, 21.2), (50, 30), (40, 30), (30, 20), (99.1, 38.1), (60, 40)]


def texts(drawing):
    return [part.text for part in drawing.shapes if isinstance(part, Text)]


def bars(drawing):
    return [part for part in drawing.shapes if isinstance(part, Drawn)]


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("kind", ["barcode", "spine", "both"])
def test_everything_stays_on_its_label(kind, width, height):
    drawing = draw(BOOK, Style(kind=kind, school="东风镇第一中心小学", band=Band.BOTH), width, height)

    for part in drawing.shapes:
        if isinstance(part, Text):
            half = em_width(part.text) * part.size / 2
            assert part.x - half >= 0 and part.x + half <= width
            assert part.size * 0.7 <= part.y <= height
        if isinstance(part, Drawn | Stripe):
            assert part.x >= 0 and part.x + part.width <= width + 0.001
            assert part.y >= 0 and part.y + part.height <= height + 0.001


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_lines_do_not_lie_on_each_other(width, height):
    drawing = draw(BOOK, Style(kind="barcode", school="东风镇第一中心小学"), width, height)

    spans = sorted(
        (part.y - part.size * 0.8, part.y + part.size * 0.1)
        if isinstance(part, Text)
        else (part.y, part.y + part.height)
        for part in drawing.shapes
    )
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


def test_barcode_label_says_school_title_and_number():
    style = Style(kind="barcode", school="东风小学")

    assert texts(draw(BOOK, style, 70, 37)) == ["东风小学", "十万个为什么", "00012345"]
    assert texts(draw(BOOK, style, 38.1, 21.2)) == ["东风小学", "00012345"]


def test_long_title_is_shortened_to_the_label():
    long = Contents(barcode="1", title="十万个为什么少年儿童出版社插图本第六版修订版")

    assert texts(draw(long, Style(kind="barcode"), 50, 30))[0].endswith("…")


def test_bars_are_whole_dots_wide_where_there_is_room():
    (on_roll,) = bars(draw(BOOK, Style(kind="barcode", feed="roll"), 50, 30))
    (on_sheet,) = bars(draw(BOOK, Style(kind="barcode", feed="sheet"), 70, 37))

    dots_on_roll = on_roll.width / on_roll.bars.width / (25.4 / 203)
    dots_on_sheet = on_sheet.width / on_sheet.bars.width / (25.4 / 600)
    assert dots_on_roll == pytest.approx(3, abs=0.01)
    assert dots_on_sheet == pytest.approx(round(dots_on_sheet), abs=0.01)


@pytest.mark.parametrize(
    ("contents", "style", "size", "problem"),
    [
        (Contents("ABCDEFGHJKLMNP"), Style(kind="barcode"), (30, 20), TOO_NARROW),
        (Contents("图书1"), Style(kind="barcode"), (70, 37), NO_SUCH_SIGN),
        (Contents("A_1"), Style(kind="barcode", symbology="code39"), (70, 37), NO_SUCH_SIGN),
        (Contents("0001"), Style(kind="barcode", school="东风"), (50, 9), TOO_LOW),
        (Contents("0001"), Style(kind="both"), (38, 21), TOO_SMALL),
    ],
)
def test_barcode_that_no_scanner_could_read_is_reported_and_not_drawn(contents, style, size, problem):
    drawing = draw(contents, style, *size)

    assert (drawing.problem, bars(drawing)) == (problem, [])


@pytest.mark.parametrize("barcode", ["0001", "00012345", "TS-2026-00017", "ABCDEFGHJKLMNP"])
@pytest.mark.parametrize("symbology", ["code128", "code39"])
def test_drawn_bars_can_be_read(symbology, barcode):
    drawing = draw(Contents(barcode), Style(kind="barcode", symbology=symbology), 70, 37)

    for part in bars(drawing):
        assert part.width / part.bars.width >= NARROWEST - 0.001
        assert part.height >= LOWEST_BARS
    assert bars(drawing) or drawing.problem == TOO_NARROW


def test_spine_label_says_class_book_number_and_volume():
    drawing = draw(BOOK, Style(kind="spine", band=Band.NONE), 38.1, 21.2)

    assert texts(drawing) == ["I287.45", "12", "2"]


def test_long_class_is_broken_where_that_makes_it_larger():
    long = Contents("1", clc_number="K837.125.76", book_number="5")

    assert texts(draw(long, Style(kind="spine", band=Band.NONE), 20, 30)) == ["K837", ".125.76", "5"]
    assert texts(draw(long, Style(kind="spine", band=Band.NONE), 70, 20)) == ["K837.125.76", "5"]


@pytest.mark.parametrize(
    ("band", "said", "striped"),
    [
        (Band.CLASS, ["I"], True),
        (Band.SCHOOL, ["东风小学"], False),
        (Band.BOTH, ["东风小学"], True),
        (Band.NONE, [], False),
    ],
)
def test_band_shows_the_class_or_the_school(band, said, striped):
    drawing = draw(BOOK, Style(kind="spine", band=band, school="东风小学"), 38.1, 21.2)

    assert texts(drawing) == [*said, "I287.45", "12", "2"]
    assert [part.main_class for part in drawing.shapes if isinstance(part, Stripe)] == (["I"] if striped else [])


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_name_on_the_band_stays_within_it(width, height):
    drawing = draw(BOOK, Style(kind="spine", band=Band.BOTH, school="东风镇第一中心小学"), width, height)

    stripe, name, *_lines = drawing.shapes
    half = em_width(name.text) * name.size / 2
    assert stripe.x < name.x - half
    assert name.x + half < stripe.x + stripe.width


def test_both_in_one_lie_side_by_side_or_above_each_other():
    (beside,) = bars(draw(BOOK, Style(kind="both"), 70, 37))
    (above,) = bars(draw(BOOK, Style(kind="both"), 50, 40))

    assert beside.x > 20
    assert above.y + above.height < 20
