"""School years, classes, the people who borrow, those who help, and the rules they work by."""

from readers.models.calendar import SchoolYear, Semester
from readers.models.classes import ClassMembership, ClassTeacher, Grade, SchoolClass
from readers.models.duty import Duty, DutyChange, DutyPeriod, DutyShift
from readers.models.helpers import Appointment, CommendationChoice, HelperOptions, TrainingItem, TrainingTick
from readers.models.leadership import DevelopmentRecord, LeadingGroupMember
from readers.models.looks import PersonLook
from readers.models.meetings import Attendance, Meeting
from readers.models.people import Card, Reader
from readers.models.regulations import Regulation, RegulationStudy, RegulationVersion
from readers.models.turns import Turn, TurnReader

__all__ = [
    "Appointment",
    "Attendance",
    "Card",
    "ClassMembership",
    "ClassTeacher",
    "CommendationChoice",
    "DevelopmentRecord",
    "Duty",
    "DutyChange",
    "DutyPeriod",
    "DutyShift",
    "Grade",
    "HelperOptions",
    "LeadingGroupMember",
    "Meeting",
    "PersonLook",
    "Reader",
    "Regulation",
    "RegulationStudy",
    "RegulationVersion",
    "SchoolClass",
    "SchoolYear",
    "Semester",
    "TrainingItem",
    "TrainingTick",
    "Turn",
    "TurnReader",
]
