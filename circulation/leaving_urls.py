"""URLs of leaving: a grade, one pupil, the sheets for it, and taking back."""

from django.urls import path

from circulation.views import leaving

app_name = "leaving"
urlpatterns = [
    path("", leaving.overview, name="overview"),
    path("reader/<int:reader_id>/", leaving.reader, name="reader"),
    path("undo/<int:turn_id>/", leaving.undo, name="undo"),
    path("<str:stage>/<int:entry_year>/", leaving.grade, name="grade"),
    path("<str:stage>/<int:entry_year>/sheets/", leaving.sheets, name="sheets"),
    path("<str:stage>/<int:entry_year>/slips/", leaving.slips, name="slips"),
]
