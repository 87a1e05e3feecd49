"""Book numbers are given out under the lock of their class, so that two cataloguers never get the same."""

from django.db import connection

from catalog.models import ClassSeries, Title
from catalog.rules.book_numbers import next_book_number, serial_of
from library_site.models import School


def draw_book_number(*, clc_number: str, author: str = "", name: str = "") -> str:
    """The next book number in this very class, by the school's option: serial (next or first gap), or author number.

    Locks the class until the surrounding transaction ends: write the title before drawing the next one. `name` is the
    title's, for author numbers of works that name nobody.
    """
    series = locked_series(clc_number)[clc_number]
    school = School.objects.first()
    kind = school.book_numbers if school else School.BookNumbers.NEXT
    taken = Title.objects.filter(clc_number=clc_number).exclude(book_number="").values_list("book_number", flat=True)
    number = next_book_number(kind, last=series.last, taken=set(taken), author=author, name=name)
    if kind != School.BookNumbers.AUTHOR:
        _raise(series, int(number))
    return number


def keep_taken(*, clc_number: str, book_number: str) -> None:
    """Serial numbers go on behind this one, typed by hand or left behind by a title that moved to another class.

    Locks the class as `draw_book_number` does. Gaps are filled all the same where the school wants that.
    """
    if clc_number and serial_of(book_number):
        _raise(locked_series(clc_number)[clc_number], serial_of(book_number))


def locked_series(*clc_numbers: str) -> dict[str, ClassSeries]:
    """The rows of classes, made if need be and locked until the transaction ends.

    Whoever needs several asks for them at once: they are locked in one order, so that two acts that move titles both
    ways wait for each other and neither is ended.
    """
    assert connection.in_atomic_block
    wanted = sorted({number for number in clc_numbers if number})
    ClassSeries.objects.bulk_create([ClassSeries(clc_number=number) for number in wanted], ignore_conflicts=True)
    rows = ClassSeries.objects.select_for_update().filter(pk__in=wanted).order_by("pk")
    return {row.pk: row for row in rows}


def _raise(series: ClassSeries, number: int) -> None:
    if number > series.last:
        series.last = number
        series.save(update_fields=["last"])
