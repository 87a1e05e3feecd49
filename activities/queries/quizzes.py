"""Papers and their answers: lists, a class on one page, figures by class and by question."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import connection
from django.db.models import Avg, Count, Q, QuerySet, Sum

from activities.models import Activity, Attempt, Quiz, QuizQuestion
from activities.queries.activities import SHOWN
from activities.queries.audience import classes_invited
from activities.queries.papers import paper_of
from activities.queries.persons import Person
from activities.queries.pupils import class_pupils
from activities.rules.audience import in_audience
from activities.rules.quizzes import Line, deadline, is_open, keyed_again, total
from library_site.shared.reference import Reference
from readers.models import Reader
from readers.queries.classes import NamedClass
from readers.queries.enrolment import enrolled_on

_RIGHT_OF = """
    SELECT line.question_id,
           count(attempt.id) FILTER (WHERE attempt.answers -> line.question_id::text = question.right),
           count(attempt.id) FILTER (WHERE attempt.answers ? line.question_id::text)
      FROM activities_quizquestion AS line
      JOIN activities_question AS question ON question.id = line.question_id
      LEFT JOIN activities_attempt AS attempt ON attempt.quiz_id = line.quiz_id AND attempt.handed_in_at IS NOT NULL
     WHERE line.quiz_id = %s
     GROUP BY line.question_id
"""


def quizzes() -> QuerySet[Quiz]:
    """All papers with their activity, the newest first."""
    rows = Quiz.objects.select_related("activity__kind", "activity__responsible", "activity__parent__responsible")
    return rows.order_by("-activity__starts_on", "-pk")


@dataclass(frozen=True)
class QuizRow:
    """A paper in a list: how many questions, what they are worth, who answered."""

    quiz: Quiz
    questions: int
    points: int
    answered: int


def quiz_rows(papers: Sequence[Quiz]) -> list[QuizRow]:
    """The papers of a page with their counts. Two statements."""
    keys = [quiz.pk for quiz in papers]
    lines = QuizQuestion.objects.filter(quiz__in=keys).values_list("quiz")
    sizes = {pk: (number, points) for pk, number, points in lines.annotate(Count("pk"), Sum("points")).order_by()}
    done = Attempt.objects.filter(quiz__in=keys, handed_in_at__isnull=False).values_list("quiz")
    answered = dict(done.annotate(Count("pk")).order_by())
    return [QuizRow(quiz, *sizes.get(quiz.pk, (0, 0)), answered.get(quiz.pk, 0)) for quiz in papers]


# --- one's own ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class OwnQuiz:
    """A paper as its reader sees it: to be begun, being answered until a moment, or handed in."""

    quiz: Quiz
    attempt: Attempt | None
    points: int
    is_open: bool

    @property
    def is_done(self) -> bool:
        return self.attempt is not None and self.attempt.handed_in_at is not None


def own_quizzes(person: Person, at: datetime, day: date) -> list[OwnQuiz]:
    """Papers that are open to this person or coming, and those answered; the newest first. Five statements."""
    mine = {row.quiz_id: row for row in Attempt.objects.filter(reader=person.reader)}
    shown = Q(activity__state__in=SHOWN, activity__published_at__lte=at, opens_at__isnull=False)
    coming = Q(closes_at=None, activity__ends_on__gte=day) | Q(closes_at__gt=at)
    rows = quizzes().filter(Q(pk__in=mine) | (shown & coming)).prefetch_related("activity__audiences")
    papers = [quiz for quiz in rows if quiz.pk in mine or is_meant(quiz.activity, person)]
    return [
        OwnQuiz(row.quiz, mine.get(row.quiz.pk), row.points, opens(row.quiz, at) and row.questions > 0)
        for row in quiz_rows(papers)
    ]


def is_meant(activity: Activity, person: Person) -> bool:
    """Whether the activity is for this person."""
    audiences = activity.audiences.all()
    return in_audience(audiences, category=person.reader.category, school_class=person.school_class)


def opens(quiz: Quiz, at: datetime) -> bool:
    """Whether the paper may be begun in the browser."""
    return is_open(quiz.opens_at, quiz.closes_at, at)


def until(attempt: Attempt, quiz: Quiz) -> datetime:
    """When the answers must be in."""
    return deadline(attempt.started_at, minutes=quiz.minutes, closes_at=quiz.closes_at)


# --- a class --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class PupilLine:
    """A pupil of a class with the answers; `position` is the number to type."""

    position: int
    reader: Reader
    attempt: Attempt | None
    letters: Sequence[str]

    @property
    def is_done(self) -> bool:
        return self.attempt is not None and self.attempt.handed_in_at is not None


@dataclass(frozen=True)
class ClassSheet:
    """A class before a paper."""

    lines: Sequence[PupilLine]
    paper: Sequence[Line]

    @property
    def done(self) -> list[PupilLine]:
        return [line for line in self.lines if line.is_done]

    @property
    def points(self) -> int:
        return total(self.paper)

    @property
    def mean(self) -> Decimal | None:
        """The mean of the points of those who answered."""
        marks = [line.attempt.points or 0 for line in self.done if line.attempt]
        return Decimal(sum(marks)) / len(marks) if marks else None


def class_sheet(quiz_id: int, class_id: int, day: date) -> ClassSheet:
    """The pupils of a class on the day with what each answered, in the order of the class's list. Three statements."""
    paper, pupils = paper_of(quiz_id), class_pupils(class_id, day)
    attempts = {row.reader_id: row for row in Attempt.objects.filter(quiz=quiz_id, reader__in=pupils)}
    lines = [_line(number, pupil, attempts.get(pupil.pk), paper) for number, pupil in enumerate(pupils, start=1)]
    return ClassSheet(lines, paper)


def _line(position: int, pupil: Reader, attempt: Attempt | None, paper: Sequence[Line]) -> PupilLine:
    return PupilLine(position, pupil, attempt, keyed_again(paper, attempt.answers) if attempt else ())


@dataclass(frozen=True)
class ClassResult:
    """A class as a whole: pupils enrolled now, how many answered, and their mean; never whose points."""

    school_class: NamedClass
    enrolled: int
    answered: int
    mean: Decimal | None


def class_results(
    quiz: Quiz, reference: Reference, day: date, *, within: Collection[int] | None = None
) -> list[ClassResult]:
    """The classes that the quiz is for, and any that answered, in the order of the school. Three statements.

    `within` narrows them to some classes.
    """
    counted = Attempt.objects.filter(quiz=quiz, handed_in_at__isnull=False).values_list("school_class")
    marks = {pk: (number, mean) for pk, number, mean in counted.annotate(Count("pk"), Avg("points")).order_by()}
    enrolled = dict(enrolled_on(day).values_list("school_class").annotate(Count("reader", distinct=True)).order_by())
    invited = classes_invited(quiz.activity.audiences.all(), reference, day)
    shown = [row for row in invited if within is None or row.pk in within]
    return [_class_result(row, enrolled.get(row.pk, 0), marks.get(row.pk)) for row in shown]


def _class_result(school_class: NamedClass, enrolled: int, marks: tuple[int, float] | None) -> ClassResult:
    answered, mean = marks or (0, None)
    return ClassResult(school_class, enrolled, answered, Decimal(mean) if mean is not None else None)


@dataclass(frozen=True)
class QuestionResult:
    """How a question was answered: by how many rightly, and by how many at all."""

    line: Line
    right: int
    answered: int
    of: int

    @property
    def share(self) -> int | None:
        """Percent of the papers on which it is right."""
        return round(100 * self.right / self.of) if self.of else None


def question_results(quiz_id: int) -> list[QuestionResult]:
    """How each question was answered, in the order of the paper. Three statements."""
    of = Attempt.objects.filter(quiz=quiz_id, handed_in_at__isnull=False).count()
    with connection.cursor() as cursor:
        cursor.execute(_RIGHT_OF, [quiz_id])
        found = {pk: (right, answered) for pk, right, answered in cursor.fetchall()}
    return [QuestionResult(line, *found[line.question_id], of) for line in paper_of(quiz_id)]
