"""A small open library: a school year, a policy per category, weekdays open."""

from datetime import datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from library_site.models import Role
from tests.factories.circulation import make_opening_hours, make_policy
from tests.factories.readers import make_class, make_school_year
from tests.factories.site import make_school, make_user

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOON = datetime(2026, 10, 12, 12, 20, tzinfo=SHANGHAI)  # a Monday


@pytest.fixture
def library(db):
    """The ground of a desk: `.librarian`, `.helper`, `.school_class` (三(1)班 in the year 2026), `.noon`."""
    make_school()
    make_school_year(2026)
    make_opening_hours()
    make_policy("student", max_loans=2, loan_days=14)
    make_policy("teacher", max_loans=10, loan_days=60)
    return SimpleNamespace(
        librarian=make_user(Role.LIBRARIAN),
        helper=make_user(Role.HELPER),
        school_class=make_class(2024, 1),
        noon=NOON,
    )
