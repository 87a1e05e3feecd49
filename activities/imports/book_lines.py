"""A booklist as schools have it: a sheet with headings, or lines that somebody copied out of a document."""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence

from activities.rules.book_lines import Line
from library_site.models.school import Stage
from library_site.shared.codes import isbn13

MOST_LINES = 500
LOOKED_AT = 12  # rows in which the headings may stand

# What the columns are called in sheets.
HEADINGS = {
    "name": "书名 题名 图书名称 图书名 正题名 名称 作品 书目名称 推荐书名 title name book",
    "author": "作者 著者 责任者 第一责任者 编著者 作者译者 作译者 author authors",
    "publisher": "出版社 出版者 出版单位 publisher press",
    "isbn": "isbn isbn号 isbn13 国际标准书号 书号",
    "reason": "推荐理由 推荐语 推荐说明 理由 简介 内容简介 reason",
    "grade": "学段 年级 适用年级 适读年级 推荐年级 年段 stage grade",
    "list": "书目 目录 目录名称 书目名 list",
}
_COLUMN_OF = {word: column for column, words in HEADINGS.items() for word in words.split()}
_PUBLISHER = re.compile(r"出版|书局|书店|书社|书馆$|press\b", re.IGNORECASE)
_NUMBERED = re.compile(r"^\s*[(（]?\s*\d{1,3}\s*(?:[)）.．、:：]+\s*|\s+)")
_ISBN = re.compile(r"(?:ISBN[:：\s]*)?((?:97[89][-\s]?)?\d[\d\s-]{7,15}[\dXx])", re.IGNORECASE)
_PARTS = re.compile(r"\t|[/|｜;；]|[,，]|\s{2,}|\u3000+")
_SIGN = "[1-9一二三四五六七八九]"
_GRADES = re.compile(f"(小学|初中?|高中?)?\\s*({_SIGN})(?:\\s*[-—–~～至到]+\\s*({_SIGN}))?\\s*(年级)?(?!\\d)")
_DIGITS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_STAGES = {"小": Stage.PRIMARY, "初": Stage.JUNIOR, "高": Stage.SENIOR}


def read_text(text: str) -> list[Line]:
    """The lines of a pasted text: columns by tabs or, under headings, by commas; else one book a line."""
    rows = [row.split("\t") for row in text.splitlines()]
    if not any(len(row) > 1 for row in rows):
        by_comma = list(csv.reader(text.splitlines()))
        rows = by_comma if any(_columns(row) for row in by_comma[:LOOKED_AT]) else rows
    return read_rows(rows)


def read_rows(rows: Iterable[Sequence[str]]) -> list[Line]:
    """The books that rows of cells name. Rows without a title or ISBN are left out; at most one more than 500."""
    cells = list(rows)
    head = next((place for place, row in enumerate(cells[:LOOKED_AT]) if _columns(row)), None)
    if head is None:
        found = [_free(number, row) for number, row in enumerate(cells, start=1)]
    else:
        columns = _columns(cells[head])
        found = [_under_headings(number, cells[number - 1], columns) for number in range(head + 2, len(cells) + 1)]
    return [line for line in found if line.name or line.isbn][: MOST_LINES + 1]


def grades_of_text(text: str) -> tuple[str, int, int] | None:
    """The grades that a text means, as (stage, from, to): 小学1-2, 三年级上册, 七年级, 高一; None if it names none."""
    for found in _GRADES.finditer(text):
        word, begins, ends, grade = found.groups()
        if word or grade:
            first, last = sorted(_DIGITS.get(sign) or int(sign) for sign in (begins, ends or begins))
            if not word and first >= 7:
                return Stage.JUNIOR, first - 6, last - 6
            return _STAGES[(word or "小")[0]], first, last
    return None


def _columns(row: Sequence[str]) -> dict[str, int]:
    """The places of the columns, if the row is one of headings: it names the title or the ISBN."""
    found: dict[str, int] = {}
    for place, cell in enumerate(row):
        column = _COLUMN_OF.get(re.sub(r"[\s（）()*_\-/]+", "", cell).lower())
        if column:
            found.setdefault(column, place)
    return found if "name" in found or "isbn" in found else {}


def _under_headings(number: int, row: Sequence[str], columns: Mapping[str, int]) -> Line:
    values = {name: " ".join(row[place].split()) if place < len(row) else "" for name, place in columns.items()}
    group = " ".join(part for part in (values.pop("list", ""), values.pop("grade", "")) if part)
    values["isbn"] = isbn13(values.get("isbn", "")) or ""
    values["name"] = values.get("name", "").removeprefix("《").removesuffix("》")
    return Line(number, group=group, **values)


def _free(number: int, row: Sequence[str]) -> Line:
    """A row without headings: what is an ISBN, what is a publisher, and of the rest title, then author."""
    text = "\t".join(row)
    isbn = ""
    for found in _ISBN.finditer(text):
        if code := isbn13(found[1]):
            isbn, text = code, text.replace(found[0], "\t")
            break
    text = _NUMBERED.sub("", text.strip())
    if quoted := re.search("《(.+?)》", text):
        name, rest = quoted[1], text[: quoted.start()] + "\t" + text[quoted.end() :]
        parts = [name, *_cut(rest)]
    else:
        parts = _cut(text)
    name = " ".join(parts[0].split()) if parts else ""
    words = [part for part in parts[1:] if not part.isdigit()]
    publishers = [word for part in words for word in part.split() if _PUBLISHER.search(word)]
    people = [" ".join(word for word in part.split() if word not in publishers) for part in words]
    author = "，".join(part for part in people if part)
    return Line(number, name=name, author=author, publisher=" ".join(publishers[:1]), isbn=isbn)


def _cut(text: str) -> list[str]:
    return [part.strip(" .，,") for part in _PARTS.split(text) if part.strip(" .，,")]
