"""What goes with one person: names, texts, photographs; what was counted stays."""

from django.db import connection

from activities.operations.retention import TOLD, Told
from readers.models import Reader

# Judges' remarks on the person's works, and what history keeps of them; before the works lose their writer.
_REMARKS = (
    "UPDATE activities_score SET note = '' WHERE entry_id IN (SELECT id FROM activities_entry"
    " WHERE reader_id = %(reader)s)",
    "UPDATE activities_scoreevent SET note = '' WHERE note <> '' AND entry_id IN (SELECT id FROM activities_entry"
    " WHERE reader_id = %(reader)s)",
)


def forget_person(reader: Reader) -> None:
    """Runs inside the erasure, with the door to history open; about thirty statements."""
    assert connection.in_atomic_block
    with connection.cursor() as cursor:
        for statement in _REMARKS:
            cursor.execute(statement, {"reader": reader.pk})
        for told in TOLD:
            for statement in _statements(told):
                cursor.execute(statement, {"reader": reader.pk})


def _statements(told: Told) -> list[str]:
    """The rows first: their change leaves a row of history, which goes next."""
    mine = f"{told.reader} = %(reader)s"
    history = [told.history_statement(mine)] if told.history else []
    return [*told.statements(mine), *history]
