"""The picture at the head of an activity's page."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from activities.models import Activity, StoredFile
from activities.operations.files import Upload, delete_files, store_file
from library_site.audit import act
from library_site.models import User
from library_site.shared.problems import Problem, Refused

NO_PICTURE = Problem("no_picture", _("This file is no picture."), field="picture")


def set_picture(
    *, activity_id: int, upload: Upload | None, by: User | None, at: datetime, address: str | None = None
) -> None:
    """Puts a picture at the head, instead of the one before, or takes it away (`upload` None).

    Refused (`Refused`) for a file that is no picture.
    """
    with act("set_activity_picture", by=by, address=address):
        activity = Activity.objects.select_for_update(no_key=True).get(pk=activity_id)
        before = activity.picture_id
        activity.picture = store_file(upload=upload, by=by, at=at) if upload else None
        if activity.picture and activity.picture.kind != StoredFile.Kind.PICTURE:
            raise Refused([NO_PICTURE])
        activity.save(update_fields=["picture"])
        if before:
            delete_files([before])
