"""Questions as people have them: a text with numbers and letters, or rows of a sheet; read into drafts.

Headings and the words for right and wrong are those of Chinese question sheets.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from activities.rules.questions import Draft, places_of, question_problems
from library_site.shared.problems import Problem

MOST = 500  # questions in one go
RIGHT = {"对", "√", "✓", "正确", "是", "T", "TRUE", "Y", "A"}
WRONG = {"错", "×", "✗", "X", "错误", "否", "F", "FALSE", "N", "B"}
_JUDGED = (RIGHT | WRONG) - {"A", "B", "F"}
_HEADINGS = {
    "text": ("题目", "题干", "问题", "试题"),
    "answer": ("答案", "正确答案", "标准答案"),
    "explanation": ("解析", "说明", "出处", "备注"),
}
_OPTION_HEADING = re.compile(r"(?:选项)?([A-F])(?:选项)?")
_NUMBERED = re.compile(r"^\s*(?:第?\s*\d{1,3}\s*(?:[.、．)）题:]|\s)|[(（]\s*\d{1,3}\s*[)）])\s*")
_OPTION = re.compile(r"(?:^|(?<=\s))[(（]?([A-F])[)）]?\s*[.、．:：)）]\s*")
_ANSWER_LINE = re.compile(r"^\s*(?:正确|参考)?答案\s*[:：]?\s*(.+)$")
_WHY_LINE = re.compile(r"^\s*(?:解析|说明|出处)\s*[:：]\s*(.+)$")
_IN_BRACKETS = re.compile(r"[(（]\s*([A-Fa-f]{1,6}|对|错|√|×|✓|✗|正确|错误)\s*[)）]")


@dataclass(frozen=True)
class ReadQuestion:
    """A question that was found; `line` is where it begins, `problems` why it cannot be taken."""

    line: int
    draft: Draft
    problems: tuple[Problem, ...]


def read_questions(text: str) -> list[ReadQuestion]:
    """The questions of a pasted text, at most `MOST`: rows with tabs are a sheet, anything else is read as words."""
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\u3000", " ").split("\n")
    found = _rows(lines) if any("\t" in line for line in lines) else _words(lines)
    return [ReadQuestion(line, draft, tuple(question_problems(draft))) for line, draft in found][:MOST]


def as_text(rows: Iterable[Sequence[str]]) -> str:
    """Rows of a sheet as they come when they are copied from it; signs that would begin a new cell become blanks."""
    return "\n".join("\t".join(re.sub(r"[\t\r\n]+", " ", cell).strip() for cell in row) for row in rows)


# --- rows of a sheet ------------------------------------------------------------------------------------------------


def _rows(lines: Sequence[str]) -> Iterator[tuple[int, Draft]]:
    cells = [(number, [cell.strip() for cell in line.split("\t")]) for number, line in enumerate(lines, start=1)]
    filled = [(number, row) for number, row in cells if any(row)]
    places = _headed(filled[0][1]) if filled else {}
    for number, row in filled[1:] if places else filled:
        yield number, _of_row(row, places or _usual(row))


def _headed(row: Sequence[str]) -> dict[str, int]:
    """Which column holds what; empty where the row is no row of headings."""
    places: dict[str, int] = {}
    for place, cell in enumerate(row):
        word = unicodedata.normalize("NFKC", cell).strip().upper()
        names = [name for name, words in _HEADINGS.items() if word in words]
        option = _OPTION_HEADING.fullmatch(word)
        if name := names[0] if names else option[1] if option else "":
            places.setdefault(name, place)
    return places if {"text", "answer"} <= set(places) else {}


def _usual(row: Sequence[str]) -> dict[str, int]:
    """Without headings: the question, its options, and the answer in the last cell."""
    last = max((place for place, cell in enumerate(row) if cell), default=0)
    options = dict(zip("ABCDEF", range(1, last), strict=False))
    return {"text": 0, "answer": last, **options} if last else {"text": 0}


def _of_row(row: Sequence[str], places: dict[str, int]) -> Draft:
    def cell(name: str) -> str:
        place = places.get(name, -1)
        return row[place] if 0 <= place < len(row) else ""

    options = [cell(letter) for letter in "ABCDEF"]
    while options and not options[-1]:
        options.pop()
    bare = [_OPTION.sub("", option, count=1) for option in options]
    if set(bare) <= RIGHT | WRONG and len(bare) == 2:
        bare = []
    return _answered(Draft(cell("text"), tuple(bare), explanation=cell("explanation")), cell("answer"))


# --- words ----------------------------------------------------------------------------------------------------------


def _words(lines: Sequence[str]) -> Iterator[tuple[int, Draft]]:
    for begin, block in _blocks(lines):
        yield begin, _of_block(block)


def _blocks(lines: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """Lines that belong together: each number begins a question, where nothing is numbered an empty line does."""
    numbered = any(_NUMBERED.match(line) for line in lines)
    block: list[str] = []
    begin = 1
    for number, line in enumerate(lines, start=1):
        starts = bool(_NUMBERED.match(line)) if numbered else not line.strip()
        if starts and block:
            yield begin, block
            block = []
        if line.strip():
            begin = begin if block else number
            block.append(line.strip())
    if block:
        yield begin, block


def _of_block(block: Sequence[str]) -> Draft:
    words, options, answer, why = [], list[str](), "", ""
    for line in block:
        if found := _ANSWER_LINE.match(line):
            answer, *tail = re.split(r"\s*(?:解析|说明|出处)\s*[:：]\s*", found[1], maxsplit=1)
            why = tail[0] if tail else why
        elif found := _WHY_LINE.match(line):
            why = found[1]
        elif parts := _options(line):
            before, *own = parts
            words += [before] if before and not options else []
            options += own
        elif options:
            options[-1] = f"{options[-1]} {line}"
        else:
            words.append(line)
    text = _NUMBERED.sub("", " ".join(words), count=1)
    if not answer and (inside := list(_IN_BRACKETS.finditer(text))):
        answer = inside[-1][1]
        text = f"{text[: inside[-1].start()]}（　）{text[inside[-1].end() :]}".removesuffix("（　）").strip()
    return _answered(Draft(text.strip(), tuple(options), explanation=why.strip()), answer)


def _options(line: str) -> list[str]:
    """What stands before the first option of a line, then the options; empty for a line without any.

    Letters count as options only in their order, so that a name such as "A.米尔恩" within a question is none.
    """
    marks = list(_OPTION.finditer(line))
    if not marks or (marks[0].start() > 0 and len(marks) == 1):
        return []
    ends = [*(found.start() for found in marks[1:]), len(line)]
    return [
        line[: marks[0].start()].strip(),
        *(line[found.end() : end].strip() for found, end in zip(marks, ends, strict=True)),
    ]


def _answered(draft: Draft, answer: str) -> Draft:
    sign = unicodedata.normalize("NFKC", answer).strip().strip("。.;；").upper()
    if not draft.options:
        right = (0,) if sign in RIGHT else (1,) if sign in WRONG else ()
        return replace(draft, right=right)
    if sign in _JUDGED:
        return draft
    return replace(draft, right=places_of(sign) if re.fullmatch(r"[A-F ,、，]+", sign) else _by_words(draft, answer))


def _by_words(draft: Draft, answer: str) -> tuple[int, ...]:
    """The option that the answer repeats in words."""
    return tuple(place for place, option in enumerate(draft.options) if option and option == answer.strip())
