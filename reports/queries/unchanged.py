"""What was counted is remembered, by each process for itself, until something happens that it was counted from.

Whatever loans and holdings are counted from leaves a row with a higher number: a loan, an act at the desk (undoing one
is an act), a title, a copy, and the old row of each that was changed or deleted. As long as the highest numbers are
the same, so is the count. A transaction may hold a number below the highest one and come to its end later: so these
are read at a moment when nobody writes. While somebody does, what is counted is not remembered.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from typing import Any, TypeVar

from django.db import OperationalError, connection, transaction
from django.utils.translation import get_language
from psycopg.errors import LockNotAvailable

Value = TypeVar("Value")
MOST = 200  # results of some kilobytes each
# For a millisecond, and only if there is nobody to wait for: the desk never waits for a report.
_NOBODY_WRITES = "LOCK TABLE {} IN SHARE MODE NOWAIT"
# {table: the number that grows with every row}
HOLDINGS = {
    "catalog_title": "id",
    "catalog_copy": "id",
    "catalog_location": "id",
    "catalog_titleevent": "pgh_id",
    "catalog_copyevent": "pgh_id",
    "catalog_locationevent": "pgh_id",
}
LOANS_AND_HOLDINGS = {**HOLDINGS, "circulation_loan": "id", "circulation_circulationevent": "id"}
Tables = Mapping[str, str]
Mark = tuple[int | None, ...]
_lock = threading.Lock()
_kept: OrderedDict[Hashable, tuple[Mark, Any]] = OrderedDict()


def remembered(asked: Hashable, count: Callable[[], Value], *, of: Tables = LOANS_AND_HOLDINGS) -> Value:
    """What `count()` returns, or returned for the same question when nothing has happened since. One statement more.

    `asked` names the question with all that the answer depends on beside the tables of `of`: the period with its
    days, the token of the reference. Inside a transaction nothing is remembered: what it wrote may never be.
    """
    if connection.in_atomic_block:
        return count()
    question = (asked, get_language())
    with _lock:
        found = _kept.get(question)
    if found is not None and found[0] == _mark(of):
        return found[1]
    settled = _settled_mark(of)
    value = count()
    if settled is not None:
        _keep(question, (settled, value))
    return value


def _keep(question: Hashable, answer: tuple[Mark, Any]) -> None:
    with _lock:
        _kept[question] = answer
        _kept.move_to_end(question)
        while len(_kept) > MOST:
            _kept.popitem(last=False)


def _settled_mark(tables: Tables) -> Mark | None:
    """The mark with everything below it decided; None while somebody writes."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_NOBODY_WRITES.format(", ".join(tables)))
            return _mark(tables)
    except OperationalError as error:
        if isinstance(error.__cause__, LockNotAvailable):
            return None
        raise


def _mark(tables: Tables) -> Mark:
    highest = ", ".join(f"(SELECT max({number}) FROM {table})" for table, number in tables.items())  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {highest}")
        return cursor.fetchone()
