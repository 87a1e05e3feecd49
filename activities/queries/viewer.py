"""Who looks at something of which only some people may see everything."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from library_site.models import Role, User
from readers.queries.scope import classes_of


@dataclass(frozen=True)
class Viewer:
    """Who looks: nobody's account where `user_id` is None; `classes` are those that the person leads or keeps."""

    user_id: int | None
    roles: frozenset[str]
    led_classes: frozenset[int]
    day: date

    @property
    def is_librarian(self) -> bool:
        return Role.LIBRARIAN in self.roles


# Says whether the file is one of its kind of owner and this person may see that owner; False for other kinds.
Look = Callable[[int, Viewer], bool]


def viewer_of(user: User | None, day: date) -> Viewer:
    """At most one statement: for teachers, the classes that they lead."""
    if user is None:
        return Viewer(None, frozenset(), frozenset(), day)
    led = classes_of(user, day) if user.has_role(Role.TEACHER) else frozenset()
    return Viewer(user.pk, frozenset(user.roles), led, day)
