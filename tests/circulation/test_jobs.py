import pytest
from django.utils import timezone

from catalog.models import Title
from circulation.jobs import count_popularity_now
from tests.factories.circulation import make_loan

pytestmark = pytest.mark.django_db


def test_popularity_is_counted_by_the_worker_twice_a_day():
    loan = make_loan()
    count_popularity_now(int(timezone.now().timestamp()))
    assert Title.objects.get(pk=loan.copy.title_id).popularity == 1
    periodic = count_popularity_now.blueprint.periodic_registry.periodic_tasks
    assert ("circulation.count_popularity", "") in periodic
