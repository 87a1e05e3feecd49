"""What a title is found by. `finds` applies a tsquery to a title's tokens the way PostgreSQL does, by hand."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.models import Title
from catalog.rules.tokens import normalise, query_of, title_tokens

CHARACTERS = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=12)
_LEXEME = re.compile(r"'((?:[^']|'')+)'(:\*)?")


def described(**fields: str) -> Title:
    """A title as the database would give it back: what is not said is empty."""
    return Title(**{"part": "", "subjects": "", **fields})


def finds(query: str, **fields: str) -> bool:
    tokens = title_tokens(described(**{"name": "三国演义", **fields})).search
    tsquery = query_of(query).tsquery

    def holds(match: re.Match[str]) -> str:
        wanted, prefix = match[1].replace("''", "'"), match[2]
        return str(any(token.startswith(wanted) if prefix else token == wanted for token in tokens))

    expression = _LEXEME.sub(holds, tsquery).replace("&", " and ").replace("|", " or ")
    return bool(eval(expression or "False"))


@pytest.mark.parametrize(
    "query",
    ["三国演义", "三国", "演义", "国演", "三", "义", "sgyy", "SGYY", "sg", "gyy", "sanguo", "sanguoyanyi", "yanyi",
     "san guo", "sān guó", "ｓａｎｇｕｏ", "　三国　", "三国 演义", "《三国演义》"],
)  # fmt: skip
def test_title_is_found_by(query):
    assert finds(query)


@pytest.mark.parametrize("query", ["三演", "水浒", "国三", "sgy x", "shui", "", "  ", "？！"])
def test_title_is_not_found_by(query):
    assert not finds(query)


@pytest.mark.parametrize(
    "query", ["哈利波特", "哈利·波特", "哈利•波特", "利波", "hlbt", "halibote", "mofashi", "3D", "哈利波特 魔法"]
)
def test_foreign_name_is_found_with_or_without_its_dot(query):
    assert finds(query, name="哈利·波特与魔法石（3D版）")


@pytest.mark.parametrize(
    "query", ["python", "Pyth", "Python编程", "编程 python", "PYTHON 编程", "c++", "2023", "第2版"]
)
def test_mixed_latin_and_chinese_is_found(query):
    assert finds(query, name="Python编程：从C++开始（2023 第2版）")


@pytest.mark.parametrize("query", ["20", "n"])
def test_short_number_and_letter_are_meant_whole(query):
    assert not finds(query, name="2023年鉴")
    assert finds(query, name=f"第{query}辑")


@pytest.mark.parametrize(
    "query",
    ["9787020002207", "978-7-02-000220-7", "978 7 02 000220 7", "7-02-000220-X", "702000220x", "978-7-02", "97870200"],
)
def test_isbn_is_found_in_every_spelling(query):
    assert finds(query, isbn="9787020002207")


@pytest.mark.parametrize("query", ["I287.45", "i287.45/12", "I28", "Ｉ２８７．４５", "I287.45/1"])
def test_call_number_is_found_by_its_beginning(query):
    assert finds(query, clc_number="I287.45", book_number="12")


def test_call_number_is_not_found_by_its_middle():
    assert not finds("287.45", clc_number="I287.45")


@pytest.mark.parametrize("query", ["曹文轩", "caowenxuan", "cwx", "草房子 曹文轩", "文轩"])
def test_author_is_found(query):
    assert finds(query, name="草房子", author="曹文轩著")


def test_words_of_several_fields_must_all_be_found():
    assert finds("草房子 人民文学", name="草房子", publisher="人民文学出版社")
    assert not finds("草房子 作家", name="草房子", publisher="人民文学出版社")


def test_own_number_of_the_school_is_found_whole():
    assert finds("TS-000123", school_number="TS-000123")
    assert not finds("TS-0001", school_number="TS-000123")


def test_pinyin_of_the_name_is_kept_whole():
    tokens = title_tokens(described(name="重庆的绿"))
    assert (tokens.pinyin, tokens.initials) == ("chongqingdelv", "cqdl")


def test_summary_has_its_own_tokens():
    tokens = title_tokens(described(name="草房子", summary="油麻地的孩子"))
    assert "油麻" in tokens.search_summary
    assert "油麻" not in tokens.search


@given(CHARACTERS)
def test_any_two_neighbouring_characters_find_the_title(name):
    tokens = set(title_tokens(described(name=name)).search)
    plain = normalise(name)
    assert all(plain[index : index + 2] in tokens for index in range(len(plain) - 1))


@given(CHARACTERS)
def test_any_single_character_finds_the_title(name):
    assert all(finds(sign, name=name) for sign in name)


@given(st.text(max_size=200))
def test_any_text_makes_sound_tokens(text):
    tokens = title_tokens(
        described(name=text, author=text, summary=text, clc_number=text[:60], school_number=text[:64])
    )
    assert all(0 < len(token) <= 61 and "\x00" not in token and "\x1f" not in token for token in tokens.search)
    assert len(query_of(text).tsquery) < 20_000
