"""URLs of the message board."""

from django.urls import path

from activities.views import board

app_name = "board"
urlpatterns = [
    path("", board.board, name="board"),
    path("write/", board.write, name="write"),
    path("<int:message_id>/take-back/", board.take_back_one, name="take_back"),
    path("slips/", board.slips, name="slips"),
    path("list/", board.overview, name="list"),
    path("<int:message_id>/answer/", board.answer, name="answer"),
]
