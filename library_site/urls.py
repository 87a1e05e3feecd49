"""All URLs; each name stands in `library_site.access`."""

from django.urls import include, path
from django.views.i18n import set_language

from library_site.setup.views import first_start
from library_site.views import account, audit, backups, home, import_choices, options, roles, style
from library_site.views import imports as import_views
from readers.views import accounts, self_service

import_urls = [
    path("", import_views.overview, name="overview"),
    path("new/<str:kind>/", import_views.upload, name="upload"),
    path("<int:run_id>/", import_views.run_page, name="run"),
    path("<int:run_id>/columns/", import_views.columns, name="columns"),
    path("<int:run_id>/progress/", import_views.progress, name="progress"),
    path("<int:run_id>/choose/", import_choices.choose, name="choose"),
    path("<int:run_id>/apply/", import_views.apply, name="apply"),
    path("<int:run_id>/retry/", import_views.retry, name="retry"),
    path("<int:run_id>/discard/", import_views.discard, name="discard"),
    path("<int:run_id>/bad-rows/", import_views.bad_rows, name="bad_rows"),
]

backup_urls = [
    path("", backups.overview, name="overview"),
    path("make/", backups.make, name="make"),
    path("progress/", backups.progress, name="progress"),
    path("upload/", backups.upload, name="upload"),
    path("restoring/", backups.restoring, name="restoring"),
    path("restoring/state/", backups.restoring_state, name="restoring_state"),
    path("file/<str:name>/", backups.backup, name="backup"),
    path("file/<str:name>/check/", backups.check, name="check"),
    path("file/<str:name>/download/", backups.download, name="download"),
    path("file/<str:name>/restore/", backups.restore, name="restore"),
]

account_urls = [
    path("", accounts.account_list, name="accounts"),
    path("export/", accounts.export, name="export"),
    path("new/", accounts.new, name="new"),
    path("<int:account_id>/", accounts.account, name="account"),
    path("<int:account_id>/reset/", accounts.reset, name="reset"),
    path("reader/<int:reader_id>/", accounts.for_reader, name="for_reader"),
    path("classes/", accounts.classes, name="classes"),
    path("self-service/", self_service.self_service, name="self_service"),
    path("classes/<int:class_id>/", accounts.class_codes, name="class_codes"),
    path("roles/", roles.roles, name="roles"),
]

urlpatterns = [
    path("", home.home, name="home"),
    path("login/", account.login, name="login"),
    path("logout/", account.logout, name="logout"),
    path("audit/", audit.audit, name="audit"),
    path("audit/export/", audit.export, name="export_audit"),
    path("account/password/", account.password, name="password"),
    path("settings/school/", options.options, name="options"),
    path("account/first-password/", account.first_password, name="first_password"),
    path("language/", set_language, name="set_language"),
    path("lists/", include("catalog.urls_lists")),
    path("settings/places/", include("catalog.urls_places")),
    path("settings/", home.settings_page, name="settings"),
    path("accounts/", include((account_urls, "accounts"))),
    path("backups/", include((backup_urls, "backups"))),
    path("imports/", include((import_urls, "imports"))),
    path("desk/", include("circulation.urls")),
    path("day/", include("circulation.urls_day")),
    path("my/", include("circulation.urls_own")),
    path("lending/", include("circulation.urls_lending")),
    path("overdue/", include("circulation.urls_overdue")),
    path("in-room/", include("circulation.urls_in_room")),
    path("reservations/", include("circulation.urls_reservations")),
    path("class-boxes/", include("circulation.urls_boxes")),
    path("blocks/", include("circulation.urls_blocks")),
    path("settings/loan-rules/", include("circulation.urls_loan_rules")),
    path("charges/", include("circulation.urls_charges")),
    path("settings/calendar/", include("circulation.urls_calendar")),
    path("timetable/", include("circulation.urls_timetable")),
    path("visits/", include("circulation.urls_visits")),
    path("leaving/", include("circulation.leaving_urls")),
    path("start/", first_start, name="first_start"),
    path("style/", style.style, name="style"),
    path("", include("catalog.urls")),
    path("records/", include("catalog.urls_records")),
    path("fast-lane/", include("catalog.urls_fast_lane")),
    path("copies/", include("catalog.urls_copies")),
    path("batches/", include("catalog.urls_batches")),
    path("labels/", include("catalog.urls_labels")),
    path("covers/", include("catalog.urls_covers")),
    path("sru/", include("catalog.urls_sru")),
    path("marc/", include("catalog.urls_marc")),
    path("clc/", include("catalog.urls_clc")),
    path("", include("circulation.urls_privacy")),
    path("readers/", include("readers.urls")),
    path("helpers/", include("readers.urls_helpers")),
    path("people/", include("readers.urls_people")),
    path("reports/plans/", include("reports.urls_plans")),
    path("reports/worklog/", include("reports.urls_worklog")),
    path("reports/standards/", include("reports.urls_standards")),
    path("reports/room-care/", include("reports.urls_care")),
    path("reports/collection/", include("reports.urls_collection")),
    path("reports/summaries/", include("reports.urls_summaries")),
    path("reports/inspection/", include("reports.urls_inspection")),
    path("reports/", include("reports.urls")),
    path("reports/semester/", include("reports.urls_semester")),
    path("reports/goals/", include("reports.urls_goals")),
    path("reports/classes/", include("reports.urls_classes")),
    path("reports/records/", include("reports.urls_records")),
]
