"""URLs of booklists."""

from django.urls import path

from activities.views import booklists

app_name = "booklists"
urlpatterns = [
    path("", booklists.lists, name="lists"),
    path("<int:list_id>/", booklists.book_list, name="list"),
]
