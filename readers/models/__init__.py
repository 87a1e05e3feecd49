"""School years, classes and the people who borrow."""

from readers.models.calendar import SchoolYear, Semester
from readers.models.classes import ClassMembership, ClassTeacher, Grade, SchoolClass
from readers.models.people import Card, Reader
from readers.models.turns import Turn, TurnReader

__all__ = [
    "Card",
    "ClassMembership",
    "ClassTeacher",
    "Grade",
    "Reader",
    "SchoolClass",
    "SchoolYear",
    "Semester",
    "Turn",
    "TurnReader",
]
