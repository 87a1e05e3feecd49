"""URLs of the classification."""

from django.urls import path

from catalog.views import class_tree

app_name = "clc"
urlpatterns = [
    path("", class_tree.tree, name="tree"),
    path("find/", class_tree.find, name="find"),
    path("branch/<path:code>/", class_tree.branch, name="branch"),
    path("class/<path:code>/", class_tree.class_page, name="class"),
]
