import pytest
from django.utils import timezone

from activities.jobs import settle_suggestions_daily
from activities.models import Suggestion
from tests.factories.catalog import make_copy, make_title
from tests.factories.voice import ISBN, make_suggestion

pytestmark = pytest.mark.django_db


def test_suggested_books_that_came_in_are_settled_by_the_worker_once_a_day():
    make_suggestion(isbn=ISBN)
    make_copy(title=make_title("红楼梦", isbn=ISBN))
    settle_suggestions_daily(int(timezone.now().timestamp()))
    assert Suggestion.objects.get().state == "on_shelf"
    periodic = settle_suggestions_daily.blueprint.periodic_registry.periodic_tasks
    assert ("activities.settle_suggestions", "") in periodic
