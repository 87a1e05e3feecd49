import pytest

from activities.imports.book_lines import grades_of_text, read_rows, read_text
from activities.rules.book_lines import Line, in_groups, is_same_author, is_surely, name_key, people
from catalog.models import Title

ISBN = "9787020002207"


def read(text):
    return [(line.name, line.author, line.publisher, line.isbn) for line in read_text(text)]


@pytest.mark.parametrize(
    ("text", "book"),
    [
        ("昆虫记", ("昆虫记", "", "", "")),
        ("1. 《萝卜》 方轶群 文/严个凡 画 人民文学出版社", ("萝卜", "方轶群 文，严个凡 画", "人民文学出版社", "")),
        ("12、昆虫记  法布尔  译林出版社 978-7-02-000220-7", ("昆虫记", "法布尔", "译林出版社", ISBN)),
        ("ISBN 9787020002207", ("", "", "", ISBN)),
        ("小王子，圣埃克苏佩里", ("小王子", "圣埃克苏佩里", "", "")),
        ("（3）城南旧事　林海音", ("城南旧事", "林海音", "", "")),
        ("《小王子》", ("小王子", "", "", "")),
        ("夏洛的网\tE.B.怀特\t上海译文出版社", ("夏洛的网", "E.B.怀特", "上海译文出版社", "")),
        ("100层的房子", ("100层的房子", "", "", "")),
    ],
)  # fmt: skip
def test_line_is_read_as_people_write_it(text, book):
    assert read(text) == [book]


def test_sheet_is_read_by_its_headings():
    head = "附件：推荐书目\n序号,书名,著者,出版社,ISBN,推荐理由,年级\n"
    text = f"{head}1,《昆虫记》,法布尔,译林出版社,{ISBN},看虫子,三年级\n\n2,,,,,,"

    assert read_text(text) == [
        Line(3, "昆虫记", "法布尔", "译林出版社", ISBN, "看虫子", "三年级")
    ]  # fmt: skip


def test_columns_by_tabs_go_before_commas_within_them():
    assert read("书名\t作者\n五星红旗\t华琪，杨汝戬\n") == [("五星红旗", "华琪，杨汝戬", "", "")]


def test_rows_of_a_workbook_may_be_short():
    rows = [["题名", "责任者"], ["甲"], [], ["乙", "某人", "多余"]]

    assert [(line.number, line.name, line.author) for line in read_rows(rows)] == [(2, "甲", ""), (4, "乙", "某人")]


def test_lists_and_grades_of_a_sheet_are_groups():
    text = "list,seq,stage,title\n目录,1,小学1-2,甲\n目录,2,小学3-4,乙\n目录,3,小学1-2,丙"

    groups = in_groups(read_text(text))

    assert {key: [line.name for line in lines] for key, lines in groups.items()} == {
        "目录 小学1-2": ["甲", "丙"], "目录 小学3-4": ["乙"],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "grades"),
    [
        ("小学1-2", ("primary", 1, 2)),
        ("目录2020 小学3—4年级", ("primary", 3, 4)),
        ("三年级上册", ("primary", 3, 3)),
        ("一至三年级", ("primary", 1, 3)),
        ("七年级", ("junior", 1, 1)),
        ("初二", ("junior", 2, 2)),
        ("高一", ("senior", 1, 1)),
        ("2020版", None),
        ("寒假", None),
        ("", None),
    ],
)
def test_grades_are_read_from_words(text, grades):
    assert grades_of_text(text) == grades


def test_names_are_compared_without_signs_and_brackets():
    assert name_key("《和大人一起读》（全四册）") == name_key("和大人一起读")
    assert name_key("（全四册）") != ""


@pytest.mark.parametrize(
    ("authors", "names"),
    [
        ("[法]让-亨利·法布尔 著", ["让亨利法布尔"]),
        ("华琪，杨汝戬，马堪岱 主编", ["华琪", "杨汝戬", "马堪岱"]),
        ("泰戈尔/著，郑振铎/译", ["泰戈尔", "郑振铎"]),
        ("(明)吴承恩", ["吴承恩"]),
        ("", []),
    ],
)
def test_people_are_named_without_what_they_did(authors, names):
    assert people(authors) == names


def test_same_name_by_somebody_else_is_not_sure():
    line = Line(1, "童年", "高尔基")

    assert is_surely(line, Title(name="童年", author="（苏）高尔基著"))
    assert is_surely(line, Title(name="童年", author=""))
    assert not is_surely(line, Title(name="童年", author="泰戈尔"))
    assert not is_surely(line, Title(name="我的童年", author="高尔基"))
    assert is_surely(Line(1, "别名", isbn=ISBN), Title(name="昆虫记", isbn=ISBN))
    assert is_same_author(Line(1, "x", "让-亨利·法布尔 著"), Title(name="x", author="法布尔"))
