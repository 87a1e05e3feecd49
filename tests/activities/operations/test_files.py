"""Files kept, turned and deleted."""

import pytest

from activities.models import FileBytes, StoredFile
from activities.operations.files import delete_files, store_file, turn_picture
from activities.rules.files import MOST_PDF_BYTES
from library_site.shared.problems import Refused
from tests.factories.files import AT, PDF, make_file, picture_bytes, upload
from tests.factories.site import make_user

pytestmark = pytest.mark.django_db


def test_store_file_keeps_what_is_known_apart_from_the_bytes():
    by = make_user("teacher")

    stored = store_file(upload=upload(picture_bytes((80, 60)), "征文/1.jpg"), by=by, at=AT)

    kept = FileBytes.objects.get(pk=stored.pk)
    assert (stored.name, stored.kind, stored.width, stored.height) == ("1.jpg", "picture", 80, 60)
    assert (stored.by, stored.added_at, stored.size) == (by, AT, len(kept.content))
    assert kept.preview


def test_store_file_refused_leaves_nothing_behind():
    with pytest.raises(Refused):
        store_file(upload=upload(b"%PDF-" + b"0" * MOST_PDF_BYTES, "a.pdf"), by=None, at=AT)

    assert not StoredFile.objects.exists()


def test_pdf_has_no_small_picture():
    assert FileBytes.objects.get(pk=make_file(content=PDF, name="a.pdf").pk).preview is None


def test_turn_picture_changes_its_address():
    stored = make_file(content=picture_bytes((80, 60)))

    turned = turn_picture(file_id=stored.pk)

    assert (turned.width, turned.height) == (60, 80)
    assert turned.version != stored.version


def test_delete_files_takes_the_bytes_along():
    gone, stays = make_file(), make_file()

    delete_files([gone.pk])

    assert list(StoredFile.objects.values_list("pk", flat=True)) == [stays.pk]
    assert list(FileBytes.objects.values_list("pk", flat=True)) == [stays.pk]
