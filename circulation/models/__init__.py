"""Loans and the rules they are made under."""

from circulation.models.calendar import Closure, OpeningHours
from circulation.models.events import CirculationEvent
from circulation.models.loans import BorrowerKey, Loan
from circulation.models.policies import LoanPolicy
from circulation.models.retention import RetentionRun

__all__ = ["BorrowerKey", "CirculationEvent", "Closure", "Loan", "LoanPolicy", "OpeningHours", "RetentionRun"]
