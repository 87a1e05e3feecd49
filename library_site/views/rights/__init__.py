"""The rights that the page "Roles and rights" shows, in words, by module."""

from library_site.views.rights import activities, awards, catalog, circulation, notes, readers, reports, site
from library_site.views.rights.right import Module, Right, Text

__all__ = ["RIGHTS", "Right", "Text"]

# By module. A URL name that stands in no right is shown by its name at the end of its module.
RIGHTS: list[Module] = [
    *circulation.MODULES,
    *catalog.MODULES,
    *activities.MODULES,
    *awards.MODULES,
    *notes.MODULES,
    *readers.MODULES,
    *reports.MODULES,
    *site.MODULES,
]
