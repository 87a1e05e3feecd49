"""How wide texts are taken to be, and how they are made to fit."""

from hypothesis import given
from hypothesis import strategies as st

from catalog.rules.labels.texts import broken_number, em_width, shortened, size_of_lines


def test_chinese_signs_are_square_and_dots_narrow():
    assert em_width("书") == 1
    assert em_width("I.") < em_width("I2") < em_width("书书")


@given(st.text(max_size=60), st.floats(1, 6), st.floats(5, 70))
def test_shortened_text_fits(text, size, width):
    kept = shortened(text, size=size, width=width)

    assert em_width(kept) * size <= width + 0.01 or kept == ""


def test_text_that_fits_stays_whole():
    assert shortened("东风小学", size=3, width=12) == "东风小学"
    assert shortened("东风小学", size=3, width=11.9) == "东风…"


def test_lines_are_as_large_as_they_can_stand():
    assert size_of_lines(["书书"], width=10, height=100, largest=9, leading=1.25) == 5
    assert size_of_lines(["书", "书"], width=100, height=10, largest=9, leading=1.25) == 4
    assert size_of_lines(["书"], width=100, height=100, largest=9, leading=1.25) == 9
    assert size_of_lines([], width=10, height=10, largest=9, leading=1.25) == 0


def test_number_is_broken_before_a_sign_near_its_middle():
    assert broken_number("K837.125.76") == ["K837", ".125.76"]
    assert broken_number("I287.45=2") == ["I287", ".45=2"]
    assert broken_number("I24") == ["I24"]
