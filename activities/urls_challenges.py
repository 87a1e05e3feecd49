"""URLs of reading challenges."""

from django.urls import path

from activities.views import challenge_edit, challenges

app_name = "challenges"
urlpatterns = [
    path("", challenges.challenge_list, name="list"),
    path("new/", challenge_edit.new, name="new"),
    path("<int:challenge_id>/", challenges.challenge, name="challenge"),
    path("<int:challenge_id>/edit/", challenge_edit.edit, name="edit"),
    path("<int:challenge_id>/show/", challenge_edit.show, name="show"),
    path("<int:challenge_id>/remove/", challenge_edit.drop, name="drop"),
    path("<int:challenge_id>/classes/<int:class_id>/", challenges.of_class, name="class"),
    path("<int:challenge_id>/classes/<int:class_id>/sheet/", challenges.sheet, name="sheet"),
]
