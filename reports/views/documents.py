"""Word documents to keep."""

from io import BytesIO

from django.http import FileResponse
from django.utils import timezone

from reports.exports.word import WordDocument

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def send_document(document: WordDocument, name: str) -> FileResponse:
    """The document as a file of this name and today's date."""
    target = BytesIO()
    document.save(target)
    target.seek(0)
    filename = f"{name} {timezone.localdate():%Y-%m-%d}.docx"
    return FileResponse(target, as_attachment=True, filename=filename, content_type=WORD)
