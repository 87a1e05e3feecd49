"""Rights around reports."""

from django.utils.translation import gettext_lazy as _

from library_site.views.rights.right import Module, Right

MODULES: list[Module] = [
    (
        _("Figures"),
        "reports",
        [
            Right(_("See the dashboard"), ("reports:dashboard",)),
            Right(_("Semester at a glance"), ("reports:glance",)),
        ],
    ),
    (
        _("Room care"),
        "care",
        [
            Right(_("Read and print the register of room care"), ("care:register", "care:export")),
            Right(_("Keep the register of room care"), ("care:enter", "care:correct", "care:remove")),
        ],
    ),
]
