"""Which title of the catalogue somebody means by an ISBN, a barcode or words."""

from catalog.models import Title
from catalog.models.titles import long_columns
from catalog.queries.search import search_titles
from library_site.shared.codes import isbn13

MOST = 6


def titles_meant(text: str) -> list[Title]:
    """The titles that a text means, at most six: by ISBN, by their whole name, else as the search finds them."""
    wanted = text.strip()
    if not wanted:
        return []
    rows = Title.objects.defer(*long_columns()).order_by("pk")
    isbn = isbn13(wanted)
    exact = list(rows.filter(isbn=isbn)[:MOST]) if isbn else list(rows.filter(name=wanted)[:MOST])
    return exact or [hit.title for hit in search_titles(wanted, limit=MOST).hits]
