"""The document of cases and the tests that prove them name the same numbers."""

import re

from library_site.paths import BASE_DIR

DOCUMENT = BASE_DIR / "docs" / "circulation-actions.md"
ROW = re.compile(r"^\| ([A-Z]{2}-\d+) \|", re.MULTILINE)
MARK = re.compile(r"pytest\.mark\.cases\(([^)]*)\)")
NUMBER = re.compile(r"[A-Z]{2}-\d+")


def documented() -> list[str]:
    return ROW.findall(DOCUMENT.read_text(encoding="utf-8"))


def proved() -> set[str]:
    """The numbers that tests name."""
    tests = (BASE_DIR / "tests").rglob("test_*.py")
    marks = (mark for path in tests for mark in MARK.findall(path.read_text(encoding="utf-8")))
    return {number for mark in marks for number in NUMBER.findall(mark)}


def test_every_number_stands_once():
    numbers = documented()
    assert sorted(numbers) == sorted(set(numbers))


def test_tests_name_numbers_that_exist():
    assert proved() <= set(documented())


def test_every_number_is_proved_by_a_test():
    assert set(documented()) - proved() == set()
