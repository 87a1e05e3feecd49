"""URLs of the classification."""

from django.urls import path

from catalog.views import class_tree

app_name = "clc"
urlpatterns = [
    path("find/", class_tree.find, name="find"),
]
