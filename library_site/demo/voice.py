"""What the demo's readers say: books to buy, messages to the library, surveys, requests for material."""

from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID

from django.utils import timezone

from activities.models import (
    Backer,
    MaterialItem,
    MaterialRequest,
    Message,
    Suggestion,
    Survey,
    SurveyAnswer,
)
from catalog.models import Title
from readers.models import Reader

# Title, author, publisher, why, state, answer, how many want it beside the first.
WISHES = [
    ("没头脑和不高兴（新版）", "任溶溶", "浙江少年儿童出版社", "动画片看过，想读原书。", "new", "", 3),
    ("昆虫记（彩图版）", "法布尔", "湖北科学技术出版社", "科学课讲到了蜜蜂。", "new", "", 0),
    ("米小圈上学记·四年级", "北猫", "四川少年儿童出版社", "", "new", "", 5),
    ("万物：创世大图鉴", "英国DK公司", "科学普及出版社", "图很大很清楚。", "seen", "价格较高，列入明年计划。", 4),
    ("林汉达中国历史故事集", "林汉达", "中国少年儿童出版社", "五年级写读后感要用。", "ordered", "已订，下月到馆。", 7),
    (
        "斗罗大陆",
        "唐家三少",
        "湖南少年儿童出版社",
        "同学都在看。",
        "declined",
        "篇幅过长，不适合小学生，推荐先读《西游记》少年版。",
        2,
    ),
]
# Text, state, reply.
MESSAGES = [
    ("中午开馆时间能不能长一点？吃完饭就没几分钟了。", "shown", "从下周起，周二、周四中午延长到 13:10。"),
    ("《神奇校车》总是借不到，能多买几套吗？", "shown", "已列入采购计划，下月再到三套。"),
    ("阅览室靠窗的灯有一盏不亮了。", "shown", "谢谢提醒，已请总务处更换。"),
    ("图书馆的老师很有耐心，谢谢您帮我找到那本书！", "shown", ""),
    ("我的借书证好像丢在操场了，怎么补办？", "private", "请带上学生证到服务台，当天可以补办。"),
    ("可以办一次漫画展吗？我们班很多人会画。", "waiting", ""),
    ("希望图书角的书每个月换一次。", "waiting", ""),
]
# Kind, question, options.
QUESTIONS = [
    ("single", "你多久来一次图书馆？", ["每天", "每周两三次", "每周一次", "很少来"]),
    ("several", "你喜欢读哪些书？", ["故事和小说", "科普", "漫画和绘本", "历史", "诗歌"]),
    ("scale", "图书馆的书好找。", []),
    ("scale", "借书还书很方便。", []),
    ("text", "你希望图书馆有什么变化？", []),
]
WORDS = ["多一点漫画", "中午开久一点", "椅子太少了", "想要安静的角落", "多办活动", "新书再多些"]
SHEETS = 86
# Subject, purpose, details, state, answer, how many books were found.
REQUESTS = [
    (
        "《草船借箭》公开课背景资料",
        "open_lesson",
        "五年级语文，想要三国故事和插图本。",
        "answered",
        "已找到几种，放在取书架上。",
        4,
    ),
    ("二十四节气", "lesson", "综合实践课用，适合三年级。", "new", "", 0),
    ("小学生阅读习惯研究", "paper", "写课题论文，需要近五年的理论书。", "closed", "馆藏较少，另附期刊篇目。", 2),
    ("昆虫观察日记比赛", "contest", "想看怎么写观察日记。", "new", "", 0),
]


def write_voice(today: date, *, by: int) -> None:
    """Suggestions and messages of the last weeks, a survey that is over and one that is open, requests for material."""
    _write_wishes(today, by=by)
    _write_messages(today, by=by)
    _write_surveys(today)
    _write_requests(today, by=by)


def _write_requests(today: date, *, by: int) -> None:
    """Teachers ask, and one pupil."""
    teachers = list(Reader.objects.filter(category="teacher", status="active", account=None).order_by("pk")[:3])
    own = Reader.objects.filter(account__roles__contains=["teacher"]).first()
    pupil = Reader.objects.filter(account__roles__contains=["student"]).first()
    people = [own or teachers[0], teachers[1], own or teachers[0], pupil or teachers[2]]
    titles = list(Title.objects.filter(copies__state="on_shelf").order_by("-popularity", "pk").distinct()[:6])
    at = timezone.make_aware(datetime.combine(today - timedelta(days=12), time(10, 15)))
    for number, (subject, purpose, details, state, answer, found) in enumerate(REQUESTS):
        reader, asked_at = people[number], at + timedelta(days=number * 2)
        row = MaterialRequest.objects.create(
            reader=reader, category=reader.category, subject=subject, purpose=purpose, details=details, state=state,
            needed_on=today + timedelta(days=4 + number), at=asked_at, answer=answer, by_id=by if answer else None,
            answered_at=asked_at + timedelta(days=1) if answer else None,
        )  # fmt: skip
        MaterialItem.objects.bulk_create(
            MaterialItem(request=row, position=position, title=title, words=title.name[:300])
            for position, title in enumerate(titles[:found], start=1)
        )


def _write_surveys(today: date) -> None:
    """The one that is over was answered half in the browser, half on paper."""
    old, ended = today - timedelta(days=40), today - timedelta(days=26)
    at = timezone.make_aware(datetime.combine(old, time(9)))
    survey = Survey.objects.create(
        name="图书馆满意度调查", introduction="请同学们说说对图书馆的看法，不用写姓名。", category="student",
        opens_on=old, closes_on=ended, published_at=at, closed_at=at + timedelta(days=15), shows_results=True,
    )  # fmt: skip
    keys = [
        survey.questions.create(position=position, kind=kind, text=text, options=options).pk
        for position, (kind, text, options) in enumerate(QUESTIONS, start=1)
    ]
    rng = Random(20261012)  # noqa: S311  # repeatable on purpose
    SurveyAnswer.objects.bulk_create(
        SurveyAnswer(
            key=UUID(int=rng.getrandbits(128), version=4), survey=survey, is_paper=number % 2 == 0,
            answers=_sheet(rng, keys),
        )
        for number in range(SHEETS)
    )  # fmt: skip
    now = timezone.make_aware(datetime.combine(today - timedelta(days=2), time(9)))
    open_one = Survey.objects.create(
        name="午间开馆时间调查", introduction="三个问题，一分钟就能答完。", category="student",
        opens_on=today - timedelta(days=2), closes_on=today + timedelta(days=12), published_at=now,
    )  # fmt: skip
    for position, (kind, text, options) in enumerate(
        [
            ("single", "你希望午间几点开馆？", ["12:00", "12:20", "12:40"]),
            ("several", "你午间来图书馆做什么？", ["借还书", "看书", "写作业"]),
            ("text", "还有什么想说的？", []),
        ],
        start=1,
    ):
        open_one.questions.create(position=position, kind=kind, text=text, options=options)


def _sheet(rng: Random, keys: list[int]) -> dict[str, object]:
    visits, kinds, found, easy, words = map(str, keys)
    sheet: dict[str, object] = {
        visits: rng.choices(range(4), (1, 4, 3, 2))[0],
        kinds: sorted(rng.sample(range(5), rng.randint(1, 3))),
        found: rng.choices(range(1, 6), (1, 2, 4, 6, 4))[0],
        easy: rng.choices(range(1, 6), (0, 1, 2, 6, 8))[0],
    }
    return {**sheet, words: rng.choice(WORDS)} if rng.random() < 0.2 else sheet


def _write_messages(today: date, *, by: int) -> None:
    pupils = Reader.objects.filter(category="student", status="active", memberships__until=None)
    people = list(pupils.order_by("-pinyin", "pk").values_list("pk", "memberships__school_class")[: len(MESSAGES)])
    at = timezone.make_aware(datetime.combine(today - timedelta(days=16), time(12, 40)))
    Message.objects.bulk_create(
        Message(
            reader_id=reader, category="student", school_class_id=school_class, text=text, state=state, reply=reply,
            at=at + timedelta(days=2 * number), by_id=None if state == "waiting" else by,
            replied_at=at + timedelta(days=2 * number + 1) if reply else None,
        )
        for number, ((text, state, reply), (reader, school_class)) in enumerate(zip(MESSAGES, people, strict=False))
    )  # fmt: skip


def _write_wishes(today: date, *, by: int) -> None:
    """The last one stands on the shelf."""
    pupils = list(Reader.objects.filter(category="student", status="active").order_by("pinyin", "pk")[:60])
    own = Reader.objects.filter(account__roles__contains=["student"]).first()
    people = [own or pupils[0], *pupils]
    at = timezone.make_aware(datetime.combine(today - timedelta(days=20), time(12, 30)))
    for number, (name, author, publisher, reason, state, answer, others) in enumerate(WISHES):
        row = Suggestion.objects.create(
            name=name, author=author, publisher=publisher, reason=reason, state=state, answer=answer,
            reader=people[number * 3 % len(people)], category="student", at=at + timedelta(days=number * 2),
            state_at=at + timedelta(days=number * 2 + 1), by_id=by if answer else None,
        )  # fmt: skip
        Backer.objects.bulk_create(
            Backer(suggestion=row, reader=person, at=at + timedelta(days=number * 2 + 1))
            for person in people[number + 20 : number + 20 + others]
        )
    title = Title.objects.exclude(isbn="").order_by("-created_at", "-pk").first()
    if title is not None:
        Suggestion.objects.create(
            isbn=title.isbn, name=title.name, author=title.author[:200], publisher=title.publisher[:100], title=title,
            reader=people[0], category="student", state="on_shelf", at=at, state_at=at + timedelta(days=12), by_id=by,
        )  # fmt: skip
