"""Identity numbers never pass. The numbers here are made up."""

import pytest

from readers.rules.identity import REMOVED, without_identity_numbers

MADE_UP = "110101201503070018"


def with_check(body: str) -> str:
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body + "10X98765432"[sum(int(n) * w for n, w in zip(body, weights, strict=True)) % 11]


@pytest.mark.parametrize(
    "text",
    [
        with_check("11010120150307001"),
        "G" + with_check("11010120150307001"),
        with_check("11010120150307001").lower(),
        "110101 20150307 0018",
        "１１０１０１２０１５０３０７００１８",
        "110101201503070000",
        "1.10101E+17",
        with_check("99999900000000001"),
    ],
)
def test_identity_number_is_removed(text):
    assert without_identity_numbers(text) == REMOVED


def test_identity_number_within_text_is_removed():
    assert without_identity_numbers(f"张三（{MADE_UP}）") == f"张三({REMOVED})"


@pytest.mark.parametrize(
    "text", ["20240101", "0123456789", "三(1)班", "2.02401E+11", "123456789012345678", "2024年10月1日"]
)
def test_other_numbers_stay(text):
    assert without_identity_numbers(text) == text
