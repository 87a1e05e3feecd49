"""What the library's own page shows beside news and hours: activities, results, the booklist of the month."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from activities.models import Activity, BookList, BookListItem
from activities.queries.activities import current_activities, shown_activities
from activities.queries.booklists import published_lists
from readers.models import Reader

ACTIVITIES, RESULTS = 4, 3
RESULTS_LAST = timedelta(days=60)
TITLES_OF_A_LIST = 12


@dataclass(frozen=True)
class ListInWindow:
    """A booklist with the keys of its titles that the library knows, in the order of the list."""

    book_list: BookList
    titles: Sequence[int]


def activities_in_window(day: date) -> list[Activity]:
    """What is on or to come, the next first; parts of a festival stand on its page. Two statements."""
    return list(current_activities(day).filter(parent=None)[:ACTIVITIES])


def results_in_window(day: date) -> list[Activity]:
    """Activities whose results were published in the last weeks, the newest first. At most two statements."""
    rows = shown_activities(day).filter(results_at__date__gt=day - RESULTS_LAST, results_at__date__lte=day)
    return list(rows.order_by("-results_at", "-pk")[:RESULTS])


def list_in_window(day: date) -> ListInWindow | None:
    """The newest published list for pupils, one of the month or week before others. At most two statements."""
    lists = published_lists(Reader.Category.STUDENT, None, day)
    timely = (BookList.Occasion.MONTH, BookList.Occasion.WEEK)
    newest = list(lists[:TITLES_OF_A_LIST])
    chosen = next((row for row in newest if row.occasion in timely), newest[0] if newest else None)
    if chosen is None:
        return None
    items = BookListItem.objects.filter(book_list=chosen, title__isnull=False).order_by("position", "pk")
    keys = items.values_list("title_id", flat=True)[:TITLES_OF_A_LIST]
    return ListInWindow(chosen, [key for key in keys if key is not None])
