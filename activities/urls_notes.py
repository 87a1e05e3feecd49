"""URLs of reading notes; each name stands in `library_site.access`."""

from django.urls import path

from activities.views import best_notes, card_photos, cards, marking, note_classes, own_notes

app_name = "notes"
urlpatterns = [
    path("", own_notes.mine, name="mine"),
    path("new/", own_notes.new, name="new"),
    path("save/", own_notes.autosave, name="autosave"),
    path("<int:note_id>/", own_notes.note, name="note"),
    path("<int:note_id>/edit/", own_notes.edit, name="edit"),
    path("<int:note_id>/drop/", own_notes.drop, name="drop"),
    path("<int:note_id>/pictures/<int:file_id>/drop/", own_notes.drop_picture, name="drop_picture"),
    path("<int:note_id>/mark/", marking.mark, name="mark"),
    path("<int:note_id>/show/", marking.show, name="show"),
    path("wall/", marking.moderation, name="moderation"),
    path("best/", best_notes.best, name="best"),
    path("counts/", note_classes.counts, name="counts"),
    path("counts/export/", note_classes.export_counts, name="export_counts"),
    path("teachers/", note_classes.teachers, name="teachers"),
    path("teachers/export/", note_classes.export_teachers, name="export_teachers"),
    path("classes/", note_classes.classes, name="classes"),
    path("classes/<int:class_id>/", note_classes.of_class, name="of_class"),
    path("classes/<int:class_id>/export/", note_classes.export_class, name="export_class"),
    path("classes/<int:class_id>/mark/", marking.stack, name="stack"),
    path("classes/<int:class_id>/cards/", cards.cards, name="cards"),
    path("classes/<int:class_id>/cards/enter/", cards.enter, name="enter"),
    path("classes/<int:class_id>/cards/take-back/", cards.take_back, name="take_back"),
    path("classes/<int:class_id>/photos/", card_photos.photos, name="photos"),
    path("classes/<int:class_id>/photos/<int:note_id>/tie/", card_photos.tie, name="tie"),
    path("classes/<int:class_id>/photos/<int:note_id>/turn/", card_photos.turn, name="turn"),
    path("classes/<int:class_id>/photos/<int:note_id>/drop/", card_photos.drop, name="drop_photo"),
]
