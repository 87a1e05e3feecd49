"""School years, classes and the people who borrow."""

from readers.models.calendar import SchoolYear, Semester
from readers.models.classes import ClassMembership, Grade, SchoolClass
from readers.models.people import Card, Reader

__all__ = ["Card", "ClassMembership", "Grade", "Reader", "SchoolClass", "SchoolYear", "Semester"]
