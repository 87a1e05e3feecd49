"""The derived columns that titles are searched by: pinyin, initials, and the two token vectors."""

from collections.abc import Iterator, Sequence

from django.db import connection

from catalog.models import Title
from catalog.rules.tokens import WORDS, TitleTokens, title_tokens

BATCH = 2000
_SEPARATOR = "\x1f"  # tokens are letters, digits and characters, so it occurs in none
_SOURCE = (*WORDS, "isbn", "clc_number", "book_number", "school_number", "summary")
_UPDATE = """
    UPDATE catalog_title AS title
       SET pinyin = fresh.pinyin, initials = fresh.initials,
           search = fresh.search, search_summary = fresh.search_summary
      FROM (SELECT id, pinyin, initials,
                   array_to_tsvector(string_to_array(tokens, %(separator)s)) AS search,
                   array_to_tsvector(string_to_array(summary_tokens, %(separator)s)) AS search_summary
              FROM unnest(%(ids)s::bigint[], %(pinyin)s::text[], %(initials)s::text[],
                          %(tokens)s::text[], %(summary_tokens)s::text[])
                   AS given(id, pinyin, initials, tokens, summary_tokens)) AS fresh
     WHERE title.id = fresh.id
       AND (title.pinyin, title.initials, title.search, title.search_summary)
           IS DISTINCT FROM (fresh.pinyin, fresh.initials, fresh.search, fresh.search_summary)
"""


def index_titles(title_ids: Sequence[int] | None = None) -> int:
    """Brings the derived columns of these titles (None: of all) up to date; returns how many were looked at.

    To be called by whatever writes titles, in its transaction or right after it. Works in batches of 2,000 with one
    write each; titles that are up to date are not written. Leaves no history: derived columns are not audited.
    """
    looked_at = 0
    for titles in _batches(title_ids):
        _write([(title.pk, title_tokens(title)) for title in titles])
        looked_at += len(titles)
    return looked_at


def _batches(title_ids: Sequence[int] | None) -> Iterator[list[Title]]:
    titles = Title.objects.only("pk", *_SOURCE).order_by("pk")
    if title_ids is not None:
        wanted = sorted(set(title_ids))
        for start in range(0, len(wanted), BATCH):
            yield list(titles.filter(pk__in=wanted[start : start + BATCH]))
        return
    last = 0
    while batch := list(titles.filter(pk__gt=last)[:BATCH]):
        yield batch
        last = batch[-1].pk


def _write(rows: list[tuple[int, TitleTokens]]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            _UPDATE,
            {
                "separator": _SEPARATOR,
                "ids": [pk for pk, _tokens in rows],
                "pinyin": [tokens.pinyin for _pk, tokens in rows],
                "initials": [tokens.initials for _pk, tokens in rows],
                "tokens": [_SEPARATOR.join(tokens.search) for _pk, tokens in rows],
                "summary_tokens": [_SEPARATOR.join(tokens.search_summary) for _pk, tokens in rows],
            },
        )
