"""Good notes as a document for Word: text and pictures, ready for the school paper and the radio."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from activities.models import FileBytes
from activities.queries.wall import WallCard

PICTURE_CM = 12


def wall_document(cards: Sequence[WallCard], *, school: str, day: date) -> Any:
    """One note after the other: heading, writer as others may know them, book, text, pictures. A python-docx document.

    Pictures are read one by one, never all at once.
    """
    from docx import Document

    document = Document()
    document.core_properties.author = school
    document.core_properties.comments = ""
    document.add_heading(_("Good reading notes"), level=0)
    document.add_paragraph(f"{school}  {date_format(day)}")
    for card in cards:
        _add(document, card)
    return document


def _add(document: Any, card: WallCard) -> None:
    document.add_heading(card.note.heading or _("On “%(book)s”") % {"book": card.book}, level=1)
    by = " ".join(part for part in (card.class_name, card.name) if part)
    document.add_paragraph(_("%(who)s, on “%(book)s”") % {"who": by, "book": card.book} if card.book else by)
    for line in card.note.text.splitlines():
        if line.strip():
            document.add_paragraph(line.strip())
    for page in card.pages:
        _add_picture(document, page.file_id)


def _add_picture(document: Any, file_id: int) -> None:
    """Word reads no WebP: the picture becomes a JPEG."""
    from docx.shared import Cm
    from PIL import Image

    content = FileBytes.objects.filter(pk=file_id).values_list("content", flat=True).first()
    if content is None:
        return
    out = BytesIO()
    with Image.open(BytesIO(bytes(content))) as picture:
        picture.convert("RGB").save(out, "JPEG", quality=85)
    out.seek(0)
    document.add_picture(out, width=Cm(PICTURE_CM))
