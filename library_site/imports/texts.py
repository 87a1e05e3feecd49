"""What the engine itself has to say, in words; what a kind says about its rows stands with the kind."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from library_site.imports.fields import kind_of

FILE_TEXTS = {
    "empty_file": _("The file is empty."),
    "broken_file": _("The file cannot be read: it is damaged, or no sheet at all."),
    "protected_file": _("The file is protected by a password: save it without one and try again."),
    "file_too_large": _("The file is too large: at most %(limit)s MB."),
    "sheet_too_wide": _(
        "The sheet reaches too far to the right and down, perhaps by one stray cell: copy the table to a new sheet."
    ),
    "too_many_rows": _("The sheet has too many rows: at most %(limit)s."),
    "no_records": _("The file has no MARC records: neither ISO 2709 nor MARCXML."),
    "no_rows": _("The file has no rows below its headings."),
    "internal": _("Something went wrong on our side. Nothing was changed; you can try again."),
    "changed_meanwhile": _("Somebody changed the same records meanwhile. Nothing was changed here; please try again."),
}


def file_text(code: str, params: Mapping[str, Any] | None = None) -> str:
    """What is wrong with a file or a run, in the language of the page."""
    return str(FILE_TEXTS[code]) % (params or {})


def problem_text(kind: str, problem: Mapping[str, Any]) -> str:
    """What is wrong with a row, in the language of the page."""
    return str(kind_of(kind).texts[problem["code"]]) % problem["params"]
