"""URLs of booklists: to read, and while they are made."""

from django.urls import path

from activities.views import booklists, list_books, list_import, list_lacking, list_making

app_name = "booklists"
urlpatterns = [
    path("", booklists.lists, name="lists"),
    path("<int:list_id>/", booklists.book_list, name="list"),
    path("manage/", list_making.manage, name="manage"),
    path("new/", list_making.new, name="new"),
    path("import/", list_import.new_lists, name="import"),
    path("<int:list_id>/edit/", list_making.edit, name="edit"),
    path("<int:list_id>/copy/", list_making.copy, name="copy"),
    path("<int:list_id>/review/", list_making.review, name="review"),
    path("<int:list_id>/publish/", list_making.publish, name="publish"),
    path("<int:list_id>/end/", list_making.end, name="end"),
    path("<int:list_id>/delete/", list_making.delete, name="delete"),
    path("<int:list_id>/figures/", list_making.figures, name="figures"),
    path("<int:list_id>/figures/export/", list_making.export_figures, name="export_figures"),
    path("<int:list_id>/import/", list_import.onto_list, name="import_onto"),
    path("<int:list_id>/books/", list_books.books, name="books"),
    path("<int:list_id>/books/find/", list_books.find, name="find"),
    path("<int:list_id>/books/put/", list_books.put, name="put"),
    path("<int:list_id>/books/put-lacking/", list_books.put_lacking, name="put_lacking"),
    path("books/<int:item_id>/change/", list_books.change, name="change"),
    path("books/<int:item_id>/move/", list_books.move, name="move"),
    path("books/<int:item_id>/off/", list_books.off, name="off"),
    path("<int:list_id>/lacking/", list_lacking.lacking, name="lacking"),
    path("<int:list_id>/lacking/export/", list_lacking.export_lacking, name="export_lacking"),
    path("<int:list_id>/lacking/arrived/", list_lacking.arrived, name="arrived"),
    path("<int:list_id>/lacking/choose/", list_lacking.choose, name="choose"),
    path("<int:list_id>/lacking/buy/", list_lacking.buy, name="buy"),
]
