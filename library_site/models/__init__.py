"""Accounts, the school's options and the marks that the whole site shares."""

from library_site.models.audit import ActContext
from library_site.models.exports import ListExport
from library_site.models.imports import ImportMapping, ImportRow, ImportRun
from library_site.models.numbers import NumberSeries
from library_site.models.school import School, SettingsToken
from library_site.models.users import Role, User

__all__ = [
    "ActContext",
    "ImportMapping",
    "ImportRow",
    "ImportRun",
    "ListExport",
    "NumberSeries",
    "Role",
    "School",
    "SettingsToken",
    "User",
]
