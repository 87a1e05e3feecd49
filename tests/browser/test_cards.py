"""Library cards as they leave the printer: every barcode is read back from the paper."""

import pypdfium2
import pytest
import zxingcpp
from django.urls import reverse

from tests.factories.readers import make_class, make_reader, make_school_year
from tests.factories.site import make_school, make_user

DPI = 300
NUMBERS = [*(f"8{number:07d}" for number in range(1, 41)), "0000012345", "T-2026-017", "20240101A", "ABCDEFGHJKLMNPQR"]


@pytest.fixture
def staff(transactional_db):
    make_school(name="云溪市第一实验小学教育集团东校区附属民族实验学校")
    make_school_year(2026)
    return make_user("librarian")


def test_every_printed_card_can_be_scanned(new_page, staff, tmp_path):
    for number, card in enumerate(NUMBERS):
        make_reader("阿卜杜拉·买买提江·努尔麦麦提" if number % 3 else "", school_class=make_class(), card=card)
    page = new_page(staff)
    page.goto(reverse("readers:print_cards") + f"?school_class={make_class().pk}&start=3")
    page.pdf(path=tmp_path / "cards.pdf", prefer_css_page_size=True, print_background=True)

    document = pypdfium2.PdfDocument(tmp_path / "cards.pdf")
    assert [tuple(round(side) for side in sheet.get_size()) for sheet in document] == [(595, 842)] * 5
    read = []
    for sheet in document:
        image = sheet.render(scale=DPI / 72).to_pil()
        read += [found.text for found in zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormat.Code128)]
    assert sorted(read) == sorted(NUMBERS)


def test_card_has_the_size_of_a_bank_card(new_page, staff):
    make_reader(school_class=make_class(), card="80000001")
    page = new_page(staff)
    page.goto(reverse("readers:print_cards") + f"?school_class={make_class().pk}")
    page.emulate_media(media="print")

    box = page.locator(".reader-card").bounding_box()

    assert (round(box["width"] * 25.4 / 96, 1), round(box["height"] * 25.4 / 96, 1)) == (85.6, 54.0)
