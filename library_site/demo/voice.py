"""What the demo's readers say: books to buy."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from activities.models import Backer, Suggestion
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


def write_voice(today: date, *, by: int) -> None:
    """Suggestions of the last weeks; the last one stands on the shelf."""
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
