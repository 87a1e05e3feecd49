"""A list as a file for Excel, or as CSV for other programs: one way for every list page."""

from contextlib import ExitStack
from io import BytesIO
from tempfile import SpooledTemporaryFile
from typing import IO, Any, cast

from django.http import FileResponse
from django.utils import timezone

from library_site.http import SchoolRequest
from library_site.operations.exports import record_export
from library_site.shared.spreadsheets import Table, write_csv, write_workbook

CSV = "csv"
TYPES = {
    CSV: "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
IN_MEMORY = 4 * 1024 * 1024


def download(request: SchoolRequest, table: Table[Any]) -> FileResponse:
    """The table as an .xlsx file, or as CSV with `?as=csv`; an export of people's data is recorded first.

    Written before the first byte is sent: what fails halfway is an error, not half a file. What is larger than 4 MB
    waits on the disk meanwhile.
    """
    ending = CSV if request.GET.get("as") == CSV else "xlsx"
    name = f"{table.name} {timezone.localdate():%Y-%m-%d}.{ending}"
    with ExitStack() as stack:
        target = cast(IO[bytes], stack.enter_context(SpooledTemporaryFile(max_size=IN_MEMORY)))
        rows = (write_csv if ending == CSV else write_workbook)(target, table)
        if table.act:
            address = str(request.META.get("REMOTE_ADDR") or "")
            record_export(what=table.act, rows=rows, by=request.user, at=timezone.now(), address=address)
        small = target.tell() <= IN_MEMORY
        target.seek(0)
        if small:
            target = BytesIO(target.read())
        else:
            stack.pop_all()  # from here on the response closes it
    return FileResponse(target, as_attachment=True, filename=name, content_type=TYPES[ending])
