"""Writes of an import of records: those of any holdings, and the records themselves."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import connection

from catalog.imports.lookup import Record
from catalog.imports.writing import Writes

_TABLE = """
    DROP TABLE IF EXISTS pg_temp.kept_record;
    CREATE TEMP TABLE kept_record (title_id bigint, format text, leader text, fields jsonb);
"""
_KEEP = """
    INSERT INTO catalog_marcrecord (title_id, format, leader, fields)
    SELECT DISTINCT ON (title_id) title_id, format, leader, fields FROM kept_record ORDER BY title_id
    ON CONFLICT (title_id) DO UPDATE SET format = excluded.format, leader = excluded.leader, fields = excluded.fields
"""


class MarcWrites(Writes):
    """See `Writes`."""

    columns = {"kept_record": "title_id, format, leader, fields"}

    def __init__(self, run_id: int, *, keep: bool) -> None:
        super().__init__(run_id, keep=keep)
        self.new_titles: dict[int, Record] = {}
        if keep:
            with connection.cursor() as cursor:
                cursor.execute(_TABLE)

    def add_title(self, values: Record) -> int:
        pk = super().add_title(values)
        self.new_titles[pk] = {name: values[name] for name in ("part", "material") if name in values}
        return pk

    def keep_record(self, title_id: int, record: Mapping[str, Any]) -> None:
        """The title's record from now on."""
        fields = json.dumps(record["fields"], ensure_ascii=False)
        self._put("kept_record", (title_id, record["format"], record["leader"], fields))

    def write(self, *, at: datetime) -> None:
        super().write(at=at)
        with connection.cursor() as cursor:
            cursor.execute(_KEEP)
