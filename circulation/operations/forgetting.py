"""Where apps that come after this one say what they forget: with the kept school years, and with one person."""

from collections.abc import Callable
from dataclasses import dataclass

from readers.models import Reader


@dataclass(frozen=True)
class Step:
    """Rows of a table that are forgotten: `what` they are counted as, when, and how (`{window}` narrows the rows).

    The last of `statements` is counted. `after` is for what their triggers leave behind: it knows the window's keys as
    `begins` and `ends`, since the rows no longer meet the condition.
    """

    what: str
    table: str
    key: str
    condition: str
    statements: tuple[str, ...]
    after: tuple[str, ...] = ()


@dataclass(frozen=True)
class Forgetting:
    """What one app forgets; `person` runs inside the erasure's transaction, with the door to history open."""

    steps: tuple[Step, ...]
    person: Callable[[Reader], None]


_registered: dict[str, Forgetting] = {}


def register_forgetting(app: str, forgetting: Forgetting) -> None:
    """Called once by an app when it is ready; again replaces what it said."""
    _registered[app] = forgetting


def registered_steps() -> list[Step]:
    return [step for forgetting in _registered.values() for step in forgetting.steps]


def forget_elsewhere(reader: Reader) -> None:
    for forgetting in _registered.values():
        forgetting.person(reader)
