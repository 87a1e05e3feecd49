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
]
