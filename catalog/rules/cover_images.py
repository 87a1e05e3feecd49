"""Pictures of covers: what comes in is read as a picture, made small, and written anew."""

import hashlib
from dataclasses import dataclass
from io import BytesIO
from typing import IO

from PIL import Image, ImageOps, UnidentifiedImageError

from catalog.rules.outside import OutsideProblem

MOST_BYTES = 8 * 1024 * 1024
MOST_PIXELS = 40_000_000  # what an unpacked picture may need: 120 MB of memory
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
HEIGHT, WIDTH = 420, 420
LEAST = 20  # pixels: below that it is a counter or a blank, not a cover
QUALITY = 80
_SMOOTH = ("RGB", "RGBA", "L", "CMYK")  # modes that can be made smaller without jagged edges


@dataclass(frozen=True)
class CoverImage:
    """A cover as it is kept; `version` is made from its content."""

    content: bytes
    media_type: str
    width: int
    height: int
    version: str


def cover_image(file: IO[bytes]) -> CoverImage:
    """The picture in a file, at most 420 pixels high and wide, upright, without whatever else the file held.

    Found out by its content; its name and declared type say nothing. Raises OutsideProblem for what is no picture, and
    for one whose file or whose unpacked size is too large: both are known before it is unpacked.
    """
    content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise _too_large()
    try:
        with Image.open(BytesIO(content), formats=FORMATS) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise _too_large()
            if min(opened.size) < LEAST:
                raise OutsideProblem("no_picture")
            return _written(_small(opened))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_large() from error
    # Broken files meet Pillow in many ways; whatever they do to it, they are no picture.
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, TypeError, IndexError, EOFError) as error:
        raise OutsideProblem("no_picture") from error


def _too_large() -> OutsideProblem:
    return OutsideProblem("picture_too_large", megabytes=MOST_BYTES >> 20, pixels=MOST_PIXELS // 1_000_000)


def _small(opened: Image.Image) -> Image.Image:
    picture = opened if opened.mode in _SMOOTH else opened.convert("RGBA")
    picture.thumbnail((WIDTH, HEIGHT))  # a large JPEG is unpacked smaller at once
    plain = ImageOps.exif_transpose(picture).convert("RGBA")
    paper = Image.new("RGB", plain.size, "white")
    paper.paste(plain, mask=plain.getchannel("A"))
    return paper


def _written(picture: Image.Image) -> CoverImage:
    out = BytesIO()
    picture.save(out, "WEBP", quality=QUALITY, method=4)
    content = out.getvalue()
    version = hashlib.sha256(content).hexdigest()[:16]
    return CoverImage(content, "image/webp", picture.width, picture.height, version)
