import pytest

from catalog.rules.barcodes import Bearer, number_problems, number_range


@pytest.mark.parametrize(
    ("first", "count", "numbers"),
    [
        ("A0099", 2, ["A0099", "A0100"]),
        ("000098", 3, ["000098", "000099", "000100"]),
        ("A99", 2, ["A99", "A100"]),
        ("2026-007B", 2, ["2026-007B", "2026-008B"]),
        ("LOOSE", 1, ["LOOSE"]),
        ("LOOSE", 2, []),
    ],
)
def test_range_counts_by_the_last_digits(first, count, numbers):
    assert number_range(first, count) == numbers


def test_every_number_that_is_taken_is_listed_with_what_bears_it():
    bearers = {number: Bearer(number, "copy", 1, "夏洛的网") for number in ("A2", "A4")}

    problems = number_problems(["A1", "A2", "A3", "A4"], bearers)

    assert [problem.code for problem in problems] == ["number_taken"] * 2
    assert all("夏洛的网" in problem.message for problem in problems)


@pytest.mark.parametrize(
    ("numbers", "code"),
    [
        (["9787544270878"], "number_is_isbn"),
        (["A" * 33], "number_long"),
        ([""], "no_number"),
        (["A", "A"], "number_twice"),
    ],
)
def test_number_that_can_be_no_barcode_says_why(numbers, code):
    assert [problem.code for problem in number_problems(numbers, {})] == [code]
