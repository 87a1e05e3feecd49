"""The demo's reading notes of all classes, the consents of parents, and what hangs on the walls."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from random import Random

from django.utils import timezone

from activities.models import Consent, ReadingNote, ReadingQuota
from catalog.models import Title
from readers.models import ClassMembership, Reader

SEED = 20260901
MARKS = ("优", "优", "优", "良", "良", "良", "中")
NOTES_ASKED = 8
State, Shown, Kind = ReadingNote.State, ReadingNote.Shown, ReadingNote.Kind
# (heading, text): the demo's books have no plot that these could give away.
WRITTEN: Sequence[tuple[str, str]] = (
    (
        "一本让我放不下的书",
        "我一口气读完了这本书。最让我感动的是主人公遇到困难时没有哭着跑开，而是自己想办法。\n"
        "我以前做数学题，一不会就问妈妈。读了这本书，我决定先想十分钟，再去问别人。",
    ),
    (
        "朋友是什么",
        "书里的两个好朋友吵了架，谁也不肯先说对不起。后来下雨了，他们还是撑着同一把伞回家。\n"
        "我想，朋友就是吵架以后还愿意一起回家的人。",
    ),
    (
        "我学到了观察",
        "作者写一只蚂蚁写了整整两页，可是一点也不闷。原来只要仔细看，身边的小东西都很有意思。\n"
        "放学以后我也蹲下来看了一会儿蚂蚁，它们搬的是一粒饼干屑。",
    ),
    (
        "好词好句",
        "春天来了，小河像刚睡醒一样，伸了伸懒腰。\n夜很静，静得能听见雪花落在窗台上的声音。\n"
        "我喜欢这两句，因为它们把没有生命的东西写活了。",
    ),
    (
        "如果我是他",
        "读到他把最后一块面包分给弟弟的时候，我停下来想：如果是我，我会分吗？\n"
        "我希望我会。今天午餐，我把鸡翅分给了没有带饭的同桌。",
    ),
    (
        "读书使我爱上历史",
        "以前我觉得历史就是背年代。这本书像讲故事一样，把古人写得有血有肉。\n我最佩服的是他守信用，答应的事不论多远都要做到。",
    ),
)
COMMENTS = ("读得仔细，写得真诚。", "能联系自己的生活，很好！", "观察细致，句子生动。", "")


def write_notes(today: date, *, by: int) -> None:
    """Consents of most pupils; notes of each class week by week since the semester began, the last wait."""
    rng = Random(SEED)  # noqa: S311  # repeatable on purpose
    members = list(ClassMembership.objects.filter(until=None).order_by("school_class", "reader__number", "reader"))
    titles = list(Title.objects.order_by("pk").values_list("pk", flat=True)[:200])
    first = date(today.year - (today.month < 9), 9, 7)
    agreed = _consents(rng, members, first)
    rows = [row for member in members for row in _of_pupil(rng, member, titles, first, today, agreed, by)]
    ReadingNote.objects.bulk_create([*rows, *_of_teachers(rng, titles, first, today)])
    year = today.year - (today.month < 9)
    values = {"stage": "primary", "from_position": 3, "to_position": 6, "from_year": year}
    ReadingQuota.objects.get_or_create(category="student", **values, defaults={"notes": NOTES_ASKED})


def _consents(rng: Random, members: Sequence[ClassMembership], day: date) -> set[int]:
    agreed = {row.reader_id for row in members if rng.random() < 0.8}
    rows = [Consent(reader_id=pk, what=Consent.What.WORKS, given_on=day) for pk in sorted(agreed)]
    rows += [Consent(reader_id=pk, what=Consent.What.NAME, given_on=day) for pk in sorted(agreed) if pk % 2]
    Consent.objects.bulk_create(rows)
    return agreed


def _of_pupil(
    rng: Random, member: ClassMembership, titles: Sequence[int], first: date, today: date, agreed: set[int], by: int
) -> list[ReadingNote]:
    weeks = max((today - first).days // 7, 1)
    days = sorted(
        {first + timedelta(days=7 * rng.randrange(weeks) + rng.randrange(5)) for _n in range(rng.randrange(8))}
    )
    return [
        _note(rng, member, rng.choice(titles), day, today, member.reader_id in agreed, by)
        for day in days
        if day < today
    ]  # fmt: skip


def _note(
    rng: Random, member: ClassMembership, title: int, day: date, today: date, agreed: bool, by: int
) -> ReadingNote:
    typed = rng.random() < 0.2
    waits = typed and today - day < timedelta(days=10)
    heading, text = rng.choice(WRITTEN) if typed else ("", "")
    mark = "" if waits else rng.choice(MARKS)
    best = typed and mark == "优"
    at = timezone.make_aware(datetime.combine(day, time(16)))
    shown = _shown(rng, agreed) if best else Shown.PRIVATE
    return ReadingNote(
        kind=rng.choice((Kind.NOTE, Kind.RESPONSE)) if typed else Kind.CARD,
        reader_id=member.reader_id,
        category=Reader.Category.STUDENT,
        school_class_id=member.school_class_id,
        title_id=title,
        heading=heading,
        text=text,
        written_on=day,
        source=ReadingNote.Source.TYPED if typed else ReadingNote.Source.PAPER,
        state=State.HANDED_IN if waits else State.MARKED,
        mark=mark,
        comment=rng.choice(COMMENTS) if typed and not waits else "",
        marked_by_id=None if waits else by,
        marked_at=None if waits else at + timedelta(days=1),
        is_best=best,
        shown=shown,
        shown_by_id=by if shown in (Shown.WALL, Shown.SCHOOL) else None,
        saved_at=at,
        by_id=by,
    )


def _shown(rng: Random, agreed: bool) -> str:
    return rng.choice((Shown.PROPOSED, Shown.WALL, Shown.WALL, Shown.SCHOOL)) if agreed else Shown.PROPOSED


def _of_teachers(rng: Random, titles: Sequence[int], first: date, today: date) -> list[ReadingNote]:
    teachers = Reader.objects.filter(category=Reader.Category.TEACHER, status=Reader.Status.ACTIVE).order_by("pk")
    rows = []
    for pk in teachers.values_list("pk", flat=True)[::3]:
        day = min(first + timedelta(days=rng.randrange(40)), today)
        heading, text = rng.choice(WRITTEN[3:])
        rows.append(
            ReadingNote(
                reader_id=pk, category=Reader.Category.TEACHER, title_id=rng.choice(titles), heading=heading, text=text,
                written_on=day, source=ReadingNote.Source.TYPED, state=State.HANDED_IN,
                saved_at=timezone.make_aware(datetime.combine(day, time(17))),
            )
        )  # fmt: skip
    return rows
