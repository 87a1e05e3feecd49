"""What a scanned code is: card, copy (by its barcode or an old one), student number or ISBN, in one statement."""

import unicodedata
from typing import Any

from django.db import connection

from circulation.rules.scan import MOST_ISBN_COPIES, Found, FoundCard, FoundCopy
from library_site.shared.codes import isbn13, normalise_code

_SQL = """
SELECT 'card', card.reader_id, card.status, NULL::bigint, NULL::bigint, ''
  FROM readers_card card WHERE card.barcode = ANY(%(codes)s)
UNION ALL
SELECT 'copy', copy.id, copy.state, loan.id, loan.reader_id, copy.barcode
  FROM catalog_copy copy
  LEFT JOIN circulation_loan loan
    ON loan.copy_id = copy.id AND loan.returned_at IS NULL AND loan.voided_at IS NULL
 WHERE copy.barcode = ANY(%(codes)s)
UNION ALL
SELECT 'old', copy.id, copy.state, loan.id, loan.reader_id, copy.barcode
  FROM catalog_formerbarcode former
  JOIN catalog_copy copy ON copy.id = former.copy_id
  LEFT JOIN circulation_loan loan
    ON loan.copy_id = copy.id AND loan.returned_at IS NULL AND loan.voided_at IS NULL
 WHERE former.barcode = ANY(%(codes)s)
UNION ALL
SELECT 'number', reader.id, reader.status, NULL, NULL, ''
  FROM readers_reader reader WHERE reader.number = ANY(%(codes)s) AND reader.number <> ''
UNION ALL
(SELECT 'isbn', copy.id, copy.state, loan.id, loan.reader_id, copy.barcode
  FROM catalog_title title
  JOIN catalog_copy copy ON copy.title_id = title.id
  LEFT JOIN circulation_loan loan
    ON loan.copy_id = copy.id AND loan.returned_at IS NULL AND loan.voided_at IS NULL
 WHERE title.isbn = %(isbn)s AND title.isbn <> ''
 LIMIT %(limit)s)
"""


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


def _copy(row: tuple[str, int, str, int | None, int | None, str]) -> FoundCopy:
    is_old = row[0] == "old"
    return FoundCopy(row[1], barcode=row[5], state=row[2], loan_id=row[3], holder_id=row[4], by_old_label=is_old)
