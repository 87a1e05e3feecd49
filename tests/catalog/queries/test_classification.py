"""The classification as processes keep it."""

import pytest

from catalog.models import ClcClass
from catalog.queries.classification import clc_codes
from catalog.rules.classification import longest_prefix

pytestmark = pytest.mark.django_db


def test_clc_codes_are_kept_until_a_class_is_added(django_assert_num_queries):
    ClcClass.objects.create(code="I", name="文学", level=1)
    assert longest_prefix("I287.45", clc_codes()) == "I"

    with django_assert_num_queries(1):
        clc_codes()

    ClcClass.objects.create(code="I28", name="儿童文学", parent_id="I", level=2)
    assert longest_prefix("I287.45", clc_codes()) == "I28"
