"""URLs of the classification."""

from django.urls import path

from catalog.views import class_tree, reclassing, to_classify

app_name = "clc"
urlpatterns = [
    path("", class_tree.tree, name="tree"),
    path("queue/", to_classify.queue, name="queue"),
    path("queue/accept/", to_classify.accept, name="accept"),
    path("queue/undo/", to_classify.take_back, name="take_back"),
    path("reclass/", reclassing.reclass, name="reclass"),
    path("reclassings/", reclassing.acts, name="reclassings"),
    path("reclassings/<int:reclassing_id>/", reclassing.act, name="reclassing"),
    path("find/", class_tree.find, name="find"),
    path("branch/<path:code>/", class_tree.branch, name="branch"),
    path("class/<path:code>/", class_tree.class_page, name="class"),
]
