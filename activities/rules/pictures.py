"""Pictures that people bring: read as pictures, turned upright, made smaller, and written anew."""

import hashlib
from dataclasses import dataclass
from io import BytesIO

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

from library_site.shared.problems import Problem, Refused

MOST_BYTES = 8 * 1024 * 1024
MOST_PIXELS = 52_000_000  # a phone's largest photograph; a JPEG of it is unpacked smaller at once
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
LONGEST = 1600
PREVIEW = 360
LEAST = 20  # pixels: below that nobody sees anything
QUALITY, METHOD = 80, 2  # forty photographs come at once: a slower method saves 4 % of their bytes
_SMOOTH = ("RGB", "RGBA", "L", "CMYK")  # modes that can be made smaller without jagged edges


@dataclass(frozen=True)
class Picture:
    """A picture as it is kept, with the small one for lists."""

    content: bytes
    preview: bytes
    width: int
    height: int


def picture(content: bytes) -> Picture:
    """The picture in these bytes, upright, at most 1600 pixels long, without what the camera noted in it.

    Raises Refused for what is no picture, and for one whose file or whose unpacked size is too large: both are known
    before it is unpacked.
    """
    if len(content) > MOST_BYTES:
        raise Refused([_too_large()])
    try:
        with Image.open(BytesIO(content), formats=FORMATS) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise Refused([_too_large()])
            if min(opened.size) < LEAST:
                raise Refused([_no_picture()])
            return _written(_upright(opened))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Refused([_too_large()]) from error
    # Broken files meet Pillow in many ways; whatever they do to it, they are no picture.
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, TypeError, IndexError, EOFError) as error:
        raise Refused([_no_picture()]) from error


def turned(content: bytes) -> Picture:
    """A kept picture a quarter further to the right."""
    with Image.open(BytesIO(content), formats=("WEBP",)) as opened:
        return _written(opened.transpose(Image.Transpose.ROTATE_270))


def version_of(content: bytes) -> str:
    """The beginning of the content's checksum."""
    return hashlib.sha256(content).hexdigest()[:16]


def _upright(opened: Image.Image) -> Image.Image:
    found = opened if opened.mode in _SMOOTH else opened.convert("RGBA")
    found.thumbnail((LONGEST, LONGEST))
    upright = ImageOps.exif_transpose(found).convert("RGBA")
    paper = Image.new("RGB", upright.size, "white")
    paper.paste(upright, mask=upright.getchannel("A"))
    return paper


def _written(large: Image.Image) -> Picture:
    small = large.copy()
    small.thumbnail((PREVIEW, PREVIEW))
    return Picture(_webp(large), _webp(small), large.width, large.height)


def _webp(image: Image.Image) -> bytes:
    out = BytesIO()
    image.save(out, "WEBP", quality=QUALITY, method=METHOD)
    return out.getvalue()


def _no_picture() -> Problem:
    return Problem("no_picture", _("This is no picture that can be read. JPEG, PNG, WebP and GIF can."))


def _too_large() -> Problem:
    text = _("The picture is too large: at most %(megabytes)s MB and %(pixels)s million pixels.")
    values = {"megabytes": MOST_BYTES >> 20, "pixels": MOST_PIXELS // 1_000_000}
    return Problem("picture_too_large", text % values)
