"""How many books and notes are asked for in a semester."""

from activities.models import ReadingQuota
from activities.rules.audience import InGrade, grades_match
from library_site.shared.reference import Reference
from readers.models import Reader


def _load_quotas() -> list[ReadingQuota]:
    return list(ReadingQuota.objects.order_by("from_year", "pk"))


def all_quotas(reference: Reference) -> list[ReadingQuota]:
    """Every amount that was ever set, the oldest first."""
    return reference.get(_load_quotas)


def quota_of(
    reference: Reference, *, start_year: int, school_class: InGrade | None = None, category: str = ""
) -> ReadingQuota | None:
    """What holds in a school year for a class, or for a category without classes; None where nothing was set.

    The latest amount goes first, and of one year the one for the fewest grades.
    """
    wanted = category or Reader.Category.STUDENT
    rows = [row for row in all_quotas(reference) if row.category == wanted and row.from_year <= start_year]
    meant = [row for row in rows if school_class is None or grades_match(row, school_class)]
    return max(meant, key=lambda row: (row.from_year, -_grades(row), row.pk), default=None)


def _grades(row: ReadingQuota) -> int:
    if row.from_position is None or row.to_position is None:
        return 99 if row.stage else 999
    return row.to_position - row.from_position
