"""Pictures from phones, scanners and enemies."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image

from catalog.rules.cover_images import MOST_BYTES, cover_image
from catalog.rules.outside import OutsideProblem


def picture(kind="JPEG", size=(900, 1260), mode="RGB", colour=(200, 40, 40), **saved):
    file = BytesIO()
    Image.new(mode, size, colour).save(file, kind, **saved)
    file.seek(0)
    return file


def code_of(file):
    with pytest.raises(OutsideProblem) as refused:
        cover_image(file)
    return refused.value.code


def opened(cover):
    return Image.open(BytesIO(cover.content))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_picture_becomes_a_small_webp(kind):
    cover = cover_image(picture(kind))

    assert (cover.media_type, cover.width, cover.height) == ("image/webp", 300, 420)
    assert (opened(cover).format, opened(cover).size) == ("WEBP", (300, 420))


def test_small_picture_is_not_blown_up():
    assert cover_image(picture(size=(100, 140))).height == 140


def test_wide_picture_is_bounded_too():
    cover = cover_image(picture(size=(4000, 400)))

    assert (cover.width, cover.height) == (420, 42)


def test_place_where_a_photo_was_taken_is_dropped():
    exif = Image.Exif()
    exif[0x010F] = "a phone"
    exif.get_ifd(0x8825)[1] = "N"

    cover = cover_image(picture(exif=exif))

    assert not opened(cover).getexif()
    assert b"a phone" not in cover.content


def test_photo_held_sideways_is_turned_upright():
    exif = Image.Exif()
    exif[0x0112] = 6

    cover = cover_image(picture(size=(1260, 900), exif=exif))

    assert (cover.width, cover.height) == (300, 420)


@pytest.mark.parametrize(("mode", "colour"), [("RGBA", (0, 0, 0, 0)), ("P", 3), ("L", 9), ("1", 1), ("LA", (0, 0))])
def test_every_kind_of_colour_is_read(mode, colour):
    assert cover_image(picture("PNG", mode=mode, colour=colour)).width == 300


def test_clear_picture_stands_on_white():
    cover = cover_image(picture("PNG", mode="RGBA", colour=(0, 0, 0, 0)))

    assert min(opened(cover).convert("RGB").getpixel((5, 5))) > 250


def test_same_picture_has_the_same_version():
    assert cover_image(picture()).version == cover_image(picture()).version
    assert cover_image(picture()).version != cover_image(picture(colour=(1, 1, 1))).version


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no picture",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"%PDF-1.4",
        picture().getvalue()[:2000],
        picture("PNG").getvalue()[:60],
        picture("BMP").getvalue(),
        picture("TIFF").getvalue(),
        picture(size=(1, 1)).getvalue(),
    ],
    ids=["empty", "text", "svg", "pdf", "cut off", "cut off early", "bmp", "tiff", "a counter"],
)
def test_what_is_no_picture_is_refused(content):
    assert code_of(BytesIO(content)) == "no_picture"


def png_header(width, height):
    """A PNG that claims a size and holds nothing."""
    parts = [
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"")),
        (b"IEND", b""),
    ]
    chunks = [
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in parts
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


@pytest.mark.parametrize("size", [(8000, 8000), (12000, 12000), (65000, 65000)])
def test_picture_that_unpacks_without_end_is_refused(size):
    assert code_of(BytesIO(png_header(*size))) == "picture_too_large"


def test_file_that_is_too_large_is_refused():
    assert code_of(BytesIO(b"x" * (MOST_BYTES + 1))) == "picture_too_large"


def test_page_behind_a_picture_is_cut_off():
    """A file that is a picture and something else as well."""
    file = picture()
    file.seek(0, 2)
    file.write(b"<script>alert(1)</script>")
    file.seek(0)

    assert b"script" not in cover_image(file).content
