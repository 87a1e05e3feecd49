"""What is taken in as a file: found out from its content."""

from io import BytesIO

import pytest
from PIL import Image

from activities.rules.files import MOST_PDF_BYTES, MOST_TEXT_BYTES, clean_name, incoming
from activities.rules.pictures import MOST_BYTES, picture, turned, version_of
from library_site.shared.problems import Refused
from tests.factories.files import PDF, picture_bytes

ORIENTATION, MAKE = 0x0112, 0x010F


def refusal(content: bytes, name: str = "a.jpg") -> str:
    with pytest.raises(Refused) as refused:
        incoming(content, name)
    return refused.value.problems[0].code


def opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF"])
def test_picture_is_written_anew(form):
    found = incoming(picture_bytes((800, 400), form=form), "作品.jpg")

    assert (found.kind, found.media_type, found.width, found.height) == ("picture", "image/webp", 800, 400)
    assert opened(found.content).format == opened(found.preview).format == "WEBP"


def test_large_picture_is_made_smaller_and_has_a_small_one():
    found = picture(picture_bytes((4000, 3000)))

    assert (found.width, found.height) == (1600, 1200)
    assert opened(found.preview).size == (360, 270)


def test_picture_is_turned_upright_and_what_the_camera_noted_is_gone():
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKE] = 6, "Camera of a family"
    found = picture(picture_bytes((80, 60), exif=exif.tobytes()))

    assert (found.width, found.height) == (60, 80)
    assert not opened(found.content).getexif()
    assert b"Camera" not in found.content


def test_see_through_parts_become_white_paper():
    out = BytesIO()
    Image.new("RGBA", (40, 40), (0, 0, 0, 0)).save(out, "PNG")

    assert opened(picture(out.getvalue()).content).convert("RGB").getpixel((20, 20)) == (255, 255, 255)


def test_turned_picture_lies_a_quarter_to_the_right():
    out = BytesIO()
    half = Image.new("RGB", (80, 40), "white")
    half.paste("black", (0, 0, 40, 40))
    half.save(out, "PNG")

    found = opened(turned(picture(out.getvalue()).content).content).convert("L")

    assert found.size == (40, 80)
    assert found.getpixel((20, 10)) < 60 and found.getpixel((20, 70)) > 200


@pytest.mark.parametrize(
    "content", [b"\x7fELF\x00", b"MZ\x90\x00" * 9, b"<svg/>", b"<html>", b"\xff\xd8\xff\xe0 broken", b"PK\x03\x04"]
)
def test_what_is_no_picture_is_refused_whatever_its_name(content):
    assert refusal(content) == "no_picture"


def test_half_a_picture_is_refused():
    whole = picture_bytes((900, 900), form="PNG")

    assert refusal(whole[: len(whole) // 2]) == "no_picture"


def test_picture_of_too_many_pixels_is_refused_before_it_is_unpacked():
    out = BytesIO()
    Image.new("1", (9000, 9000)).save(out, "PNG")

    assert refusal(out.getvalue()) == "picture_too_large"


def test_picture_that_is_a_dot_is_refused():
    assert refusal(picture_bytes((1, 1))) == "no_picture"


def test_file_that_is_too_large_is_refused():
    assert refusal(b"\xff\xd8" + b"0" * MOST_BYTES) == "picture_too_large"
    assert refusal(b"%PDF-1.7" + b"0" * MOST_PDF_BYTES, "a.pdf") == "file_too_large"
    assert refusal(b"a" * (MOST_TEXT_BYTES + 1), "a.txt") == "file_too_large"


def test_empty_file_is_refused():
    assert refusal(b"") == "empty_file"


def test_pdf_is_known_by_its_beginning():
    assert incoming(PDF, "征文.jpg").kind == "pdf"
    assert refusal(b"junk" + PDF, "征文.pdf") == "no_picture"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_text_is_kept_as_utf_8(encoding):
    found = incoming("我最爱的一本书".encode(encoding), "征文.TXT")

    assert (found.kind, found.content.decode()) == ("text", "我最爱的一本书")


def test_text_file_that_is_no_text_is_refused():
    assert refusal(b"\x00\x01\x02", "a.txt") == "no_text"


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\work\\a.jpg", "a.jpg"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie x.pdf"),
        ('a"b.pdf', "ab.pdf"),
        ("", "file"),
        ("...", "file"),
        ("张三丰 征文.pdf", "张三丰 征文.pdf"),
    ],
)
def test_name_is_a_word_and_never_a_place(name, kept):
    assert clean_name(name) == kept


def test_version_goes_by_the_content():
    assert version_of(b"a") != version_of(b"b")
    assert len(version_of(b"a")) == 16
