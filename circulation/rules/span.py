"""A stretch of days, whatever it is called: a semester, a month, a school year."""

from datetime import date
from typing import Protocol


class Span(Protocol):
    """Both ends are included."""

    @property
    def starts_on(self) -> date: ...

    @property
    def ends_on(self) -> date: ...
