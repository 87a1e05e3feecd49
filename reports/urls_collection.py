"""URLs of the analysis of the collection."""

from django.urls import path

from reports.views.collection import classes, idle, rankings, stock

app_name = "collection"
urlpatterns = [
    path("", classes.overview, name="overview"),
    path("export/", classes.export, name="export"),
    path("class/export/", classes.export_class, name="export_class"),
    path("class/<path:code>/", classes.class_page, name="class"),
    path("stock/", stock.overview, name="stock"),
    path("stock/export/", stock.export, name="export_stock"),
    path("idle/", idle.overview, name="idle"),
    path("idle/export/", idle.export, name="export_idle"),
    path("most-lent/", rankings.lent, name="most_lent"),
    path("most-lent/export/", rankings.export_lent, name="export_most_lent"),
    path("most-wanted/", rankings.wanted, name="most_wanted"),
    path("most-wanted/export/", rankings.export_wanted, name="export_most_wanted"),
    path("many-copies/", rankings.many, name="many_copies"),
    path("many-copies/export/", rankings.export_many, name="export_many_copies"),
]
