"""URLs of the inspection folder."""

from django.urls import path

from reports.views import inspection

app_name = "inspection"
urlpatterns = [
    path("", inspection.choose, name="choose"),
    path("folder/", inspection.folder, name="folder"),
    path("word/", inspection.word, name="word"),
]
