"""URLs of reservations: the pick-up shelf, the queues, class sets."""

from django.urls import path

from circulation.views import class_sets, pickup, reservations

app_name = "reservations"
urlpatterns = [
    path("", pickup.shelf, name="shelf"),
    path("set-aside/", pickup.set_aside_copy, name="set_aside"),
    path("fetched/", pickup.fetched, name="fetched"),
    path("by-class/", pickup.by_class, name="by_class"),
    path("slips/", pickup.slips, name="slips"),
    path("waiting/", reservations.waiting, name="waiting"),
    path("titles/<int:title_id>/", reservations.queue, name="queue"),
    path("titles/<int:title_id>/reserve/", reservations.reserve, name="reserve"),
    path("<int:reservation_id>/slip/", pickup.slip, name="slip"),
    path("<int:reservation_id>/cancel/", reservations.cancel_turn, name="cancel"),
    path("<int:reservation_id>/done/", pickup.done, name="done"),
    path("sets/", class_sets.sets, name="sets"),
    path("sets/new/<int:title_id>/", class_sets.new, name="set_new"),
    path("sets/<int:set_id>/", class_sets.class_set, name="set"),
    path("sets/<int:set_id>/lend/", class_sets.lend, name="set_lend"),
    path("sets/<int:set_id>/end/", class_sets.end, name="set_end"),
]
