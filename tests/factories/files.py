"""Pictures and files as people bring them."""

import itertools
from datetime import UTC, datetime
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from activities.models import StoredFile
from activities.operations.files import store_file
from library_site.models import User

AT = datetime(2026, 10, 12, 4, 0, tzinfo=UTC)
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
_numbers = itertools.count(1)


def picture_bytes(size: tuple[int, int] = (80, 60), *, form: str = "JPEG", **options: object) -> bytes:
    """A picture, each of another colour."""
    number = next(_numbers)
    out = BytesIO()
    Image.new("RGB", size, (number * 37 % 256, number * 91 % 256, 120)).save(out, form, **options)
    return out.getvalue()


def upload(content: bytes | None = None, name: str = "photo.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, picture_bytes() if content is None else content)


def make_file(by: User | None = None, content: bytes | None = None, name: str = "photo.jpg") -> StoredFile:
    """A stored file, a picture if nothing else is given; it belongs to nothing yet."""
    return store_file(upload=upload(content, name), by=by, at=AT)
