"""Who bears a number: copies, what they bore before, and library cards share one space of numbers."""

from collections.abc import Iterable

from django.db import connection

from catalog.rules.barcodes import Bearer
from library_site.shared.codes import normalise_code

_SQL = """
SELECT DISTINCT ON (number) number, kind, copy_id, name
  FROM (SELECT copy.barcode AS number, 'copy' AS kind, 1 AS rank, copy.id AS copy_id, copy.title_id
          FROM catalog_copy copy WHERE copy.barcode = ANY(%(codes)s)
        UNION ALL
        SELECT former.barcode, 'former', 2, copy.id, copy.title_id
          FROM catalog_formerbarcode former JOIN catalog_copy copy ON copy.id = former.copy_id
         WHERE former.barcode = ANY(%(codes)s)
        UNION ALL
        SELECT copy.accession_number, 'accession', 3, copy.id, copy.title_id
          FROM catalog_copy copy WHERE copy.accession_number = ANY(%(codes)s)
        UNION ALL
        SELECT card.barcode, 'card', 4, NULL, NULL FROM readers_card card WHERE card.barcode = ANY(%(codes)s)
       ) AS borne (number, kind, rank, copy_id, title_id)
  LEFT JOIN LATERAL (SELECT title.name FROM catalog_title title WHERE title.id = borne.title_id) AS title ON true
 ORDER BY number, rank
"""


def bearers(numbers: Iterable[str]) -> dict[str, Bearer]:
    """{number: what bears it} for those that are taken; letters small or capital are the same. One statement."""
    asked = list(numbers)
    codes = list({*asked, *(number.lower() for number in asked)})
    with connection.cursor() as cursor:
        cursor.execute(_SQL, {"codes": codes})
        rows = cursor.fetchall()
    found = {normalise_code(number): Bearer(number, kind, copy_id, name or "") for number, kind, copy_id, name in rows}
    return {number: found[key] for number in asked if (key := normalise_code(number)) in found}
