"""Questions, papers, answers."""

import itertools
from datetime import datetime
from zoneinfo import ZoneInfo

from activities.models import Activity, Question, Quiz, QuizQuestion
from tests.factories.activities import make_activity

_numbers = itertools.count(1)
SHANGHAI = ZoneInfo("Asia/Shanghai")
OPENS = datetime(2026, 10, 12, 8, 0, tzinfo=SHANGHAI)
CLOSES = datetime(2026, 10, 16, 17, 0, tzinfo=SHANGHAI)


def make_question(
    text: str = "", *, kind: str = "single", right: list[int] | None = None, **fields: object
) -> Question:
    """A question with four options whose second is right, unless told otherwise."""
    options = [] if kind == "yes_no" else ["甲", "乙", "丙", "丁"]
    values = {"options": options, "right": [1] if right is None else right, **fields}
    return Question.objects.create(text=text or f"第{next(_numbers)}问？", kind=kind, **values)


def make_quiz(*questions: Question, activity: Activity | None = None, points: int = 1, **fields: object) -> Quiz:
    """A paper that is open in the browser for a week of October 2026."""
    values = {
        "name": "读书知识竞赛",
        "minutes": 20,
        "opens_at": OPENS,
        "closes_at": CLOSES,
        "shuffles": False,
        **fields,
    }
    quiz = Quiz.objects.create(activity=activity or make_activity(shape="quiz"), **values)
    QuizQuestion.objects.bulk_create(
        QuizQuestion(quiz=quiz, question=question, position=position, points=points)
        for position, question in enumerate(questions, start=1)
    )
    return quiz
