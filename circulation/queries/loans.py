"""Open loans with what the desk shows of their books and readers, in one statement."""

from collections.abc import Sequence
from typing import Any

from django.db import connection

from catalog.models import Copy, Title
from catalog.models.copies import UNTRACKED
from catalog.models.titles import LONG
from circulation.models import Loan
from library_site.shared.rows import Rows
from readers.models import Reader

LOAN = Rows(Loan, "loan")
COPY = Rows(Copy, "copy", leave_out=UNTRACKED)
TITLE = Rows(Title, "title", leave_out=(*LONG, "shelf_key"))
READER = Rows(Reader, "reader")
_OPEN_LOANS = f"""
    SELECT {LOAN.sql}, {COPY.sql}, {TITLE.sql}, {READER.sql}
      FROM circulation_loan AS loan
      JOIN catalog_copy AS copy ON copy.id = loan.copy_id
      JOIN catalog_title AS title ON title.id = copy.title_id
      LEFT JOIN readers_reader AS reader ON reader.id = loan.reader_id
     WHERE loan.returned_at IS NULL AND loan.voided_at IS NULL
       AND (loan.reader_id = ANY(%(readers)s) OR loan.copy_id = ANY(%(copies)s))
     ORDER BY loan.due_on, loan.id
"""  # noqa: S608 - our own columns


def open_loans(*, readers: Sequence[int] = (), copies: Sequence[int] = ()) -> list[Loan]:
    """What these readers have out, and in whose hands these copies are, the first due first. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_OPEN_LOANS, {"readers": list(readers), "copies": list(copies)})
        return [_read(row) for row in cursor.fetchall()]


def _read(row: Sequence[Any]) -> Loan:
    values = iter(row)
    loan = LOAN.read(values)
    copy = COPY.read(values)
    copy.title = TITLE.read(values)
    loan.copy = copy
    if loan.reader_id is not None:
        loan.reader = READER.read(values)
    return loan
