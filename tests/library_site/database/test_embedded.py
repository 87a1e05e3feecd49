"""The embedded server with real processes: private, shared, and up again after whatever was killed."""

import os
import signal
import stat
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import psutil
import psycopg
import pytest

from library_site.database.account import is_root
from library_site.database.binaries import MAJOR
from tests.library_site.processes import data_folder, python, server_processes, wait_for

# Prints the URL, then uses the server until its input ends.
USER = """
import sys
from library_site.database import embedded
print(embedded.ensure_running(database="library"), flush=True)
sys.stdin.read()
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    with data_folder() as made:
        yield made


@contextmanager
def server_user(folder: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    process = python(USER, folder)
    try:
        yield process, _url(process)
    finally:
        process.communicate()


def _url(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    assert process.stderr is not None
    return process.stdout.readline().strip() or pytest.fail(process.stderr.read())


def _refusal(folder: Path) -> str:
    process = python(USER, folder)
    _, error = process.communicate()
    assert process.returncode != 0
    return error


def _postmaster(folder: Path) -> psutil.Process:
    lines = (folder / "postgresql" / "cluster" / "postmaster.pid").read_text().splitlines()
    return psutil.Process(int(lines[0]))


@contextmanager
def _busy_backend(url: str) -> Iterator[psutil.Process]:
    """A backend that computes, and so does not notice that its postmaster is gone."""
    connection = psycopg.connect(url)
    pid = connection.info.backend_pid
    connection.pgconn.send_query(b"SELECT count(*) FROM generate_series(1, 1000000000000)")
    active = f"SELECT count(*) FROM pg_stat_activity WHERE pid = {pid} AND state = 'active'"
    wait_for(lambda: _ask(url, active), what="the query to run")
    try:
        yield psutil.Process(pid)
    finally:
        connection.close()


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def _ask(url: str, question: str) -> object:
    with psycopg.connect(url) as connection:
        row = connection.execute(question).fetchone()
        assert row is not None
        return row[0]


def test_first_start_makes_a_cluster_that_only_its_owner_reads(folder: Path) -> None:
    with server_user(folder) as (_, url):
        home = folder / "postgresql"
        assert _mode(home / "cluster") == 0o700
        assert _mode(home / "password") == 0o600
        assert _mode(home) & 0o027 == 0
        assert _ask(url, "SELECT datcollate || pg_encoding_to_char(encoding) FROM pg_database LIMIT 1") == "CUTF8"
        assert _ask(url, "SHOW listen_addresses") == "127.0.0.1"
        assert not list((home / "cluster").glob("**/.s.PGSQL*"))


@pytest.mark.parametrize("password", ["", "wrong"])
def test_connection_without_the_password_is_refused(folder: Path, password: str) -> None:
    with server_user(folder) as (_, url), pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(url, password=password, passfile=os.devnull)


def test_second_process_attaches_and_the_last_one_stops_the_server(folder: Path) -> None:
    with server_user(folder) as (_, url):
        with server_user(folder) as (_, same):
            assert same == url
        assert _ask(url, "SELECT 1") == 1
    assert server_processes(folder) == []


def test_start_by_many_processes_at_once_makes_one_server(folder: Path) -> None:
    users = [python(USER, folder) for _ in range(4)]
    with ThreadPoolExecutor() as threads:
        urls = set(threads.map(_url, users))
    assert len(urls) == 1
    for user in users:
        user.communicate()
    assert server_processes(folder) == []


def _has_ended(process: psutil.Process) -> bool:
    """Ended, whether or not whoever inherited it has taken note."""
    return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE


def test_start_after_killed_postmaster_ends_orphans_and_keeps_data(folder: Path) -> None:
    with server_user(folder) as (_, url):
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
        postmaster = _postmaster(folder)
        with _busy_backend(url) as orphan:
            postmaster.kill()
            psutil.wait_procs([postmaster])
            assert orphan.is_running()

            with server_user(folder) as (_, again):
                assert _has_ended(orphan)
                assert again == url
                assert _ask(again, "SELECT number FROM kept") == 7


def test_start_while_server_recovers_from_killed_backend_waits_for_it(folder: Path) -> None:
    with server_user(folder) as (_, url):
        before = _postmaster(folder)
        with psycopg.connect(url) as connection:
            psutil.Process(connection.info.backend_pid).kill()
            with server_user(folder) as (_, again):
                assert _ask(again, "SELECT 1") == 1
        assert _postmaster(folder) == before


def test_start_after_killed_user_attaches_and_stops_the_server(folder: Path) -> None:
    with server_user(folder) as (user, url):
        user.send_signal(signal.SIGKILL)
        user.wait()
        assert _ask(url, "SELECT 1") == 1
    with server_user(folder) as (_, again):
        assert again == url
    assert server_processes(folder) == []


def test_start_with_stale_pid_file_of_a_living_process_starts_anyway(folder: Path) -> None:
    with server_user(folder):
        pid_file = folder / "postgresql" / "cluster" / "postmaster.pid"
        lines = pid_file.read_text().splitlines()
    pid_file.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")
    with server_user(folder) as (_, url):
        assert _ask(url, "SELECT 1") == 1


def test_start_after_interrupted_creation_begins_anew(folder: Path) -> None:
    half_made = folder / "postgresql" / "cluster.draft"
    half_made.mkdir(parents=True)
    (half_made / "PG_VERSION").write_text("half")
    with server_user(folder) as (_, url):
        assert _ask(url, "SELECT 1") == 1
    assert not half_made.exists()


def _facts(folder: Path) -> dict[Path, tuple[int, ...]]:
    """What a change would show in; being read (the version has to be) is none."""
    found = {path: path.stat() for path in folder.rglob("*")}
    return {path: (s.st_mode, s.st_uid, s.st_size, s.st_mtime_ns, s.st_ino) for path, s in found.items()}


def test_folder_of_another_major_version_is_refused_untouched(folder: Path) -> None:
    cluster = folder / "postgresql" / "cluster"
    cluster.mkdir(parents=True)
    (cluster / "PG_VERSION").write_text(f"{MAJOR - 1}\n")
    before = _facts(folder)

    message = _refusal(folder)

    assert f"PostgreSQL {MAJOR - 1}" in message
    assert "pg_dump" in message
    assert "未作任何改动" in message
    assert _facts(folder) == before


def test_lost_password_file_is_refused_with_what_to_do(folder: Path) -> None:
    with server_user(folder):
        pass
    (folder / "postgresql" / "password").unlink()
    assert "restore that file from a backup" in _refusal(folder)


def test_password_file_of_another_cluster_is_refused_with_what_to_do(folder: Path) -> None:
    with server_user(folder):
        pass
    (folder / "postgresql" / "password").write_text("another")
    assert "does not fit the database" in _refusal(folder)


def test_start_in_long_folder_with_chinese_and_spaces(folder: Path) -> None:
    with data_folder("学校 图书馆 " + "很长" * 35) as named, server_user(named) as (_, url):
        assert _ask(url, "SELECT 1") == 1


@pytest.mark.skipif(not is_root(), reason="only root hands the server to another account")
def test_folder_that_the_server_account_cannot_reach_stays_closed(folder: Path) -> None:
    folder.mkdir(mode=0o700)
    inside = folder / "project"
    with server_user(inside) as (_, url):
        assert _ask(url, "SELECT 1") == 1
        assert _mode(folder) == 0o700
        home = (inside / "postgresql").resolve()
        assert not home.is_relative_to(folder)
        assert _mode(home / "cluster") == 0o700
    subprocess.run(["rm", "-r", home], check=True)
