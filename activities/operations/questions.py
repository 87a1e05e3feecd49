"""The bank of questions: entered one by one or pasted, corrected, no longer asked."""

from collections.abc import Sequence

from activities.models import Attempt, Question, QuizQuestion
from activities.rules.questions import Draft, question_problems
from library_site.audit import act
from library_site.models import User
from library_site.shared.problems import Refused


def save_question(
    *, question_id: int | None = None, draft: Draft, title_id: int | None, book_list_id: int | None, by: User,
    address: str | None = None,
) -> Question:  # fmt: skip
    """Enters a question, or corrects the one named. Refused where it cannot be asked.

    One that somebody has answered stays as it was asked and is no longer asked; its correction is a new question, which
    takes its place on papers that nobody has begun.
    """
    if problems := question_problems(draft):
        raise Refused(problems)
    with act("save_question", by=by, address=address):
        row = Question.objects.select_for_update().get(pk=question_id) if question_id else Question()
        asked = _papers_begun(row.pk) if row.pk else []
        old = row.pk if asked else None
        if old:
            Question.objects.filter(pk=old).update(is_retired=True)
            row = Question()
        _fill(row, draft)
        row.title_id, row.book_list_id = title_id, book_list_id
        row.save()
        if old:
            QuizQuestion.objects.filter(question=old).exclude(quiz__in=asked).update(question=row)
        return row


def retire_question(*, question_id: int, retired: bool, by: User, address: str | None = None) -> Question:
    """No longer offers a question for papers, or does so again; papers that have it keep it."""
    with act("retire_question", by=by, address=address):
        row = Question.objects.select_for_update().get(pk=question_id)
        row.is_retired = retired
        row.save(update_fields=["is_retired"])
        return row


def add_questions(
    *, drafts: Sequence[Draft], title_id: int | None, book_list_id: int | None, by: User, address: str | None = None
) -> int:
    """Takes questions into the bank and returns how many were new: one with the same words and options that is still
    asked is there already, so that the same sheet again adds nothing. Refused where one of them cannot be asked."""
    if problems := [problem for draft in drafts for problem in question_problems(draft)]:
        raise Refused(problems)
    with act("add_questions", by=by, address=address):
        rows = Question.objects.filter(is_retired=False, text__in=[draft.text for draft in drafts])
        known = {(row.text, tuple(row.options)) for row in rows}
        new = {(draft.text, draft.options): draft for draft in drafts if (draft.text, draft.options) not in known}
        for draft in new.values():
            row = Question(title_id=title_id, book_list_id=book_list_id)
            _fill(row, draft)
            row.save()
        return len(new)


def _papers_begun(question_id: int) -> list[int]:
    """Papers with this question that somebody has begun."""
    papers = Attempt.objects.filter(quiz__questions__question=question_id)
    return list(papers.values_list("quiz_id", flat=True).distinct())


def _fill(row: Question, draft: Draft) -> None:
    row.kind, row.text, row.explanation = draft.kind, draft.text, draft.explanation
    row.options, row.right = list(draft.options), list(draft.right)
