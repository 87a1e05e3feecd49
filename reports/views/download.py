"""A report as a workbook to keep."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from django.http import FileResponse
from django.utils import timezone

from library_site.http import SchoolRequest
from library_site.operations.exports import record_export
from library_site.shared.spreadsheets.report_book import ReportSheet, write_report_book
from library_site.views.downloads import TYPES


def send_book(request: SchoolRequest, name: str, sheets: Sequence[ReportSheet[Any]], *, act: str = "") -> FileResponse:
    """The book as `<name> <today>.xlsx`. `act` names an export of people's data, which is recorded first."""
    target = BytesIO()
    rows = write_report_book(target, sheets)
    if act:
        note_people(request, act, rows)
    target.seek(0)
    return FileResponse(
        target, as_attachment=True, filename=f"{file_name(name)} {timezone.localdate():%Y-%m-%d}.xlsx",
        content_type=TYPES["xlsx"],
    )  # fmt: skip


def note_people(request: SchoolRequest, act: str, rows: int) -> None:
    """Records that rows about people were looked at, printed or taken out; nothing for none."""
    if rows:
        address = str(request.META.get("REMOTE_ADDR") or "")
        record_export(what=act, rows=rows, by=request.user, at=timezone.now(), address=address)


def file_name(name: str) -> str:
    """The name without the signs that Windows refuses."""
    return "".join(sign for sign in name if sign not in '\\/:*?"<>|').strip() or "report"
