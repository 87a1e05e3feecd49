"""Rights around reading notes and consents."""

from django.utils.translation import gettext_lazy as _

from library_site.views.rights.right import Module, Right

MODULES: list[Module] = [
    (
        _("Consents"),
        "consents",
        [
            Right(
                _("Record what parents agreed to, and print the form for them"),
                ("consents:overview", "consents:of_class", "consents:paper"),
            ),
        ],
    ),
]
