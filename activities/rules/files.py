"""What a file is, found out from its content: its name and declared type say nothing."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from activities.models import StoredFile
from activities.rules.pictures import picture
from library_site.shared.problems import Problem, Refused

MOST_FILES = 40  # of one request
MOST_PDF_BYTES = 10 * 1024 * 1024
MOST_TEXT_BYTES = 200 * 1024
MOST_BYTES = MOST_PDF_BYTES  # of any file: what is longer is not read to its end
_NOT_IN_A_NAME = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]+')


@dataclass(frozen=True)
class Incoming:
    """A file as it is to be kept; `preview` only of a picture, which also has its size in pixels."""

    kind: StoredFile.Kind
    name: str
    media_type: str
    content: bytes
    preview: bytes | None = None
    width: int | None = None
    height: int | None = None


def incoming(content: bytes, name: str) -> Incoming:
    """A picture made smaller, a PDF as it is, or a text as UTF-8. Raises Refused for anything else."""
    name = clean_name(name)
    if not content:
        raise Refused([Problem("empty_file", _("The file is empty."))])
    if content.startswith(b"%PDF-"):
        return _pdf(content, name)
    if name.lower().endswith((".txt", ".md")):
        return _text(content, name)
    found = picture(content)
    return Incoming(
        StoredFile.Kind.PICTURE, name, "image/webp", found.content, found.preview, found.width, found.height
    )


def clean_name(name: str) -> str:
    """The name as a word, never a place: the end of it, without what paths and headers are made of."""
    last = re.split(r"[/\\]", name)[-1]
    return _NOT_IN_A_NAME.sub("", last).strip(". ")[-120:] or "file"


def _pdf(content: bytes, name: str) -> Incoming:
    if len(content) > MOST_PDF_BYTES:
        raise Refused([_too_long("PDF", MOST_PDF_BYTES >> 20, "MB")])
    return Incoming(StoredFile.Kind.PDF, name, "application/pdf", content)


def _text(content: bytes, name: str) -> Incoming:
    if len(content) > MOST_TEXT_BYTES:
        raise Refused([_too_long(_("text"), MOST_TEXT_BYTES >> 10, "kB")])
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return Incoming(StoredFile.Kind.TEXT, name, "text/plain; charset=utf-8", text.encode())
    raise Refused([Problem("no_text", _("This text file cannot be read."))])


def _too_long(kind: object, most: int, unit: str) -> Problem:
    message = _("The file is too large: a %(kind)s may have %(most)s %(unit)s.")
    return Problem("file_too_large", message % {"kind": kind, "most": most, "unit": unit})
