"""A right in words."""

from typing import NamedTuple

from django.utils.functional import Promise

Text = str | Promise


class Right(NamedTuple):
    """What one can do, and the URL names that it takes; all of them have the same rule."""

    text: Text
    names: tuple[str, ...]


# A module of the page: its heading, the URL namespace it is about, its rights.
Module = tuple[Text, str, list[Right]]
