"""URLs of requests for material."""

from django.urls import path

from activities.views import material, material_desk

app_name = "material"
urlpatterns = [
    path("", material.own, name="own"),
    path("ask/", material.ask, name="ask"),
    path("<int:request_id>/answered/", material.answered, name="answered"),
    path("enter/", material.enter, name="enter"),
    path("list/", material_desk.overview, name="list"),
    path("list/export/", material_desk.export, name="export"),
    path("<int:request_id>/", material_desk.one, name="request"),
    path("<int:request_id>/add/", material_desk.add, name="add"),
    path("items/<int:item_id>/drop/", material_desk.drop, name="drop"),
    path("items/<int:item_id>/note/", material_desk.note, name="note"),
    path("items/<int:item_id>/aside/", material_desk.aside, name="aside"),
    path("items/<int:item_id>/set/", material_desk.class_set, name="class_set"),
]
