"""Rights around the catalogue."""

from django.utils.translation import gettext_lazy as _

from library_site.views.rights.right import Module, Right

MODULES: list[Module] = [
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
]
