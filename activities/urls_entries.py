"""URLs of the works of an activity."""

from django.urls import path

from activities.views import entries, entry_photos, own_entry, work

app_name = "entries"
urlpatterns = [
    path("<int:activity_id>/works/", entries.overview, name="overview"),
    path("<int:activity_id>/works/all/", entries.all_works, name="all"),
    path("<int:activity_id>/works/export/", entries.export, name="export"),
    path("<int:activity_id>/works/of-many/", entries.of_many, name="of_many"),
    path("<int:activity_id>/works/mine/", own_entry.own, name="own"),
    path("<int:activity_id>/works/mine/draft/", own_entry.draft, name="draft"),
    path("<int:activity_id>/works/mine/back/", own_entry.back, name="back"),
    path("<int:activity_id>/works/mine/file/<int:file_id>/", own_entry.own_file, name="own_file"),
    path("<int:activity_id>/works/class/<int:class_id>/", entries.tick, name="tick"),
    path("<int:activity_id>/works/class/<int:class_id>/photos/", entry_photos.photos, name="photos"),
    path("<int:activity_id>/works/class/<int:class_id>/photos/bring/", entry_photos.bring, name="bring"),
    path("<int:activity_id>/works/class/<int:class_id>/photos/name/", entry_photos.name, name="name"),
    path("<int:activity_id>/works/class/<int:class_id>/photos/mend/", entry_photos.mend, name="mend"),
    path("<int:activity_id>/works/<int:number>/", work.work, name="work"),
    path("<int:activity_id>/works/<int:number>/files/", work.files, name="files"),
    path("<int:activity_id>/works/<int:number>/accept/", work.accept, name="accept"),
]
