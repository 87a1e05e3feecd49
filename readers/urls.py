"""URLs of readers and cards."""

from django.urls import path

from readers.views import people

app_name = "readers"
urlpatterns = [
    path("", people.reader_list, name="readers"),
    path("<int:reader_id>/", people.reader_page, name="reader"),
]
