"""The sections of a semester's summary (图书馆工作总结), as schools write it."""

import hashlib
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Section(NamedTuple):
    """`hint`: what one writes there beside the figures."""

    key: str
    title: str | Promise
    hint: str | Promise


SECTIONS = (
    Section("basics", _("The library in short"), _("Rooms, equipment, what is special this semester.")),
    Section("rules", _("Rules and management"), _("What was done for order and safety, and how it worked.")),
    Section("people", pgettext_lazy("section", "People"), _("The librarian's work, helpers, training.")),
    Section("lending", _("Lending and service"), _("What the figures show, and what stands behind them.")),
    Section("collection", _("Collection and money"), _("What was bought from which money, what was weeded.")),
    Section("activities", _("Reading activities"), _("Festivals, contests, lessons: when, who, what came of it.")),
    Section("problems", _("Problems"), _("What is missing, what did not work, and why.")),
    Section("next", _("Plans for the next semester"), _("What is to be better, and how.")),
)
KEYS = frozenset(section.key for section in SECTIONS)


def mark_of(text: str) -> str:
    """A mark of a text as it was shown; another one once somebody changed it."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]
