"""URLs of the bank of questions."""

from django.urls import path

from activities.views import questions

app_name = "questions"
urlpatterns = [
    path("", questions.bank_page, name="bank"),
    path("new/", questions.new, name="new"),
    path("paste/", questions.paste, name="paste"),
    path("export/", questions.export, name="export"),
    path("print/", questions.printed, name="print"),
    path("<int:question_id>/edit/", questions.edit, name="edit"),
    path("<int:question_id>/retire/", questions.retire, name="retire"),
]
