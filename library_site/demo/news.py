"""News of the demo school, and the words at the head of the library's page."""

from collections.abc import Sequence
from datetime import date, datetime, time

from django.utils import timezone

from activities.models import ActivityOptions, NewsItem

WELCOME = "书页翻动的声音，是校园里最好听的声音。课间、午休、放学后，图书馆的门都为你开着。"
# (open days ago, headline, text, stays on top)
NEWS = (
    (2, "午间开放时间延长", "本周起图书馆中午开放到一点半，欢迎同学们吃完午饭来看书。请把水杯放在门口的架子上。", True),
    (5, "新到一批科普图书", "天文、海洋、机器人、小实验，已上架到二楼科普区。每人可先借两册，看完再换。", False),
    (9, "小图书管理员换届", "经班级推荐和培训，新一届小图书管理员上岗了。课间请听他们的指挥，排队借还。", False),
    (14, "请爱护图书", "近期有几册绘本缺页。发现破损请交到服务台，我们一起修补，不必害怕。", False),
)


def write_news(past: Sequence[date], *, by: int) -> None:
    """What stood on the page in the last open days."""
    ActivityOptions.objects.update_or_create(pk=1, defaults={"welcome": WELCOME})
    NewsItem.objects.bulk_create(
        NewsItem(
            name=name,
            text=text,
            is_pinned=pinned,
            by_id=by,
            published_at=timezone.make_aware(datetime.combine(past[max(-ago, -len(past))], time(8, 30))),
        )
        for ago, name, text, pinned in NEWS
    )
