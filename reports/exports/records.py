"""The pupils' reading records as a workbook, a sheet per class."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from library_site.shared.spreadsheets.report_book import TEXT, WHOLE, Column, ReportSheet
from reports.queries.periods import ChosenPeriod
from reports.queries.pupil_records import ClassRecords, PupilRecord, Records


def record_sheets(records: Records, chosen: ChosenPeriod, *, school: str) -> list[ReportSheet[PupilRecord]]:
    """By school number, without places; titles and days only where they are known."""
    return [_sheet(one, records, f"{school}　{chosen.label}") for one in records.classes if one.pupils]


def _sheet(one: ClassRecords, records: Records, note: str) -> ReportSheet[PupilRecord]:
    columns: list[Column[PupilRecord]] = [
        Column(_("School number"), lambda row: row.number, TEXT, width=18),
        Column(_("Name"), lambda row: row.name, TEXT, width=14),
        Column(_("Books borrowed"), lambda row: row.loans, WHOLE),
    ]
    if records.counts_days:
        columns.append(Column(_("Days visited"), lambda row: row.days, WHOLE))
    if records.has_titles:
        columns.append(Column(pgettext("names of books", "Titles"), lambda row: titles_text(row), TEXT, width=80))
    return ReportSheet(
        name=one.name,
        title=_("Reading records of %(class)s") % {"class": one.name},
        notes=[note, days_words(records)],
        columns=columns,
        rows=one.pupils,
        landscape=records.has_titles,
    )


def titles_text(row: PupilRecord) -> str:
    """The titles one after another, as they stand in one cell."""
    return "".join(_("“%(title)s”") % {"title": title} for title in row.titles)


def days_words(records: Records) -> str:
    """The days that the counts are of."""
    return _("%(first)s to %(last)s") % {"first": records.period.starts_on, "last": records.period.until}
