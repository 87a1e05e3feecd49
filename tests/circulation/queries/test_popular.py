from datetime import timedelta

import pytest
from django.utils import timezone

from circulation.queries.popular import most_borrowed
from tests.factories.catalog import make_copy, make_title
from tests.factories.circulation import make_loan

pytestmark = pytest.mark.django_db


def test_most_borrowed_counts_loans_that_were_made_since_then():
    now = timezone.now()
    often, once, before, undone = (make_title(name) for name in ["常借", "借过", "从前", "撤销"])
    for title, days, fields in [
        (often, 3, {"returned_at": now}),
        (often, 2, {"returned_at": now}),
        (once, 1, {}),
        (before, 40, {}),
        (undone, 1, {"voided_at": now}),
    ]:
        make_loan(copy=make_copy(title=title), lent_at=now - timedelta(days=days), **fields)
    assert most_borrowed(since=now - timedelta(days=30), number=5) == [often.pk, once.pk]
    assert most_borrowed(since=now - timedelta(days=30), number=1) == [often.pk]
