"""Rights around reading activities."""

from django.utils.translation import gettext_lazy as _

from library_site.views.rights.right import Module, Right

MODULES: list[Module] = [
    (
        _("Reading activities"),
        "reading",
        [
            Right(_("Find the pages of reading activities"), ("reading:hub",)),
        ],
    ),
    (
        _("Activities"),
        "activities",
        [
            Right(_("See activities that are published"), ("activities:list", "activities:activity")),
        ],
    ),
    (
        _("Pictures and files"),
        "files",
        [
            Right(_("See the files of what one may see"), ("files:file", "files:preview")),
        ],
    ),
    (
        _("Booklists"),
        "booklists",
        [
            Right(_("See booklists that are shown"), ("booklists:lists", "booklists:list")),
        ],
    ),
    (
        _("Suggestions to buy"),
        "suggestions",
        [
            Right(_("Suggest books, back those of others"), ("suggestions:own", "suggestions:new", "suggestions:back")),
            Right(_("See whether the library has a book that is being typed"), ("suggestions:check",)),
            Right(_("Enter slips of paper of readers"), ("suggestions:slips", "suggestions:who")),
            Right(
                _("Answer suggestions, take out the order list"),
                ("suggestions:list", "suggestions:mark", "suggestions:export", "suggestions:suggestion"),
            ),
        ],
    ),
]
