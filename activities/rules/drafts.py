"""Drafts that save themselves: no window writes over what another one wrote since."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from library_site.shared.problems import Problem

ELSEWHERE = Problem(
    "written_elsewhere",
    _("It was written on in another window since, and that text stays. Keep what you need and load this page again."),
)


def is_known(text: str, bases: Collection[str]) -> bool:
    """Whether a window knows this text: as it was loaded, or as the window sent it, heard of or not."""
    return _plain(text) in {_plain(base) for base in bases}


def _plain(text: str) -> str:
    """Browsers write line ends one way in a form and another way in a script."""
    return text.replace("\r\n", "\n").strip()
