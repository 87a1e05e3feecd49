from datetime import UTC, datetime
from functools import partial

import pytest

from readers.models import Semester
from reports.models import Summary
from reports.operations.summaries import TextChanged, keep_section
from reports.rules.summary import mark_of
from tests.concurrency.test_desks import at_once
from tests.factories.readers import make_school_year
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 11, 20, 4, tzinfo=UTC)
EMPTY = mark_of("")


@pytest.fixture
def keep():
    """Keeps a section of the first semester, as one librarian."""
    make_school()
    make_school_year()
    return partial(keep_section, semester_id=Semester.objects.get(number=1).pk, by=make_user(), at=NOW)


def words() -> dict[str, str]:
    return Summary.objects.get().sections


def test_written_section_stands_beside_the_others(keep):
    keep(section="basics", text="馆舍三间。\r\n", seen=EMPTY)
    keep(section="problems", text="书架不足。", seen=EMPTY)

    assert words() == {"basics": "馆舍三间。", "problems": "书架不足。"}
    assert Summary.objects.get().edited_at == NOW


def test_emptied_section_has_no_words(keep):
    keep(section="basics", text="馆舍三间。", seen=EMPTY)
    keep(section="basics", text="", seen=mark_of("馆舍三间。"))

    assert words() == {"basics": ""}


def test_section_that_somebody_changed_meanwhile_is_refused_with_what_it_says(keep):
    keep(section="basics", text="馆舍三间。", seen=EMPTY)

    with pytest.raises(TextChanged) as refusal:
        keep(section="basics", text="馆舍四间。", seen=EMPTY)
    assert refusal.value.text == "馆舍三间。"
    assert words() == {"basics": "馆舍三间。"}


def test_same_words_again_change_nothing(keep):
    keep(section="basics", text="馆舍三间。", seen=EMPTY)
    keep(section="basics", text="馆舍三间。", seen=EMPTY, at=datetime(2026, 11, 21, tzinfo=UTC))

    assert Summary.objects.get().edited_at == NOW


def test_sections_written_at_once_are_all_kept(keep):
    texts = {"basics": "一", "rules": "二", "people": "三", "lending": "四"}

    at_once(*(partial(keep, section=key, text=text, seen=EMPTY) for key, text in texts.items()))

    assert words() == texts
