import pytest
from hypothesis import given
from hypothesis import strategies as st

from library_site.shared.codes import isbn13, normalise_code

NINE_DIGITS = st.text("0123456789", min_size=9, max_size=9)


def check10(digits: str) -> str:
    """ISO 2108 as the standard words it: the weighted sum 10, 9, … 1 is a multiple of 11."""
    return next(
        sign
        for value, sign in enumerate("0123456789X")
        if (sum((10 - place) * int(digit) for place, digit in enumerate(digits)) + value) % 11 == 0
    )


def hyphenated(code: str, places: list[int]) -> str:
    for place in sorted(places, reverse=True):
        code = f"{code[:place]}-{code[place:]}"
    return code


@pytest.mark.parametrize(
    ("scanned", "meant"),
    [
        ("００１２３４", "001234"),
        ("ａｂ－１２", "AB-12"),
        (" 0012 34\u3000\u00a0", "001234"),
        ("\ufeff0012\u200b34\r\n", "001234"),
        ("b0000001", "B0000001"),
        ("", ""),
    ],
)
def test_normalise_code_keeps_what_the_label_means(scanned, meant):
    assert normalise_code(scanned) == meant


@given(st.text(max_size=30))
def test_normalise_code_of_normalised_code_changes_nothing(text):
    once = normalise_code(text)

    assert normalise_code(once) == once


@given(st.text("0123456789", max_size=20))
def test_normalise_code_keeps_every_digit(digits):
    assert normalise_code(digits) == digits


@pytest.mark.parametrize(
    "written",
    [
        "9787020002207",
        "978-7-02-000220-7",
        "978‐7‐02‐000220‐7",
        "978—7—02—000220—7",
        "978−7−02−000220−7",
        "９７８７０２０００２２０７",
        "ISBN 978-7-02-000220-7",
        "ISBN：978-7-02-000220-7",
        "7-02-000220-X",
        "702000220x",
    ],
)
def test_isbn13_reads_every_way_of_writing(written):
    assert isbn13(written) == "9787020002207"


@pytest.mark.parametrize(
    "written",
    [
        "",
        "9787020002208",  # wrong check digit
        "7020002200",  # wrong check digit
        "977167471300X",
        "9771674713008",  # an ISSN's barcode
        "6901028075763",  # the barcode of some goods
        "978702000220",
        "97870200022077",
        "٩٧٨٧٠٢٠٠٠٢٢٠٧",  # digits, but of another script
        "X702000220",
    ],
)
def test_isbn13_refuses_what_is_no_isbn(written):
    assert isbn13(written) is None


@given(NINE_DIGITS)
def test_isbn13_of_ten_digits_is_stable(digits):
    found = isbn13(digits + check10(digits))

    assert found is not None
    assert found.startswith(f"978{digits}")
    assert isbn13(found) == found


@given(NINE_DIGITS, st.lists(st.integers(1, 9), max_size=4))
def test_isbn13_does_not_mind_hyphens(digits, places):
    code = digits + check10(digits)

    assert isbn13(hyphenated(code, places)) == isbn13(code)


@given(NINE_DIGITS, st.integers(0, 12), st.integers(1, 9))
def test_isbn13_notices_a_single_wrong_digit(digits, place, by):
    code = isbn13(digits + check10(digits))
    wrong = code[:place] + str((int(code[place]) + by) % 10) + code[place + 1 :]

    assert isbn13(wrong) is None


@given(st.text(max_size=20))
def test_isbn13_returns_ascii_digits_or_nothing(text):
    found = isbn13(text)

    assert found is None or (found.isascii() and found.isdigit() and len(found) == 13)
