"""The parts of an inspection folder (迎检台账), in the order in which it is read."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class FolderPart(NamedTuple):
    key: str
    title: str | Promise


PARTS = (
    FolderPart("group", _("Leading group")),
    FolderPart("rules", _("Rules and their study")),
    FolderPart("plans", _("Work plans")),
    FolderPart("summaries", _("Semester summaries")),
    FolderPart("figures", _("Figures of the semesters")),
    FolderPart("classes", _("Lending by class, late and lost books, missed periods")),
    FolderPart("months", _("Work log by month")),
    FolderPart("visits", _("Visits to the reading rooms")),
    FolderPart("holdings", _("Collection by class")),
    FolderPart("standards", _("Standards, and how they are met")),
    FolderPart("accessions", _("Accession register in totals")),
    FolderPart("activities", _("Reading activities")),
    FolderPart("honours", _("Prizes and honours")),
    FolderPart("booklists", _("Booklists")),
    FolderPart("helpers", _("Student helpers and class keepers")),
    FolderPart("meetings", _("Records of meetings")),
    FolderPart("development", _("Training, visits, papers, prizes")),
    FolderPart("care", _("Register of room care")),
)
KEYS = tuple(part.key for part in PARTS)
