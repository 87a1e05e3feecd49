"""The record that a title was copied from stays with it, whole: what we do not model comes back on export."""

from django.db import connection

from catalog.models import MarcRecord
from catalog.queries.copy_cataloguing import copied_record

# Where another library's own copies stand; ours are written at export.
_THEIR_COPIES = {"905", "852", "949", "876", "952"}


def keep_copied_record(*, title_id: int, token: str) -> MarcRecord | None:
    """Keeps the record of a lookup's `token` with the title, inside the act that writes the title.

    None, and nothing is written, for a token that is empty or none of ours: the title matters more than its record.
    """
    assert connection.in_atomic_block
    record = copied_record(token)
    if record is None:
        return None
    fields = [row for row in record["fields"] if row[0] not in _THEIR_COPIES]
    values = {"format": record["format"], "leader": record["leader"], "fields": fields}
    kept, _made = MarcRecord.objects.update_or_create(title_id=title_id, defaults=values)
    return kept
