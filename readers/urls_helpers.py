"""URLs of student helpers and their duty."""

from django.urls import path

from readers.views.helpers import appointments, commendation, options, roster, service, training

app_name = "helpers"
urlpatterns = [
    path("", appointments.overview, name="overview"),
    path("export/", appointments.export, name="export"),
    path("appoint/", appointments.choose, name="choose"),
    path("appoint/again/", appointments.again, name="again"),
    path("appoint/release/", appointments.release, name="release"),
    path("appoint/<int:appointment_id>/end/", appointments.end, name="end"),
    path("proposals/", appointments.proposals, name="proposals"),
    path("training/", training.training, name="training"),
    path("training/tick/", training.tick, name="tick"),
    path("training/items/new/", training.item, name="item_new"),
    path("training/items/usual/", training.preset, name="preset_items"),
    path("training/items/<int:item_id>/", training.item, name="item"),
    path("roster/", roster.roster, name="roster"),
    path("roster/add/", roster.add, name="add"),
    path("roster/<int:duty_id>/remove/", roster.remove, name="remove"),
    path("roster/swap/", roster.swap, name="swap"),
    path("roster/wall/", roster.wall, name="wall"),
    path("periods/new/", options.period, name="period_new"),
    path("periods/usual/", options.preset_periods, name="preset_periods"),
    path("periods/<int:period_id>/", options.period, name="period"),
    path("periods/<int:period_id>/remove/", options.period_away, name="period_away"),
    path("service/", service.service, name="service"),
    path("service/clock/", service.clock, name="clock"),
    path("service/add/", service.add, name="service_add"),
    path("service/<int:shift_id>/remove/", service.remove, name="service_remove"),
    path("own/", service.own, name="own"),
    path("commendation/", commendation.commendation, name="commendation"),
    path("commendation/<int:appointment_id>/", commendation.choose, name="commend"),
    path("commendation/certificates/", commendation.certificates, name="certificates"),
    path("options/", options.options, name="options"),
]
