"""Question sheets as teachers have them."""

import pytest

from activities.imports.questions import MOST, as_text, read_questions

WORDS = """
一、选择题
1. 《西游记》的作者是（B）。
A. 罗贯中  B. 吴承恩
C. 施耐庵  D. 曹雪芹
2、下列属于四大名著的有（　　）
A．《水浒传》
B．《聊斋志异》
C．《红楼梦》
答案：AC
解析：《聊斋志异》是文言短篇小说集。
3. 孙悟空的师父是唐僧。（√）
4. 武松打死了老虎是在景阳冈 答案
答案：对
"""


def drafts(text):
    return [row.draft for row in read_questions(text)]


def test_words_are_read_with_numbers_letters_and_answers():
    first, second, third, fourth = drafts(WORDS.replace("一、选择题\n", ""))

    assert (first.text, first.right, first.kind) == ("《西游记》的作者是（　）。", (1,), "single")
    assert first.options == ("罗贯中", "吴承恩", "施耐庵", "曹雪芹")
    assert (second.right, second.kind) == ((0, 2), "several")
    assert second.explanation == "《聊斋志异》是文言短篇小说集。"
    assert (third.text, third.right, third.kind) == ("孙悟空的师父是唐僧。", (0,), "yes_no")
    assert fourth.right == (0,)


def test_heading_above_the_questions_is_shown_as_no_question():
    rows = read_questions(WORDS)

    assert [problem.code for problem in rows[0].problems] == ["question_answer"]
    assert [row.problems for row in rows[1:]] == [()] * 4


def test_rows_with_headings_may_stand_in_any_order():
    text = "答案\t题目\t选项A\t选项B\t解析\nB\t谁写了《呐喊》？\t巴金\t鲁迅\t1923 年\n错\t鲁迅姓鲁。\t\t\t\n"

    choice, judged = drafts(text)

    assert (choice.text, choice.options, choice.right) == ("谁写了《呐喊》？", ("巴金", "鲁迅"), (1,))
    assert choice.explanation == "1923 年"
    assert (judged.kind, judged.right) == ("yes_no", (1,))


def test_rows_without_headings_end_with_the_answer():
    choice, judged = drafts("谁写了《呐喊》？\tA. 巴金\tB. 鲁迅\tB\n鲁迅姓鲁。\t×")

    assert (choice.options, choice.right) == (("巴金", "鲁迅"), (1,))
    assert (judged.kind, judged.right) == ("yes_no", (1,))


@pytest.mark.parametrize(
    ("answer", "right"), [("AC", (0, 2)), ("a、c", (0, 2)), ("Ａ", (0,)), ("丙", (2,)), ("E", (4,))]
)
def test_answer_is_read_as_letters_or_as_the_words_of_an_option(answer, right):
    assert drafts(f"题\t甲\t乙\t丙\t{answer}")[0].right == right


def test_answer_that_is_no_option_is_a_problem():
    assert [problem.code for problem in read_questions("题\t甲\t乙\tE")[0].problems] == ["answer_unread"]
    assert [problem.code for problem in read_questions("题\t甲\t乙\t对")[0].problems] == ["question_answer"]


def test_name_with_a_letter_is_no_option():
    assert drafts("1. 《小熊维尼》是 A. 米尔恩 写的。（对）")[0].options == ()


def test_nothing_pasted_is_nothing_read():
    assert read_questions(" \n\n") == []


def test_long_sheet_is_read_to_its_limit():
    assert len(read_questions("\n".join(f"题{number}\t甲\t乙\tA" for number in range(MOST + 5)))) == MOST


def test_rows_of_a_sheet_become_text_that_can_be_edited():
    assert as_text([["题\n目", "甲"], ["x", ""]]) == "题 目\t甲\nx\t"
