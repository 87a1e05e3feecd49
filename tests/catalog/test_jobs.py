import pytest
from django.utils import timezone

from catalog.jobs import spell_classes_now
from catalog.models import ClcClass

pytestmark = pytest.mark.django_db


def test_deeper_classes_are_spelt_by_the_worker():
    ClcClass.objects.create(code="I287.45", name="长篇小说", level=6)
    spell_classes_now(int(timezone.now().timestamp()))
    assert ClcClass.objects.get().initials == "cpxs"
    assert ("catalog.spell_classes", "") in spell_classes_now.blueprint.periodic_registry.periodic_tasks
