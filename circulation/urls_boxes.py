"""URLs of class boxes and book corners."""

from django.urls import path

from circulation.views import box_scans, boxes, corner_sheets, corners, own_books

app_name = "boxes"
urlpatterns = [
    path("", boxes.overview, name="boxes"),
    path("new/", boxes.new, name="new"),
    path("swap/", boxes.swap, name="swap"),
    path("rotate/", boxes.rotate, name="rotate"),
    path("contents/", boxes.contents, name="contents"),
    path("pile/", boxes.pile, name="pile"),
    path("scan/", box_scans.scan, name="scan"),
    path("put-in/", box_scans.put, name="put_in"),
    path("undo/", box_scans.undo, name="undo"),
    path("<int:box_id>/", box_scans.box, name="box"),
    path("<int:box_id>/edit/", boxes.edit, name="edit"),
    path("<int:box_id>/place/", boxes.place, name="place"),
    path("<int:box_id>/end/", boxes.end, name="end"),
    path("<int:box_id>/due/", boxes.due, name="due"),
    path("<int:box_id>/history/", boxes.history, name="history"),
    path("corner/", corners.my_corner, name="my_corner"),
    path("corner/scan/", corners.scan, name="corner_scan"),
    path("corner/open/", corners.open_pupil, name="corner_open"),
    path("corner/lend/", corners.lend, name="corner_lend"),
    path("corner/undo/", corners.undo, name="corner_undo"),
    path("corner/<int:class_id>/", corners.corner_page, name="corner"),
    path("corner/<int:class_id>/sheet/", corner_sheets.sheet, name="sheet"),
    path("corner/<int:class_id>/key-in/", corner_sheets.key_in_sheet, name="key_in"),
    path("corner/<int:class_id>/own/", own_books.own_books, name="own_books"),
    path("own/<int:book_id>/back/", own_books.back, name="own_book_back"),
]
