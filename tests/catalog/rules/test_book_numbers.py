import pytest

from catalog.rules.book_numbers import author_letters, author_number, first_gap, serial_of


@pytest.mark.parametrize(
    ("book_number", "serial"),
    [("12", 12), ("012", 12), ("12:2", 12), ("12/2", 12), ("CWX2", 0), ("", 0), ("2" * 12, 0)],
)
def test_serial_is_what_the_book_number_begins_with(book_number, serial):
    assert serial_of(book_number) == serial


@pytest.mark.parametrize(("taken", "gap"), [([], 1), ([2, 3], 1), ([1, 2, 4], 3), ([1, 2], 3)])
def test_gap_is_the_lowest_free_number(taken, gap):
    assert first_gap(set(taken)) == gap


@pytest.mark.parametrize(
    ("author", "letters"),
    [
        ("曹文轩著", "CWX"),
        ("曹文轩 著", "CWX"),
        ("单霁翔", "SJX"),  # read otherwise as a surname
        ("[英] 罗琳著 ; 马爱农译", "LL"),
        ("（清）曹雪芹, 高鹗著", "CXQ"),
        ("[丹麦]汉斯·克里斯蒂安·安徒生著", "ATS"),
        ("J.K.罗琳", "LL"),
        ("E. B. White", "WHI"),
        ("Dahl, Roald", "DAH"),
        ("中国少年儿童出版社编", "ZGS"),
    ],
)
def test_author_letters_are_those_of_the_first_family_name(author, letters):
    assert author_letters(author) == letters


def test_author_letters_come_from_the_title_where_nobody_is_named():
    assert author_letters("", "十万个为什么") == "SWG"
    assert author_letters("", "123") == "X"


def test_author_number_tells_titles_of_the_same_letters_apart():
    assert author_number("CWX", set()) == "CWX"
    assert author_number("CWX", {"CWX", "CWX2"}) == "CWX3"
    assert author_number("CWX", {"CWX2"}) == "CWX"
