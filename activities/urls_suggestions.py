"""URLs of suggestions to buy."""

from django.urls import path

from activities.views import people, suggestion_desk, suggestions

app_name = "suggestions"
urlpatterns = [
    path("", suggestions.own, name="own"),
    path("new/", suggestions.new, name="new"),
    path("check/", suggestions.check, name="check"),
    path("<int:suggestion_id>/back/", suggestions.back_one, name="back"),
    path("slips/", suggestions.slips, name="slips"),
    path("who/", people.who, name="who"),
    path("list/", suggestion_desk.overview, name="list"),
    path("list/mark/", suggestion_desk.mark, name="mark"),
    path("list/export/", suggestion_desk.export, name="export"),
    path("<int:suggestion_id>/", suggestion_desk.suggestion, name="suggestion"),
]
