"""URLs of the classification."""

from django.urls import path

from catalog.views import class_tree, to_classify

app_name = "clc"
urlpatterns = [
    path("", class_tree.tree, name="tree"),
    path("queue/", to_classify.queue, name="queue"),
    path("queue/accept/", to_classify.accept, name="accept"),
    path("queue/undo/", to_classify.take_back, name="take_back"),
    path("find/", class_tree.find, name="find"),
    path("branch/<path:code>/", class_tree.branch, name="branch"),
    path("class/<path:code>/", class_tree.class_page, name="class"),
]
