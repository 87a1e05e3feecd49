"""The school's options and accounts."""

import itertools

from library_site.models import Role, School, User

_numbers = itertools.count(1)


def make_school(**fields: object) -> School:
    school, _created = School.objects.update_or_create(
        pk=1, defaults={"name": "实验小学", "stages": ["primary"], "system": "6-3", **fields}
    )
    return school


def make_user(*roles: str, name: str = "", username: str = "") -> User:
    """An account with these roles (librarian if none are named) and no usable password."""
    number = next(_numbers)
    return User.objects.create_user(
        username=username or f"user{number}", name=name or f"馆员{number}", roles=list(roles) or [Role.LIBRARIAN]
    )
