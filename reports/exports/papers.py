"""Written reports as Word documents."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from reports.exports.word import WordDocument, new_document
from reports.queries.inspection import Folder
from reports.queries.summaries import SummaryPaper
from reports.rules.papers import Grid, Part


def summary_document(paper: SummaryPaper, *, school: str, today: date) -> WordDocument:
    """The summary of a semester: aims against results, the sections, who signs and when."""
    document = new_document(school, paper.title, subtitle=paper.subtitle)
    for block in paper.opening:
        document.block(block)
    for part in paper.parts:
        _write_part(document, part)
    for note in paper.notes:
        document.block(note)
    document.signature(_("%(school)s, library") % {"school": school}, f"{today:%Y-%m-%d}")
    return document


def folder_document(folder: Folder, *, school: str) -> WordDocument:
    """The inspection folder: a contents page, then each part on a new page with lines to sign."""
    document = new_document(school, folder.title, subtitle=folder.label)
    head = [_("No."), _("Contents"), pgettext("of paper", "Sheets"), _("Note")]
    lines = [[str(place), part.title, "", ""] for place, part in enumerate(folder.parts, start=1)]
    document.grid(Grid(head, lines, _("Contents page"), (1, 6, 1, 3)))
    for part in folder.parts:
        document.page_break()
        _write_part(document, part)
        if not part.blocks:
            document.paragraph(_("There are no records."))
        document.signature(_("Librarian: ________  Leader in charge: ________  Date: ________"))
    return document


def _write_part(document: WordDocument, part: Part) -> None:
    document.heading(part.title)
    for block in part.blocks:
        document.block(block)
    document.text(part.text)
