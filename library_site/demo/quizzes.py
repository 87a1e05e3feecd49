"""The demo's knowledge quiz: a bank of questions, a paper open in the browser, answers of two classes."""

from datetime import date, datetime, time, timedelta
from random import Random

from django.utils import timezone

from activities.imports.questions import read_questions
from activities.models import Activity, ActivityKind, Attempt, Question, Quiz, QuizQuestion
from activities.queries.papers import paper_of
from activities.rules.quizzes import mark
from readers.models import ClassMembership, Reader, SchoolClass

SEED = 20261101
QUESTIONS = """
1. 《西游记》的作者是（B）。
A. 罗贯中 B. 吴承恩 C. 施耐庵 D. 曹雪芹
2. “桃园三结义”出自哪部名著？（A）
A. 《三国演义》 B. 《水浒传》 C. 《西游记》 D. 《红楼梦》
3. 下列属于中国四大名著的有（ACD）。
A. 《水浒传》 B. 《聊斋志异》 C. 《红楼梦》 D. 《三国演义》
4. 《安徒生童话》的作者是丹麦人。（√）
5. 《夏洛的网》里，夏洛是一只（C）。
A. 小猪 B. 老鼠 C. 蜘蛛 D. 山羊
6. 《昆虫记》的作者是（D）。
A. 凡尔纳 B. 达尔文 C. 布封 D. 法布尔
7. “但愿人长久，千里共婵娟”写的是（B）。
A. 元宵 B. 中秋 C. 重阳 D. 端午
8. 《窗边的小豆豆》中的学校叫巴学园。（√）
9. 《神笔马良》中，马良的神笔是自己做的。（×）
10. 下列人物中，出自《水浒传》的有（AB）。
A. 武松 B. 鲁智深 C. 诸葛亮 D. 猪八戒
11. 借来的图书弄丢了，应当（A）。
A. 及时告诉老师并照章赔偿 B. 不再去图书馆 C. 等老师来问 D. 借同学的还上
12. 图书书脊上的标签写的是（C）。
A. 价格 B. 页数 C. 索书号 D. 出版日期
"""
ON_PAPER = 10


def write_quiz(today: date, *, by: int) -> None:
    """A quiz of the reading festival that began five days ago; a class keyed in from paper, one in the browser."""
    kind, _new = ActivityKind.objects.get_or_create(
        name="读书知识竞赛", defaults={"shape": ActivityKind.Shape.QUIZ, "position": 50}
    )
    begins = today - timedelta(days=5)
    opens = timezone.make_aware(datetime.combine(begins, time(8)))
    activity = Activity.objects.create(
        kind=kind, name="“书香校园”读书知识竞赛", starts_on=begins, ends_on=begins + timedelta(days=14),
        state=Activity.State.PUBLISHED, published_at=opens - timedelta(days=2), place="各班教室、电子阅览室",
        rules="每人一份试卷，独立完成。纸质答卷由班主任录入，也可在电子阅览室在线答题。",
    )  # fmt: skip
    questions = Question.objects.bulk_create(
        Question(kind=row.draft.kind, text=row.draft.text, options=list(row.draft.options), right=list(row.draft.right))
        for row in read_questions(QUESTIONS.strip())
    )
    quiz = Quiz.objects.create(
        activity=activity, name="初赛试卷", minutes=20, opens_at=opens, closes_at=opens + timedelta(days=14)
    )
    QuizQuestion.objects.bulk_create(
        QuizQuestion(quiz=quiz, question=row, position=position, points=10)
        for position, row in enumerate(questions[:ON_PAPER], start=1)
    )
    _answers(quiz, opens + timedelta(hours=2), by)


def _answers(quiz: Quiz, at: datetime, by: int) -> None:
    rng, paper = Random(SEED), paper_of(quiz.pk)  # noqa: S311  # repeatable on purpose
    present = ClassMembership.objects.filter(until=None, reader__status=Reader.Status.ACTIVE).values("school_class")
    classes = SchoolClass.objects.filter(pk__in=present).order_by("entry_year", "number")[:2]
    attempts = []
    for school_class, source in zip(classes, Attempt.Source, strict=False):
        members = ClassMembership.objects.filter(school_class=school_class, until=None).order_by("reader__number")
        for pupil in members.values_list("reader_id", flat=True):
            answers = {
                str(line.question_id): list(line.right) if rng.random() < 0.75 else [rng.randrange(line.choices)]
                for line in paper
            }
            attempts.append(
                Attempt(
                    quiz=quiz, reader_id=pupil, school_class=school_class, source=source, started_at=at,
                    handed_in_at=at + timedelta(minutes=15), answers=answers, points=mark(paper, answers),
                    by_id=by if source == Attempt.Source.PAPER else None,
                )
            )  # fmt: skip
    Attempt.objects.bulk_create(attempts)
