"""Rights around readers, helpers and those who answer for the library."""

from django.utils.translation import gettext_lazy as _

from library_site.views.rights.right import Module, Right

MODULES: list[Module] = [
    (
        _("Readers"),
        "readers",
        [
            Right(_("See readers and their cards"), ("readers:readers", "readers:export_readers", "readers:reader")),
            Right(_("Enter and correct readers"), ("readers:new_reader", "readers:edit_reader")),
            Right(
                _("Issue, print, end and replace cards"),
                (
                    "readers:cards",
                    "readers:export_cards",
                    "readers:issue_cards",
                    "readers:print_cards",
                    "readers:new_card",
                    "readers:card_lost",
                    "readers:card_found",
                ),
            ),
        ],
    ),
    (
        _("People and rules"),
        "people",
        [
            Right(
                _("Read the leading group, meetings, rules and the register"),
                (
                    "people:group",
                    "people:meetings",
                    "people:meeting",
                    "people:rules",
                    "people:rule",
                    "people:study",
                    "people:development",
                ),
            ),
            Right(
                _("Write them"),
                (
                    "people:member_new",
                    "people:member",
                    "people:meeting_new",
                    "people:meeting_edit",
                    "people:rule_new",
                    "people:preset_rules",
                    "people:rule_edit",
                    "people:study_add",
                    "people:study_away",
                    "people:record_new",
                    "people:record",
                    "people:record_away",
                ),
            ),
        ],
    ),
    (
        _("Helpers"),
        "helpers",
        [
            Right(
                _("See helpers, training and commendation"),
                ("helpers:overview", "helpers:export", "helpers:training", "helpers:commendation"),
            ),
            Right(_("See the duty roster"), ("helpers:roster", "helpers:wall")),
            Right(_("See who is on duty"), ("helpers:service",)),
            Right(_("Sign in and off for duty"), ("helpers:clock",)),
            Right(_("Own duties, hours and training"), ("helpers:own",)),
            Right(
                _("Appoint helpers, write the roster, commend"),
                (
                    "helpers:choose",
                    "helpers:again",
                    "helpers:release",
                    "helpers:end",
                    "helpers:proposals",
                    "helpers:tick",
                    "helpers:item_new",
                    "helpers:item",
                    "helpers:preset_items",
                    "helpers:add",
                    "helpers:remove",
                    "helpers:swap",
                    "helpers:period_new",
                    "helpers:period",
                    "helpers:period_away",
                    "helpers:preset_periods",
                    "helpers:service_add",
                    "helpers:service_remove",
                    "helpers:commend",
                    "helpers:certificates",
                    "helpers:options",
                ),
            ),
        ],
    ),
]
