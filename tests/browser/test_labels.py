"""Labels as they leave the printer: every barcode is read back from the paper, and measured on it."""

import ctypes

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
import zxingcpp
from django.urls import reverse

from catalog.models import LabelStock, Shelf
from catalog.operations.label_stock import load_stocks
from catalog.rules.labels.paper import boxes
from tests.factories.catalog import make_copy, make_location, make_title
from tests.factories.labels import make_stock
from tests.factories.site import make_school, make_user

DPI = 300
MM = 72 / 25.4
BY_LENGTH = {
    4: "0042", 5: "A0099", 6: "TS0123", 7: "1234567", 8: "00000001", 9: "D04039412", 10: "4901234567",
    11: "ABCDEFGHJKL", 12: "978712345678", 13: "9787020008735", 14: "TS-2026-000179",
}  # fmt: skip
# Not Code39: that reads some six-digit numbers as Italian Code 32, which scanners have switched off.
FORMATS = {"code128": zxingcpp.BarcodeFormat.Code128, "code39": zxingcpp.BarcodeFormat.Code39Std}


@pytest.fixture
def staff(transactional_db):
    make_school(name="东风镇第一中心小学")
    return make_user("librarian")


def printed(page, path):
    page.pdf(path=path, prefer_css_page_size=True, print_background=True)
    return pypdfium2.PdfDocument(path)


def decoded(document, symbology):
    """All barcodes of a document, page by page, as a scanner reads them at 300 dpi."""
    images = [sheet.render(scale=DPI / 72).to_pil() for sheet in document]
    return [zxingcpp.read_barcodes(image, formats=FORMATS[symbology]) for image in images]


def size_in_mm(sheet):
    return tuple(side / MM for side in sheet.get_size())


def is_stroked(part):
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(part, fill, stroke)
    return bool(stroke.value)


def frames(sheet):
    """Left, top, width and height in mm of the rectangles drawn as outlines."""
    high = sheet.get_height()
    found = []
    for part in sheet.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH]):
        left, bottom, right, top = part.get_bounds()
        if is_stroked(part) and right - left > 15 * MM and top - bottom > 15 * MM:
            found.append((left / MM, (high - top) / MM, (right - left) / MM, (top - bottom) / MM))
    return found


PAPERS = [
    ("A4 3 × 8（70 × 37 mm）", "barcode", "code128", 14, 2),
    ("A4 3 × 8（70 × 37 mm）", "barcode", "code39", 13, 2),
    ("A4 3 × 8（70 × 37 mm）", "both", "code128", 14, 2),
    ("A4 5 × 13（38.1 × 21.2 mm）", "barcode", "code128", 9, 1),
    ("A4 4 × 10（52.5 × 29.7 mm）", "barcode", "code39", 10, 1),
    ("A4 2 × 7（99.1 × 38.1 mm）", "both", "code39", 12, 3),
    ("卷纸 单排 50 × 30 mm", "barcode", "code128", 14, 30),
    ("卷纸 单排 60 × 40 mm", "both", "code128", 8, 30),
    ("卷纸 三排 30 × 20 mm", "barcode", "code128", 8, 10),
]


@pytest.mark.parametrize(("paper", "kind", "symbology", "longest", "pages"), PAPERS)
def test_every_printed_label_can_be_scanned(new_page, staff, tmp_path, paper, kind, symbology, longest, pages):
    stock = make_stock(paper)
    barcodes = [text for length, text in BY_LENGTH.items() if length <= longest]
    barcodes += [f"{number:06d}" for number in range(1, 31 - len(barcodes))]
    title = make_title("十万个为什么·插图本第六版", clc_number="Z228.1", book_number="12", main_class="Z")
    for barcode in barcodes:
        make_copy(barcode, title=title)
    page = new_page(staff)
    asked = {"first": "0", "last": "ZZ", "stock": stock.pk, "kind": kind, "code": symbology}
    page.goto(reverse("labels:labels", query=asked))

    document = printed(page, tmp_path / "labels.pdf")
    assert [size_in_mm(sheet) for sheet in document] == [
        pytest.approx((float(stock.page_width), float(stock.page_height)), abs=0.3)
    ] * pages
    found = [code.text for codes in decoded(document, symbology) for code in codes]
    assert sorted(found) == sorted(barcodes)


def test_label_begins_where_the_sheet_is_still_whole(new_page, staff, tmp_path):
    stock = make_stock()
    make_copy("00000001")
    page = new_page(staff)
    page.goto(reverse("labels:labels", query={"first": "00000001", "start": 23, "stock": stock.pk}))

    (codes,) = decoded(printed(page, tmp_path / "labels.pdf"), "code128")
    place = boxes(stock)[22]
    corners = [codes[0].position.top_left, codes[0].position.bottom_right]
    across = [corner.x / DPI * 25.4 for corner in corners]
    down = [corner.y / DPI * 25.4 for corner in corners]
    assert place.x <= across[0] < across[1] <= place.x + place.width
    assert place.y <= down[0] <= down[1] <= place.y + place.height
    assert sum(across) / 2 == pytest.approx(place.x + place.width / 2, abs=0.5)


def test_labels_lie_where_the_paper_has_them(new_page, staff, tmp_path):
    load_stocks()
    make_stock("A4 3 × 7（63.5 × 38.1 mm）", nudge_right=0.7, nudge_down=-1.3)
    page = new_page(staff)
    measured = 0
    for stock in LabelStock.objects.order_by("pk"):
        page.goto(reverse("labels:stock_test", args=[stock.pk]))
        document = printed(page, tmp_path / f"{stock.pk}.pdf")
        assert len(document) == 1
        drawn = sorted(frames(document[0]), key=lambda frame: (round(frame[1]), frame[0]))
        wanted = [(box.x, box.y, box.width, box.height) for box in boxes(stock)]
        assert len(drawn) == len(wanted)
        for frame, box in zip(drawn, wanted, strict=True):
            assert frame == pytest.approx(box, abs=0.3)
            measured += 1
    assert measured > 200


def test_numbers_are_drawn_printed_and_marked_by_keyboard(new_page, staff, tmp_path):
    make_stock()
    page = new_page(staff)
    page.goto(reverse("labels:numbers"))
    page.get_by_label("取多少个号").fill("3")
    page.keyboard.press("Enter")
    page.wait_for_url("**/labels/?**")

    codes = decoded(printed(page, tmp_path / "numbers.pdf"), "code128")[0]
    assert sorted(code.text for code in codes) == ["00000001", "00000002", "00000003"]


def test_list_is_scanned_shown_marked_and_taken_back(new_page, staff):
    make_stock()
    title = make_title("草房子", clc_number="I287.45", book_number="3", main_class="I")
    for barcode in ("00000001", "00000002"):
        make_copy(barcode, title=title)
    page = new_page(staff)
    page.goto(reverse("labels:labels", query={"what": "list"}))
    page.locator("textarea").press_sequentially("00000002\n00000001\n")
    page.get_by_role("button", name="显示这些标签").click()
    assert page.locator(".label-number").all_text_contents() == ["00000002", "00000001"]

    page.get_by_role("button", name="第 1 至 2 张已打印").click()
    page.get_by_text("已将 2 张标签记为已打印").wait_for()
    page.get_by_text("条码标签 0 张").wait_for()
    page.get_by_role("button", name="撤回").click()
    page.get_by_text("条码标签 2 张").wait_for()


@pytest.mark.parametrize(("size", "width", "height"), [("a4", 297, 210), ("a5", 210, 148)])
def test_each_sign_is_one_page(new_page, staff, tmp_path, size, width, height):
    place = make_location()
    for name, begins in (("1架", "I24"), ("2架", "I28"), ("3架", "K")):
        Shelf.objects.create(location=place, name=name, begins_with=begins)
    make_copy(title=make_title(clc_number="I247.5", main_class="I"))
    page = new_page(staff)
    page.goto(reverse("labels:signs", query={"what": "shelves", "place": place.pk, "size": size}))

    document = printed(page, tmp_path / "signs.pdf")
    assert [size_in_mm(sheet) for sheet in document] == [pytest.approx((width, height), abs=0.3)] * 3
