"""When a preparation may be taken as done."""

from pathlib import Path

import pytest
from django.db import connection

from library_site.serving import readiness, reference
from library_site.serving.readiness import Readiness

COMMAND = ["manage.py", "prepare", "--demo"]


@pytest.fixture(autouse=True)
def own_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LIBRARY_DATA_DIR", str(tmp_path / "data"))
    (tmp_path / "data").mkdir()
    return tmp_path / "data"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small product: one source, assets listed, files collected."""
    root = tmp_path / "project"
    for folder in ("library_site", "static", "static_collected"):
        (root / folder).mkdir(parents=True)
    (root / "library_site" / "urls.py").write_text("first")
    (root / "static" / "package.json").write_text("{}")
    (root / "static_collected" / ".collected").write_text("")
    monkeypatch.setattr(readiness, "BASE_DIR", root)
    monkeypatch.setattr(readiness, "STATIC_SOURCE", root / "static")
    monkeypatch.setattr(readiness, "STATIC_COLLECTED", root / "static_collected")
    return root


def test_preparation_holds_while_nothing_changes(project: Path) -> None:
    assert Readiness(COMMAND).words() is None
    Readiness(COMMAND).note("logins")
    assert Readiness(COMMAND).words() == "logins"


def test_preparation_of_another_command_does_not_count(project: Path) -> None:
    Readiness(COMMAND).note("logins")
    assert Readiness([*COMMAND, "--copies=5"]).words() is None


@pytest.mark.parametrize("changed", ["library_site/urls.py", "library_site/new.py", "static/package.json"])
def test_changed_source_ends_a_preparation(project: Path, changed: str) -> None:
    Readiness(COMMAND).note("logins")
    (project / changed).write_text("other text")
    assert Readiness(COMMAND).words() is None


def test_lost_collected_files_end_a_preparation(project: Path) -> None:
    Readiness(COMMAND).note("logins")
    (project / "static_collected" / ".collected").unlink()
    assert Readiness(COMMAND).words() is None


@pytest.mark.django_db
def test_emptied_database_needs_its_classes_again() -> None:
    assert not reference.is_current()
    reference.load()
    assert reference.is_current()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE catalog_clcclass CASCADE")
    assert not reference.is_current()
