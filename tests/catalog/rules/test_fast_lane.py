import pytest

from catalog.rules.fast_lane import Kind, read_code


@pytest.mark.parametrize(
    ("text", "typed", "wants_label", "kind", "read"),
    [
        ("9787544270878", False, False, Kind.ISBN, "9787544270878"),
        ("978-7-5442-7087-8", True, True, Kind.ISBN, "9787544270878"),
        ("ISBN 9787544270878", True, False, Kind.ISBN, "9787544270878"),
        ("978754427087801", False, True, Kind.ISBN, "9787544270878"),  # the small bars beside it were read, too
        ("978754427087852000", False, True, Kind.ISBN, "9787544270878"),
        ("9787544270879", False, True, Kind.BAD_ISBN, "9787544270879"),
        ("702000220X", True, False, Kind.ISBN, "9787020002207"),
        ("702000220X", True, True, Kind.LABEL, "702000220X"),
        ("702000220X", False, False, Kind.LABEL, "702000220X"),
        ("00000017", False, True, Kind.LABEL, "00000017"),
        ("ａ００１７", False, True, Kind.LABEL, "A0017"),
        ("夏洛的网", True, False, Kind.WORDS, "夏洛的网"),
        ("xiaoluo", True, False, Kind.WORDS, "xiaoluo"),
        ("harry potter 2", True, False, Kind.WORDS, "harry potter 2"),
        ("9" * 40, False, True, Kind.WORDS, "9" * 40),
    ],
)
def test_code_is_told_by_its_shape_and_by_what_is_wanted(text, typed, wants_label, kind, read):
    found = read_code(text, typed=typed, wants_label=wants_label)

    assert (found.kind, found.text) == (kind, read)
