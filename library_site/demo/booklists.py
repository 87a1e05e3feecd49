"""What the demo school recommends: lists by grade, of the month, for a theme and for teachers; amounts of reading."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from activities.models import BookList, BookListItem, ReadingQuota
from catalog.models import Title

Books = tuple[tuple[str, str], ...]

LOWER: Books = (
    ("和大人一起读", "请爸爸妈妈陪着读，一天一篇。"),
    ("读读童谣和儿歌", "朗朗上口，读着读着就会背了。"),
    ("小鲤鱼跳龙门", "勇敢一点，小鲤鱼也能越过龙门。"),
    ("孤独的小螃蟹", "好朋友离开以后，小螃蟹学会了等待和帮助别人。"),
    ("神笔马良", "一支神笔，只给善良的人画画。"),
    ("一园青菜成了精", "一场蔬菜大战，图画里藏着许多笑料。"),
    ("团圆", "爸爸回家过年了。读完想一想：你家的好运硬币在哪里？"),
)
MIDDLE: Books = (
    ("安徒生童话", "从《拇指姑娘》到《海的女儿》，每一篇都值得再读一遍。"),
    ("稻草人", "叶圣陶爷爷写的童话，中国最早的童话之一。"),
    ("中国古代寓言", "短短几句话，一个大道理。"),
    ("夏洛的网", "一只蜘蛛用一张网救了小猪，友谊可以这样美。"),
    ("窗边的小豆豆", "电车教室里的快乐童年，读完会更喜欢自己的学校。"),
    ("宝葫芦的秘密", "要什么有什么，为什么王葆却不快乐？"),
)
UPPER: Books = (
    ("西游记", "四大名著之一，从石猴出世读到取得真经。"),
    ("鲁滨逊漂流记", "一个人在荒岛上活了二十八年，靠的是什么？"),
    ("骑鹅旅行记", "骑在鹅背上飞越瑞典，看遍山川和动物。"),
    ("童年", "苦难中的温暖，外祖母的故事像一盏灯。"),
    ("小英雄雨来", "芦花村的雨来，机智勇敢的小英雄。"),
    ("爱的教育", "一本日记体小说，讲老师、同学和家人之间的爱。"),
)
MONTH: Books = (
    ("森林报", "按月份写成的森林新闻，十一月正好读“冬客临门月”。"),
    ("十万个为什么", "从身边的自来水和炉子问起，做一次室内旅行。"),
    ("细菌世界历险记", "听“菌儿”讲自己的故事，懂得为什么要洗手。"),
    ("爷爷的爷爷哪里来", "贾兰坡爷爷带我们寻找北京人。"),
    ("穿过地平线", "李四光爷爷写给少年的科学文章。"),
    ("地球的故事", "房龙笔下的地球，像一位老朋友。"),
    ("蜡烛的故事", "一支蜡烛里有多少科学？"),
)
TEACHERS: Books = (
    ("给教师的建议", "苏霍姆林斯基的一百条建议，常读常新。"),
    ("儿童哲学智慧书", "班会课和道德与法治课可以选用的问题。"),
)
OFFICIAL: Books = (
    ("五星红旗", ""),
    ("读图识中国", ""),
    ("中华先锋人物故事汇", ""),
    ("萝卜回来了", ""),
    ("没头脑和不高兴", ""),
    ("儿歌300首", ""),
)
LACKING = (
    ("中国历史故事地图", "洋洋兔编绘", "电子工业出版社"),
    ("给孩子的星空课", "高爽", "湖南科学技术出版社"),
    ("草木有本心", "深蓝", "安徽少年儿童出版社"),
)
# Category, stage, grades from and to, books, notes.
AMOUNTS = (
    ("student", "primary", 1, 2, 4, 2),
    ("student", "primary", 3, 6, 6, 8),
    ("teacher", "", None, None, 2, 2),
)
INTRODUCTION = "从馆藏里选出来的好书，先读带“必读”的，再挑自己喜欢的。"


def write_booklists(today: date, *, year: int, by: int) -> None:
    """The lists of a school year (`year` is the one in which it began), and what pupils and teachers are to read."""
    begun = date(year, 9, 5)
    grades = ((1, 2, LOWER, "一、二年级"), (3, 4, MIDDLE, "三、四年级"), (5, 6, UPPER, "五、六年级"))
    for number, (first, last, books, name) in enumerate(grades):
        _list(
            f"{name}推荐书目", books, on=begun + timedelta(days=number), by=by, occasion="grade",
            stage="primary", from_position=first, to_position=last, introduction=INTRODUCTION, required=3,
        )  # fmt: skip
    month = today.replace(day=1)
    _list(
        f"{month.year}年{month.month}月好书推荐：走进科学", MONTH, on=month, by=by, occasion="month", theme="走进科学",
        introduction="这个月我们一起问“为什么”。",
    )  # fmt: skip
    _list("教师本月共读", TEACHERS, on=month, by=by, occasion="month", category="teacher")
    official = _list("教育部中小学生阅读指导目录（节选）", OFFICIAL, on=begun, by=by, occasion="official")
    BookListItem.objects.bulk_create(
        BookListItem(book_list=official, position=100 + place, name=name, author=author, publisher=publisher)
        for place, (name, author, publisher) in enumerate(LACKING)
    )
    draft = BookList.objects.create(name="寒假推荐书目", occasion="theme", theme="寒假", by_id=by)
    _put(draft, UPPER[:3], required=0)
    ReadingQuota.objects.bulk_create(
        ReadingQuota(
            category=category, stage=stage, from_position=first, to_position=last, books=books, notes=notes,
            from_year=year,
        )
        for category, stage, first, last, books, notes in AMOUNTS
    )  # fmt: skip


def _list(name: str, books: Books, *, on: date, by: int, required: int = 0, **fields: object) -> BookList:
    at = timezone.make_aware(datetime.combine(on, time(8, 30)))
    made = BookList.objects.create(
        name=name, by_id=by, reviewed_by_id=by, reviewed_at=at, published_at=at, **fields
    )  # fmt: skip
    _put(made, books, required=required)
    return made


def _put(book_list: BookList, books: Books, *, required: int) -> None:
    names = [name for name, _reason in books]
    titles = {row.name: row for row in Title.objects.filter(name__in=names).order_by("-pk")}
    BookListItem.objects.bulk_create(
        BookListItem(
            book_list=book_list, position=place, title=titles.get(name), name=name, reason=reason,
            author=titles[name].author if name in titles else "", isbn=titles[name].isbn if name in titles else "",
            publisher=titles[name].publisher if name in titles else "", is_required=place <= required,
        )
        for place, (name, reason) in enumerate(books, start=1)
    )  # fmt: skip
