"""The grown-ups who can answer for something."""

from readers.models import Reader


def teachers() -> list[Reader]:
    """Teachers and staff who are at the school, by name. One statement."""
    rows = Reader.objects.filter(
        status=Reader.Status.ACTIVE, category__in=(Reader.Category.TEACHER, Reader.Category.STAFF)
    )
    return list(rows.order_by("pinyin", "name", "pk"))
