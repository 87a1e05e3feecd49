"""What a scanned code is: card, copy (by its barcode or an old one), student number or ISBN, in one statement."""

import unicodedata
from collections.abc import Sequence
from typing import Any

from django.db import connection

from circulation.rules.scan import MOST_ISBN_COPIES, Found, FoundCard, FoundCopy
from library_site.shared.codes import isbn13, normalise_code

# The one loan that says where a copy is; beside a class's loan, the classmate who has it from the corner.
_LENT = """
  LEFT JOIN circulation_loan loan
    ON loan.copy_id = copy.id AND loan.returned_at IS NULL AND loan.voided_at IS NULL AND loan.kind <> 'corner'
  LEFT JOIN circulation_loan corner
    ON corner.copy_id = copy.id AND corner.returned_at IS NULL AND corner.voided_at IS NULL AND corner.kind = 'corner'
"""
_COPY = "copy.id, copy.state, loan.id, loan.reader_id, copy.barcode, loan.kind, loan.school_class_id, corner.reader_id"
_SQL = f"""
SELECT 'card', card.reader_id, card.status, NULL::bigint, NULL::bigint, '', '', NULL::bigint, NULL::bigint
  FROM readers_card card WHERE card.barcode = ANY(%(codes)s)
UNION ALL
SELECT 'copy', {_COPY}
  FROM catalog_copy copy {_LENT}
 WHERE copy.barcode = ANY(%(codes)s)
UNION ALL
SELECT 'old', {_COPY}
  FROM catalog_formerbarcode former
  JOIN catalog_copy copy ON copy.id = former.copy_id {_LENT}
 WHERE former.barcode = ANY(%(codes)s)
UNION ALL
SELECT 'number', reader.id, reader.status, NULL, NULL, '', '', NULL, NULL
  FROM readers_reader reader WHERE reader.number = ANY(%(codes)s) AND reader.number <> ''
UNION ALL
(SELECT 'isbn', {_COPY}
  FROM catalog_title title
  JOIN catalog_copy copy ON copy.title_id = title.id {_LENT}
 WHERE title.isbn = %(isbn)s AND title.isbn <> ''
 LIMIT %(limit)s)
"""  # noqa: S608 - our own columns


def identify(code: str) -> Found:
    """Looks the code up as it is and in capital half-width form. One statement."""
    isbn = isbn13(code) or ""
    parameters: dict[str, Any] = {"codes": _spellings(code), "isbn": isbn, "limit": MOST_ISBN_COPIES}
    with connection.cursor() as cursor:
        cursor.execute(_SQL, parameters)
        rows = cursor.fetchall()
    # The old label still leads to its copy; no other copy can bear that number.
    copies = [_copy(row) for row in rows if row[0] in {"copy", "old"}]
    cards = [FoundCard(reader_id=row[1], status=row[2]) for row in rows if row[0] == "card"]
    numbers = [row[1] for row in rows if row[0] == "number"]
    return Found(
        card=cards[0] if cards else None,
        copy=copies[0] if copies else None,
        reader_by_number=numbers[0] if numbers else None,
        is_isbn=bool(isbn),
        by_isbn=tuple(_copy(row) for row in rows if row[0] == "isbn"),
    )


def _spellings(code: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", code).strip()
    return list(dict.fromkeys([plain, normalise_code(code), plain.lower()]))


def _copy(row: Sequence[Any]) -> FoundCopy:
    return FoundCopy(
        row[1],
        barcode=row[5],
        state=row[2],
        loan_id=row[3],
        holder_id=row[4],
        by_old_label=row[0] == "old",
        kind=row[6] or "",
        class_id=row[7],
        classmate_id=row[8],
    )
