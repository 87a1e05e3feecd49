"""A batch of titles gets another class; the old numbers stay known and the new labels are due."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction

from catalog.models import ReclassedTitle, Reclassing, Title
from catalog.operations.call_numbers import Renumbered, give_call_numbers, locked_titles
from catalog.operations.class_picks import remember_pick
from catalog.rules.class_refusals import no_number, nothing_changes, too_many
from catalog.rules.classification import is_clc_number, new_number, normalise_clc
from library_site import audit
from library_site.models import User
from library_site.shared.problems import Refused

MOST = 2000


@dataclass(frozen=True)
class NewClass:
    """What titles are to get: `to`, or where `instead_of` is given, `to` in place of that beginning of their number."""

    to: str
    instead_of: str = ""

    def of(self, clc_number: str) -> str:
        return new_number(clc_number, to=normalise_clc(self.to), instead_of=normalise_clc(self.instead_of))


def preview_reclassing(*, title_ids: Collection[int], new_class: NewClass) -> list[Renumbered]:
    """What `reclass_titles` would write now, and writes nothing. Refused as that is."""
    with transaction.atomic(durable=True):
        changed = _renumber(title_ids, new_class)
        transaction.set_rollback(True)
    return changed


def reclass_titles(
    *, title_ids: Collection[int], new_class: NewClass, reason: str, by: User | None, address: str | None = None
) -> Reclassing:
    """Gives these titles their new class and the next book numbers there; one act, printed together.

    That spine labels are due again, the database sees to. Refused for what is no number, for more than 2,000 titles,
    and where nothing would change. Titles that are gone by now are left out.
    """
    with audit.act("reclass_titles", by=by, address=address):
        changed = _renumber(title_ids, new_class)
        reclassing = Reclassing.objects.create(reason=reason, by=by)
        ReclassedTitle.objects.bulk_create([_kept(each, reclassing) for each in changed], batch_size=1000)
        remember_pick(clc_number=normalise_clc(new_class.to), by=by)
    return reclassing


def _renumber(title_ids: Collection[int], new_class: NewClass) -> list[Renumbered]:
    if not is_clc_number(new_class.to):
        raise Refused([no_number()])
    if len(title_ids) > MOST:
        raise Refused([too_many(MOST)])
    titles = locked_titles(title_ids)
    changed = give_call_numbers(titles, {pk: new_class.of(title.clc_number) for pk, title in _shelved(titles)})
    if not changed:
        raise Refused([nothing_changes()])
    return changed


def _shelved(titles: dict[int, Title]) -> list[tuple[int, Title]]:
    """As they stand on the shelf: their new book numbers follow each other in the same order."""
    return sorted(titles.items(), key=lambda item: (item[1].shelf_key, item[0]))


def _kept(each: Renumbered, reclassing: Reclassing) -> ReclassedTitle:
    return ReclassedTitle(
        reclassing=reclassing,
        title=each.title,
        old_clc_number=each.old_clc_number,
        old_book_number=each.old_book_number,
        new_clc_number=each.title.clc_number,
        new_book_number=each.title.book_number,
    )
