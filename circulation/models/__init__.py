"""Loans and the rules they are made under."""

from circulation.models.blocks import ReaderBlock, Suspension
from circulation.models.boxes import Box, BoxStay, OwnBook
from circulation.models.calendar import Closure, DayOverride, HolidayLending, OpeningHours, RecallDate
from circulation.models.charges import CashUp, Charge, ChargeEntry, Receipt
from circulation.models.day import DayClosing
from circulation.models.events import CirculationEvent
from circulation.models.loans import BorrowerKey, Loan
from circulation.models.modes import ModeKind
from circulation.models.policies import CirculationOptions, DamageDegree, DefaultPrice, LoanPolicy
from circulation.models.reminders import Reminder
from circulation.models.reservations import ClassSet, Reservation
from circulation.models.retention import RetentionRun
from circulation.models.visits import LibraryPeriod, Visit

__all__ = [
    "BorrowerKey",
    "Box",
    "BoxStay",
    "CashUp",
    "Charge",
    "ChargeEntry",
    "CirculationEvent",
    "CirculationOptions",
    "ClassSet",
    "Closure",
    "DamageDegree",
    "DayClosing",
    "DayOverride",
    "DefaultPrice",
    "HolidayLending",
    "LibraryPeriod",
    "Loan",
    "LoanPolicy",
    "ModeKind",
    "OpeningHours",
    "OwnBook",
    "ReaderBlock",
    "RecallDate",
    "Receipt",
    "Reminder",
    "Reservation",
    "RetentionRun",
    "Suspension",
    "Visit",
]
