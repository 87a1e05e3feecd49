"""Backed up, destroyed, restored, and every table compared row by row: on a real database of its own."""

import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db.migrations.loader import MigrationLoader

from library_site.backup import archive, notes, restoring, shelf
from library_site.backup.making import make_backup
from library_site.backup.manifest import from_bytes
from library_site.backup.problems import BackupProblem
from library_site.database.locks import FileLock
from library_site.paths import serve_lock

# All of them destroy the same database; it is made once.
pytestmark = pytest.mark.xdist_group("backup")
NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)


def refusal(act, *args, **kwargs) -> str:
    with pytest.raises(BackupProblem) as refused:
        act(*args, **kwargs)
    return refused.value.code


def rewritten(backup: Path, change) -> Path:
    """The backup with `change(members)` applied to its members by name."""
    with zipfile.ZipFile(backup) as source:
        members = {name: source.read(name) for name in source.namelist()}
    change(members)
    target = backup.with_name("changed.zip")
    with zipfile.ZipFile(target, "w") as changed:
        for name, content in members.items():
            changed.writestr(name, content)
    return target


def manifest_changed(backup: Path, change) -> Path:
    def apply(members):
        values = json.loads(members[archive.MANIFEST])
        change(values)
        members[archive.MANIFEST] = json.dumps(values).encode()

    return rewritten(backup, apply)


def test_everything_comes_back_after_all_was_lost(library):
    rows, structure = library.rows(), library.structure()
    assert rows["readers_reader"][0] >= 60 and rows["circulation_loan"][0] >= 300
    library.done("backup")
    (file,) = (library.folder / "backups").glob("*-manual-*.zip")
    library.destroy()
    library.execute("ALTER TABLE circulation_loan DROP CONSTRAINT IF EXISTS one_open_loan_per_copy CASCADE")
    (library.uploads / "afterwards.txt").write_text("not in the backup")
    assert library.rows() != rows

    told = library.done("restore", str(file), "--yes")

    assert library.rows() == rows
    assert library.structure() == structure
    assert [path.name for path in library.uploads.rglob("*") if path.is_file()] == ["阅览室.png"]
    assert (library.uploads / "照片" / "阅览室.png").read_bytes() == b"\x89PNG picture"
    assert library.databases() == [library.server.database]
    assert "-restore-" in told


def test_files_are_for_the_library_account_alone(made):
    assert made.stat().st_mode & 0o777 == 0o600
    assert made.parent.stat().st_mode & 0o777 == 0o700


def test_logins_and_waiting_jobs_do_not_come_back(library):
    library.execute("INSERT INTO django_session VALUES ('stolen', 'x', now() + interval '1 day')")
    backup = make_backup(server=library.server, kind=shelf.MANUAL, at=NOW)

    restoring.restore(backup, server=library.server, at=NOW)

    with library.server.connect() as connection:
        assert connection.execute("SELECT count(*) FROM django_session").fetchone() == (0,)


def test_trial_proves_a_backup_and_leaves_nothing(library):
    backup = make_backup(server=library.server, kind=shelf.MANUAL, at=NOW, by="wang")
    restoring.trial(backup, server=library.server, at=NOW)

    assert shelf.find(library.server.database, backup.name).checked_at == NOW
    assert library.databases() == [library.server.database]


def test_damaged_backup_is_refused_and_nothing_changes(library, backup):
    rows = library.rows()
    content = bytearray(backup.read_bytes())
    content[len(content) // 2] ^= 1
    backup.write_bytes(content)

    assert refusal(restoring.restore, backup, server=library.server, at=NOW) == "broken_file"
    assert library.rows() == rows
    assert notes.journal(database=library.server.database)[0]["problem"]


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x03\x04 cut off"])
def test_other_files_are_refused(library, tmp_path, content):
    (tmp_path / "file").write_bytes(content)

    assert refusal(restoring.check_restorable, tmp_path / "file", server=library.server) == "broken_file"


@pytest.mark.parametrize("name", ["uploads/../../secret_key", "/etc/passwd", "uploads//x", "uploads/C:x", "extra"])
def test_member_that_leads_elsewhere_is_refused(library, backup, name):
    def smuggle(members):
        values = json.loads(members[archive.MANIFEST])
        values["files"][name] = {"size": 1, "sha256": "0"}
        members[archive.MANIFEST], members[name] = json.dumps(values).encode(), b"x"

    assert refusal(archive.check, rewritten(backup, smuggle)) == "broken_file"


def test_member_that_would_unpack_to_more_than_it_is_is_refused(backup):
    with zipfile.ZipFile(backup) as source:
        members = {name: source.read(name) for name in source.namelist()}
    bomb = backup.with_name("bomb.zip")
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as changed:
        for name, content in members.items():
            changed.writestr(name, content)

    assert refusal(archive.check, bomb) == "broken_file"


def test_changed_manifest_is_no_longer_ours(library):
    backup = make_backup(server=library.server, kind=shelf.MANUAL, at=NOW)

    assert archive.is_own(backup)
    assert not archive.is_own(manifest_changed(backup, lambda values: values.update(school="别的学校")))


def test_backup_of_a_newer_program_is_refused(library, backup):
    newer = manifest_changed(backup, lambda values: values["migrations"].append(["readers", "9999_later"]))

    assert refusal(restoring.restore, newer, server=library.server, at=NOW) == "newer_format"


def test_backup_of_a_newer_postgresql_is_refused(library, backup):
    newer = manifest_changed(backup, lambda values: values.update(postgresql=990000))

    assert refusal(restoring.restore, newer, server=library.server, at=NOW) == "newer_server"


def test_content_that_differs_is_noticed_before_anything_is_swapped(library, backup):
    rows = library.rows()
    wrong = manifest_changed(backup, lambda values: values["tables"]["readers_reader"].update(rows=1))

    assert refusal(restoring.restore, wrong, server=library.server, at=NOW) == "wrong_content"
    assert library.rows() == rows
    assert library.databases() == [library.server.database]
    assert (library.uploads / "照片" / "阅览室.png").exists()


def test_restore_is_refused_while_the_library_is_served(library, backup):
    lock = FileLock(serve_lock())
    assert lock.exclude(wait=False)
    try:
        process = library.manage("restore", str(backup), "--yes")
    finally:
        lock.release()

    assert process.returncode == 1
    assert "停止" in process.stderr


def test_restore_is_refused_while_somebody_uses_the_database(library, backup, monkeypatch):
    monkeypatch.setattr(restoring, "PATIENCE_SECONDS", 0)
    with library.server.connect():
        assert refusal(restoring.restore, backup, server=library.server, at=NOW) == "in_use"


def test_restore_cut_short_before_the_swap_is_taken_back(library, backup):
    rows = library.rows()
    notes.write(restoring.PLAN.format(library.server.database), {"token": "abcd"})
    restoring._prepare(backup, archive.check(backup), library.server, "abcd")

    restoring.settle(server=library.server)

    assert library.databases() == [library.server.database]
    assert library.rows() == rows
    assert sorted(path.name for path in library.folder.glob("uploads*")) == ["uploads"]


def test_restore_cut_short_after_the_swap_is_finished(library, backup):
    rows = library.rows()
    library.destroy()
    notes.write(restoring.PLAN.format(library.server.database), {"token": "abcd"})
    restoring._prepare(backup, archive.check(backup), library.server, "abcd")
    library.server.swap(
        new=restoring._new(library.server, "abcd"),
        old=restoring._old(library.server, "abcd"),
    )

    restoring.settle(server=library.server)

    assert library.rows() == rows
    assert (library.uploads / "照片" / "阅览室.png").exists()
    assert library.databases() == [library.server.database]
    assert sorted(path.name for path in library.folder.glob("uploads*")) == ["uploads"]


def test_second_backup_at_the_same_time_is_refused(library):
    with shelf.at_work():
        assert refusal(make_backup, server=library.server, kind=shelf.DAILY, at=NOW) == "busy"


def test_backup_to_a_disk_that_is_not_there_is_refused(library, tmp_path):
    gone = tmp_path / "usb"

    assert refusal(make_backup, server=library.server, kind=shelf.MANUAL, at=NOW, to=gone) == "no_folder"


def test_backup_to_a_disk_leaves_the_shelf_alone(library, tmp_path):
    before = shelf.backups(library.server.database)

    path = make_backup(server=library.server, kind=shelf.MANUAL, at=NOW, to=tmp_path)

    assert [each.name for each in tmp_path.iterdir()] == [path.name]
    assert shelf.backups(library.server.database) == before


def test_old_backups_make_room(library):
    folder, name = notes.folder(), library.server.database
    for day in range(1, 21):
        (folder / f"{name}-202601{day:02}-000000-daily-0000.backup.zip").write_bytes(b"")
    (folder / f"{name}_demo-20260101-000000-daily-0000.backup.zip").write_bytes(b"")
    (folder / "notes.txt").write_text("somebody's own")

    shelf.tidy(name)

    kept = sorted(path.name for path in folder.glob(f"{name}-2026*-daily-*"))
    assert len(kept) == shelf.KEPT[shelf.DAILY]
    assert kept[0] == f"{name}-20260107-000000-daily-0000.backup.zip"
    assert (folder / f"{name}_demo-20260101-000000-daily-0000.backup.zip").exists()
    assert (folder / "notes.txt").exists()


def test_older_backup_is_brought_up_to_date_and_every_migration_takes_a_backup_first(library):
    graph = MigrationLoader(None).graph
    last = graph.leaf_nodes("circulation")[0]
    before = next(parent.key for parent in graph.node_map[last].parents if parent.key[0] == "circulation")
    told = library.done("migrate", "--no-input", *before)
    assert "-update-" in told
    readers = library.rows()["readers_reader"][0]
    older = make_backup(server=library.server, kind=shelf.MANUAL, at=NOW)
    assert list(last) not in from_bytes(zipfile.ZipFile(older).read(archive.MANIFEST)).migrations

    library.done("restore", str(older), "--yes")

    assert library.rows()["readers_reader"][0] == readers
    assert "-update-" not in library.done("migrate", "--no-input")
    assert library.manage("migrate", "--check").returncode == 0
