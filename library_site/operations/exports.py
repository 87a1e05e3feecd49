"""Recording that a list of people was exported."""

from datetime import datetime

from library_site.models import ListExport, User


def record_export(*, what: str, rows: int, by: User, at: datetime, address: str = "") -> ListExport:
    """Writes one row for the audit log; `what` is the export's name among the acts."""
    return ListExport.objects.create(what=what, rows=rows, by=by, at=at, address=address)
