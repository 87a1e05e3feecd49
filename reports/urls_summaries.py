"""URLs of the semester's summary."""

from django.urls import path

from reports.views import summaries

app_name = "summaries"
urlpatterns = [
    path("", summaries.summary, name="summary"),
    path("word/", summaries.word, name="word"),
    path("<int:semester_id>/<slug:key>/", summaries.section, name="section"),
]
