"""Rights around honours, certificates, awards and challenges."""

from django.utils.translation import gettext_lazy as _

from library_site.views.rights.right import Module, Right

MODULES: list[Module] = [
    (
        _("Register of honours"),
        "honours",
        [
            Right(_("See the register of honours"), ("honours:register",)),
            Right(_("Export the register of honours"), ("honours:export",)),
            Right(_("See one's own honours and badges"), ("honours:own",)),
            Right(
                _("Enter prizes, correct honours and take them back"),
                ("honours:enter", "honours:correct", "honours:revoke"),
            ),
        ],
    ),
    (_("Certificates"), "certificates", [Right(_("Print certificates"), ("certificates:print",))]),
    (
        _("Reading challenges"),
        "challenges",
        [
            Right(_("See challenges, and the board of the classes"), ("challenges:list", "challenges:challenge")),
            Right(_("See how far each pupil is"), ("challenges:class", "challenges:sheet")),
            Right(
                _("Plan and show challenges"),
                ("challenges:new", "challenges:edit", "challenges:show", "challenges:drop"),
            ),
        ],
    ),
    (
        _("Awards"),
        "awards",
        [
            Right(_("Set up awards and their criteria"), ("awards:rule_new", "awards:rule")),
            Right(
                _("Propose, decide and announce awards"),
                (
                    "awards:overview",
                    "awards:propose",
                    "awards:run",
                    "awards:add",
                    "awards:decide",
                    "awards:announce",
                    "awards:announcement",
                ),
            ),
        ],
    ),
]
