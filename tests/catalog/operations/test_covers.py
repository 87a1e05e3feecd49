"""Covers kept, fetched and removed; fetching asks a real server on this machine."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO

import pytest
from PIL import Image

from catalog.models import Cover, MarcRecord
from catalog.operations.covers import cover_from_record, remove_cover, upload_cover
from catalog.queries.web import anywhere
from catalog.rules.outside import OutsideProblem
from tests.factories.catalog import make_cover, make_title
from tests.factories.site import make_user

pytestmark = pytest.mark.django_db(transaction=True)


def picture(colour=(10, 90, 60)):
    file = BytesIO()
    Image.new("RGB", (600, 840), colour).save(file, "JPEG")
    file.seek(0)
    return file


class Pictures(BaseHTTPRequestHandler):
    def do_GET(self):
        is_picture = self.path.endswith(".jpg")
        self.send_response(200)
        self.end_headers()
        self.wfile.write(picture().getvalue() if is_picture else b"<html>")

    def log_message(self, *_args):
        pass


@pytest.fixture
def server():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pictures)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


def recorded(*addresses):
    """A title whose record links to these addresses as its cover."""
    title = make_title()
    fields = [["856", "42", [["3", "Cover"], ["u", address]]] for address in addresses]
    MarcRecord.objects.create(title=title, format="marc21", leader="", fields=fields)
    return title


def test_upload_is_kept_small_with_a_version_of_its_own():
    title = make_title()

    first = upload_cover(title_id=title.pk, file=picture(), by=make_user())
    second = upload_cover(title_id=title.pk, file=picture((1, 2, 3)), by=make_user())

    kept = Cover.objects.get()
    assert (kept.width, kept.height, kept.origin) == (300, 420, "upload")
    assert kept.version == second.version != first.version


def test_file_that_is_no_picture_leaves_the_old_cover():
    cover = make_cover()

    with pytest.raises(OutsideProblem):
        upload_cover(title_id=cover.pk, file=BytesIO(b"no"), by=make_user())

    assert bytes(Cover.objects.get().image) == b"picture"


def test_cover_is_taken_from_the_record(server):
    title = recorded(f"{server}/page.html", f"{server}/cover.jpg")

    cover = cover_from_record(title_id=title.pk, by=make_user(), allowed=anywhere)

    assert (cover.origin, cover.height) == ("record", 420)


@pytest.mark.parametrize("path", ["{server}/cover.jpg", "file:///etc/hostname"])
def test_record_cannot_make_us_ask_the_own_network(server, path):
    title = recorded(path.format(server=server))

    with pytest.raises(OutsideProblem) as refused:
        cover_from_record(title_id=title.pk, by=make_user())

    assert refused.value.code in {"private", "address"}
    assert not Cover.objects.exists()


def test_title_without_a_record_has_no_cover_to_take():
    with pytest.raises(OutsideProblem):
        cover_from_record(title_id=make_title().pk, by=make_user())


def test_cover_is_removed():
    cover = make_cover()

    remove_cover(title_id=cover.pk, by=make_user())

    assert not Cover.objects.exists()
