"""URLs of lists of books to print and to keep."""

from django.urls import path

from catalog.views import book_lists

app_name = "lists"
urlpatterns = [
    path("", book_lists.index, name="index"),
    path("export/", book_lists.export_index, name="export_index"),
    path("shelf/", book_lists.shelf_list, name="shelf_list"),
    path("shelf/export/", book_lists.export_shelf_list, name="export_shelf_list"),
    path("accession/", book_lists.accession_list, name="accession_list"),
    path("accession/export/", book_lists.export_accession_list, name="export_accession_list"),
    path("hits/", book_lists.export_hits, name="export_hits"),
]
