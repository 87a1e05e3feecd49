"""Rights around data, accounts and what everybody may do."""

from django.utils.translation import gettext_lazy as _

from library_site.views.rights.right import Module, Right

MODULES: list[Module] = [
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
            Right(_("Choose the grades that log in"), ("accounts:self_service",)),
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
