"""Rights around honours, certificates, awards and challenges."""

from django.utils.translation import gettext_lazy as _

from library_site.views.rights.right import Module, Right

MODULES: list[Module] = [
    (
        _("Register of honours"),
        "honours",
        [
            Right(_("See the register of honours"), ("honours:register", "honours:export")),
            Right(_("Correct honours and take them back"), ("honours:correct", "honours:revoke")),
        ],
    ),
    (_("Certificates"), "certificates", [Right(_("Print certificates"), ("certificates:print",))]),
]
