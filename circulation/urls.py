"""The desk's URLs; each act has its own."""

from django.urls import path

from circulation.views import board, desk, duty, modes

app_name = "circulation"
urlpatterns = [
    path("", desk.desk, name="desk"),
    path("scan/", desk.scan, name="scan"),
    path("open/", desk.open_reader, name="open_reader"),
    path("lend/", desk.lend_copy, name="lend"),
    path("renew/", desk.renew_loan, name="renew"),
    path("renew-all/", desk.renew_every, name="renew_all"),
    path("renew-instead/", desk.renew_returned, name="renew_instead"),
    path("undo/", desk.undo, name="undo"),
    path("duty/", duty.duty, name="duty"),
    path("mode/", modes.begin, name="mode"),
    path("mode/longer/", modes.longer, name="mode_longer"),
    path("mode/end/", modes.end, name="mode_end"),
    path("class/", board.my_class, name="my_class"),
    path("class/<int:class_id>/", board.board, name="board"),
    path("class/<int:class_id>/sheet/", board.sheet, name="sheet"),
    path("out/", board.out, name="out"),
    path("out/export/", board.export_out, name="export_out"),
]
