"""Policies and opening hours."""

from datetime import date, time

from circulation.models import LoanPolicy, OpeningHours


def make_policy(category: str = "student", **fields: object) -> LoanPolicy:
    values: dict[str, object] = {
        "material": "",
        "effective_from": date(2000, 1, 1),
        "max_loans": 2,
        "loan_days": 14,
        "max_renewals": 1,
        **fields,
    }
    return LoanPolicy.objects.create(category=category, **values)


def make_opening_hours(weekdays: range = range(5)) -> list[OpeningHours]:
    """Open on these weekdays (Monday to Friday) from 8:00 to 17:00."""
    return [OpeningHours.objects.create(weekday=day, opens=time(8), closes=time(17)) for day in weekdays]
