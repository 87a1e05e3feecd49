"""URLs of surveys."""

from django.urls import path

from activities.views import survey_desk, surveys

app_name = "surveys"
urlpatterns = [
    path("", surveys.mine, name="mine"),
    path("<int:survey_id>/answer/", surveys.answer, name="answer"),
    path("<int:survey_id>/told/", surveys.told, name="told"),
    path("list/", survey_desk.overview, name="list"),
    path("new/", survey_desk.edit, name="new"),
    path("<int:survey_id>/", survey_desk.survey, name="survey"),
    path("<int:survey_id>/edit/", survey_desk.edit, name="edit"),
    path("<int:survey_id>/question/", survey_desk.add_question, name="question"),
    path("<int:survey_id>/change/<slug:act>/", survey_desk.change, name="change"),
    path("<int:survey_id>/paper/", survey_desk.paper, name="paper"),
    path("<int:survey_id>/paper/back/", survey_desk.paper_back, name="paper_back"),
    path("<int:survey_id>/sheet/", survey_desk.sheet, name="sheet"),
    path("<int:survey_id>/export/", survey_desk.export, name="export"),
]
