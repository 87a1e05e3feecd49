"""The page of backups. What a backup is worth is tested in tests/library_site/backup; the restart, with the server."""

import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from library_site.backup import archive, notes, shelf
from library_site.backup.server import Server
from library_site.database.locks import FileLock
from library_site.models import Role
from library_site.paths import serve_lock
from tests.factories.readers import make_reader, make_school_year
from tests.factories.site import make_school, make_user

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "reading-2026"


@pytest.fixture
def client(tmp_path, monkeypatch, settings):
    monkeypatch.setenv("LIBRARY_DATA_DIR", str(tmp_path / "data"))
    settings.MEDIA_ROOT = tmp_path / "data" / "uploads"
    make_school(name="实验小学")
    make_school_year()
    make_reader("张三")
    user = make_user(Role.LIBRARIAN, name="王老师")
    user.set_password(PASSWORD)
    user.save()
    client = Client(headers={"accept-language": "en"})
    client.force_login(user, backend="library_site.authentication.AccountBackend")
    return client


def work():
    for job in ProcrastinateJob.objects.filter(status="todo").order_by("id"):
        app.tasks[job.task_name](**job.args)
    ProcrastinateJob.objects.all().delete()


@pytest.fixture
def made(client):
    client.post(reverse("backups:make"))
    work()
    (backup,) = shelf.backups(Server.current().database)
    return backup


def url(act, backup):
    return reverse(f"backups:{act}", args=[backup.name])


def test_make_asks_the_worker_once_and_shows_the_backup(client):
    client.post(reverse("backups:make"))
    client.post(reverse("backups:make"))
    assert ProcrastinateJob.objects.count() == 1
    assert "Waiting for the worker" in client.get(reverse("backups:overview")).content.decode()
    assert "Waiting" in client.get(reverse("backups:progress")).content.decode()
    work()

    page = client.get(reverse("backups:overview")).content.decode()

    assert "王老师" in page and "whole" in page
    assert client.get(reverse("backups:progress")).headers["HX-Refresh"] == "true"


def test_problem_of_a_backup_is_told_on_the_page(client):
    with shelf.at_work():
        notes.write("problem.json", {"at": "", "code": "no_space", "params": {"needed": 70}})
    assert "70 MB" in client.get(reverse("backups:overview")).content.decode()
    client.post(reverse("backups:make"))
    work()
    assert "70 MB" not in client.get(reverse("backups:overview")).content.decode()


def test_trial_is_shown_as_proved(client, made):
    client.post(url("check", made))
    work()
    assert "every table was the same" in client.get(url("backup", made)).content.decode()


def test_daily_backup_is_made_once_a_day(client):
    for _hour in range(2):
        app.tasks["library_site.back_up_daily"](timestamp=0)

    (backup,) = shelf.backups(Server.current().database)
    assert (backup.kind, bool(backup.checked)) == (shelf.DAILY, True)


def test_download_asks_for_the_password_and_is_written_down(client, made):
    asked = client.post(url("download", made))
    assert "attachment" not in asked.headers.get("Content-Disposition", "")

    answer = client.post(url("download", made), {"confirm_password": PASSWORD})

    assert b"".join(answer.streaming_content) == made.path.read_bytes()
    assert notes.journal(database=Server.current().database)[0]["act"] == "download"


def test_upload_of_a_backup_lies_beside_the_others(client, made):
    file = SimpleUploadedFile("from-usb.zip", made.path.read_bytes())

    answer = client.post(reverse("backups:upload"), {"file": file})

    assert answer.status_code == 302
    assert "brought in" in client.get(answer.url).content.decode()


def test_upload_of_something_else_is_refused(client):
    answer = client.post(reverse("backups:upload"), {"file": SimpleUploadedFile("x.zip", b"PK\x03\x04")})

    assert answer.status_code == 422
    assert "no backup of this library" in answer.content.decode()
    assert list(notes.folder().glob("*.zip")) == list(notes.folder().glob(".part*")) == []


def sealed_by_another(made):
    with zipfile.ZipFile(made.path) as source:
        members = {name: source.read(name) for name in source.namelist()}
    with zipfile.ZipFile(made.path, "w") as changed:
        for name, content in {**members, archive.SEAL: b"0" * 64}.items():
            changed.writestr(name, content)


def test_backup_of_another_installation_is_not_restored_by_the_page(client, made):
    sealed_by_another(made)
    lock = FileLock(serve_lock())
    assert lock.exclude(wait=False)

    page = client.get(url("backup", made)).content.decode()
    answer = client.post(url("restore", made), {"name": "实验小学", "confirm_password": PASSWORD})
    client.post(url("check", made))

    lock.release()
    assert "not made by this installation" in page
    assert answer.status_code == 422
    assert notes.asked_restore() is None
    assert not ProcrastinateJob.objects.exists()


@pytest.mark.parametrize(("name", "asked"), [("实验小学", True), ("实验", False)])
def test_restore_needs_the_password_and_the_name_of_the_school(client, made, name, asked):
    lock = FileLock(serve_lock())
    assert lock.exclude(wait=False)

    client.post(url("restore", made), {"name": name})
    assert notes.asked_restore() is None
    client.post(url("restore", made), {"name": name, "confirm_password": PASSWORD})

    lock.release()
    assert (notes.asked_restore() is not None) == asked
    state = client.get(reverse("backups:restoring_state")).json()
    assert state["over"] != asked
    assert client.get(reverse("backups:restoring")).status_code == 200


def test_restore_without_the_parent_of_the_pages_says_what_to_do(client, made):
    answer = client.post(url("restore", made), {"name": "实验小学", "confirm_password": PASSWORD})

    assert answer.status_code == 422
    assert "manage.py restore" in answer.content.decode()


@pytest.mark.parametrize("name", ["..", "secret_key", "x%2f..%2f..%2fsecret_key"])
def test_other_files_are_not_found(client, made, name):
    assert client.get(f"{reverse('backups:overview')}file/{name}/").status_code == 404
