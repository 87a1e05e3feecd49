"""Labels as they leave the printer: every barcode is read back from the paper."""

import pypdfium2
import pytest
import zxingcpp
from django.urls import reverse

from tests.factories.catalog import make_copy, make_title
from tests.factories.site import make_school, make_user

DPI = 300
BARCODES = [*(f"{number:08d}" for number in range(1, 25)), "B0000123", "TS-2026-00017", "4901234567", "ABCDEFGHJKLMNP"]


@pytest.fixture
def staff(transactional_db):
    make_school()
    return make_user("librarian")


def test_every_printed_label_can_be_scanned(new_page, staff, tmp_path):
    title = make_title("十万个为什么·少年儿童出版社插图本第六版", clc_number="Z228.1", book_number="12")
    for barcode in BARCODES:
        make_copy(barcode, title=title)
    page = new_page(staff)
    page.goto(reverse("catalog:labels") + "?first=0&last=ZZ&start=4")
    page.pdf(path=tmp_path / "labels.pdf", prefer_css_page_size=True, print_background=True)

    document = pypdfium2.PdfDocument(tmp_path / "labels.pdf")
    assert [tuple(round(side) for side in sheet.get_size()) for sheet in document] == [(595, 842)] * 2
    read = []
    for sheet in document:
        image = sheet.render(scale=DPI / 72).to_pil()
        read += [found.text for found in zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormat.Code128)]
    assert sorted(read) == sorted(BARCODES)
