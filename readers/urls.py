"""URLs of readers and cards."""

from django.urls import path

from readers.views import cards, edit, people, school_class, school_years

app_name = "readers"
urlpatterns = [
    path("", people.reader_list, name="readers"),
    path("export/", people.export_readers, name="export_readers"),
    path("new/", edit.new_reader, name="new_reader"),
    path("<int:reader_id>/", people.reader_page, name="reader"),
    path("<int:reader_id>/edit/", edit.edit_reader, name="edit_reader"),
    path("<int:reader_id>/card/", cards.new_card, name="new_card"),
    path("<int:reader_id>/card/lost/", cards.lost, name="card_lost"),
    path("<int:reader_id>/card/found/", cards.found, name="card_found"),
    path("cards/", cards.cards, name="cards"),
    path("cards/export/", cards.export_cards, name="export_cards"),
    path("cards/issue/", cards.issue, name="issue_cards"),
    path("cards/print/", cards.print_cards, name="print_cards"),
    path("years/", school_years.years, name="years"),
    path("years/<int:start_year>/", school_years.year, name="year"),
    path("grades/", school_years.grades, name="grades"),
    path("classes/<int:class_id>/", school_class.school_class, name="school_class"),
    path("<int:reader_id>/move/", school_class.move, name="move"),
]
