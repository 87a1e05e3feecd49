"""The rights that the page "Roles and rights" shows, in words, by module."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


class Right(NamedTuple):
    """What one can do, and the URL names that it takes; all of them have the same rule."""

    text: Text
    names: tuple[str, ...]


_PERSON = ("privacy:history", "privacy:export", "privacy:erase")

# By module. A URL name that stands in no right is shown by its name at the end of its module.
RIGHTS: list[tuple[Text, str, list[Right]]] = [
    (
        _("Front desk"),
        "circulation",
        [
            Right(_("Open the desk"), ("circulation:desk",)),
            Right(
                _("Lend, take back, renew, undo"),
                (
                    "circulation:scan",
                    "circulation:open_reader",
                    "circulation:lend",
                    "circulation:renew",
                    "circulation:renew_all",
                    "circulation:renew_instead",
                    "circulation:undo",
                ),
            ),
            Right(_("Sign in for duty by the own card"), ("circulation:duty",)),
            Right(_("Class board"), ("circulation:board",)),
            Right(_("Own class board in the menu"), ("circulation:my_class",)),
            Right(_("Print the class lending sheet"), ("circulation:sheet",)),
            Right(_("See who has what out now"), ("circulation:out",)),
            Right(_("Take that list out as a file"), ("circulation:export_out",)),
        ],
    ),
    (
        _("Catalogue"),
        "catalog",
        [
            Right(_("Find books"), ("catalog:search", "catalog:title", "covers:image")),
            Right(
                _("Print labels and shelf signs"),
                ("labels:labels", "labels:list", "labels:printed", "labels:undo", "labels:numbers", "labels:signs"),
            ),
            Right(
                _("Describe label paper"),
                (
                    "labels:stocks",
                    "labels:usual_stocks",
                    "labels:stock_new",
                    "labels:stock",
                    "labels:stock_away",
                    "labels:stock_test",
                    "labels:stock_css",
                ),
            ),
            Right(
                _("Classify titles, give them another class"),
                (
                    "clc:find",
                    "clc:tree",
                    "clc:branch",
                    "clc:class",
                    "clc:queue",
                    "clc:accept",
                    "clc:take_back",
                    "clc:reclass",
                    "clc:reclassings",
                    "clc:reclassing",
                ),
            ),
        ],
    ),
    (
        _("Cataloguing"),
        "records",
        [
            Right(_("Open the cataloguing pages"), ("records:hub",)),
            Right(_("Set the covers of titles"), ("covers:edit", "covers:from_record", "covers:remove")),
            Right(_("Export MARC records"), ("marc:export",)),
            Right(_("Look books up at other libraries"), ("sru:lookup",)),
            Right(
                _("Set up the servers of other libraries"),
                (
                    "sru:overview",
                    "sru:new",
                    "sru:public",
                    "sru:server",
                    "sru:move",
                    "sru:test",
                    "sru:remove",
                ),
            ),
            Right(_("Enter and correct titles"), ("records:new", "records:isbn", "records:edit")),
            Right(
                _("Enter books in the fast lane"),
                ("fast_lane:page", "fast_lane:scan", "fast_lane:open", "fast_lane:undo"),
            ),
            Right(
                _("Enter, correct, move and delete copies"),
                (
                    "copies:of_title",
                    "copies:add",
                    "copies:copy",
                    "copies:barcode",
                    "copies:state",
                    "copies:delete",
                    "copies:move",
                    "copies:sets",
                    "copies:export_sets",
                ),
            ),
            Right(
                _("Keep batches"),
                (
                    "batches:batches",
                    "batches:export",
                    "batches:export_copies",
                    "batches:new",
                    "batches:batch",
                    "batches:edit",
                    "batches:delete",
                ),
            ),
            Right(_("Merge titles, take titles away"), ("records:merge", "records:delete")),
        ],
    ),
    (
        _("Lists of books"),
        "lists",
        [
            Right(_("Print and export indexes"), ("lists:index", "lists:export_index", "lists:export_hits")),
            Right(
                _("Print and export the shelf list and the accession list"),
                (
                    "lists:shelf_list",
                    "lists:export_shelf_list",
                    "lists:accession_list",
                    "lists:export_accession_list",
                ),
            ),
        ],
    ),
    (
        _("Places and shelves"),
        "places",
        [
            Right(
                _("Enter places and shelves"),
                (
                    "places:overview",
                    "places:new",
                    "places:place",
                    "places:remove",
                    "places:add_shelf",
                    "places:shelf",
                    "places:shelf_away",
                ),
            ),
        ],
    ),
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
        _("Lending"),
        "loan_rules",
        [
            Right(
                _("See and write the loan rules"),
                ("loan_rules:rules", "loan_rules:new", "loan_rules:edit", "loan_rules:delete"),
            ),
        ],
    ),
    (
        _("School year"),
        "leaving",
        [
            Right(
                _("Set up school years, grades and classes"),
                ("readers:years", "readers:year", "readers:grades", "readers:school_class"),
            ),
            Right(_("Move a pupil to another class"), ("readers:move",)),
            Right(
                _("Leaving and graduation, with clearance sheets"),
                (
                    "leaving:overview",
                    "leaving:grade",
                    "leaving:sheets",
                    "leaving:slips",
                    "leaving:reader",
                    "leaving:undo",
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
    (
        _("Privacy"),
        "privacy",
        [
            Right(_("See one's own books, now and before"), ("privacy:my_books",)),
            Right(_("See what a reader borrowed before (recorded), export it, erase a person"), _PERSON),
            Right(_("Anonymise old loans"), ("privacy:retention",)),
        ],
    ),
    (_("Figures"), "reports", [Right(_("Semester at a glance"), ("reports:glance",))]),
    (
        _("Data"),
        "imports",
        [
            Right(
                _("Import holdings and rosters"),
                (
                    "imports:overview",
                    "imports:upload",
                    "imports:run",
                    "imports:columns",
                    "imports:choose",
                    "imports:progress",
                    "imports:apply",
                    "imports:retry",
                    "imports:discard",
                    "imports:bad_rows",
                ),
            ),
        ],
    ),
    (
        _("Backups"),
        "backups",
        [
            Right(
                _("Make, check, download and restore backups"),
                (
                    "backups:overview",
                    "backups:make",
                    "backups:progress",
                    "backups:upload",
                    "backups:backup",
                    "backups:check",
                    "backups:download",
                    "backups:restore",
                    "backups:restoring",
                    "backups:restoring_state",
                ),
            ),
        ],
    ),
    (
        _("Accounts and rights"),
        "accounts",
        [
            Right(
                _("Manage accounts (the librarian: those of pupils)"),
                (
                    "accounts:accounts",
                    "accounts:export",
                    "accounts:new",
                    "accounts:account",
                    "accounts:reset",
                    "accounts:classes",
                    "accounts:class_codes",
                    "accounts:for_reader",
                ),
            ),
            Right(_("Read this table"), ("accounts:roles",)),
            Right(_("Read the audit log"), ("audit", "export_audit")),
            Right(_("Change the options of the school"), ("options",)),
        ],
    ),
    (
        _("For everybody"),
        "",
        [
            Right(_("Log in, choose the language"), ("login", "set_language", "first_start")),
            Right(_("Home, own password"), ("home", "logout", "password", "first_password")),
            Right(_("The page of rare tasks"), ("settings",)),
        ],
    ),
]
