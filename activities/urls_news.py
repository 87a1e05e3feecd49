"""News of the library."""

from django.urls import path

from activities.views import news

app_name = "news"
urlpatterns = [
    path("", news.news_list, name="list"),
    path("new/", news.new, name="new"),
    path("picture/", news.picture, name="picture"),
    path("<int:news_id>/", news.item, name="item"),
    path("<int:news_id>/edit/", news.edit, name="edit"),
    path("<int:news_id>/remove/", news.remove, name="remove"),
]
