"""URLs of labels, their paper, numbers before the books come, and signs for the shelves."""

from django.urls import path

from catalog.views import label_numbers, label_stocks, labels, shelf_signs

app_name = "labels"
urlpatterns = [
    path("", labels.labels, name="labels"),
    path("list/", labels.typed_list, name="list"),
    path("printed/", labels.printed, name="printed"),
    path("printed/<int:printing_id>/undo/", labels.undo, name="undo"),
    path("numbers/", label_numbers.numbers, name="numbers"),
    path("paper/", label_stocks.stocks, name="stocks"),
    path("paper/usual/", label_stocks.usual, name="usual_stocks"),
    path("paper/new/", label_stocks.stock, name="stock_new"),
    path("paper/<int:stock_id>/", label_stocks.stock, name="stock"),
    path("paper/<int:stock_id>/remove/", label_stocks.remove, name="stock_away"),
    path("paper/<int:stock_id>/test/", label_stocks.test_frame, name="stock_test"),
    path("paper/<int:stock_id>/page.css", label_stocks.page_css, name="stock_css"),
    path("signs/", shelf_signs.signs, name="signs"),
]
