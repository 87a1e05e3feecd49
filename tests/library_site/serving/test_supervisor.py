"""`manage.py serve` with everything real: starts, refuses a second one, restarts what dies, leaves nothing behind."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from library_site.paths import BASE_DIR
from library_site.serving import network
from tests.library_site.processes import data_folder, end_all, environment, server_processes, wait_for

# One data folder for all: the first start prepares it, the others are quick. On another worker they cost a start more.


@dataclass
class Served:
    parent: subprocess.Popen[str]
    folder: Path
    port: int
    log: Path

    def answers(self) -> bool:
        status = network.first_page_status("127.0.0.1", self.port)
        return status is not None and status < 400

    def child(self, words: str) -> psutil.Process:
        """The direct child whose command line holds `words`."""

        def found() -> psutil.Process | None:
            for process in psutil.Process(self.parent.pid).children():
                with suppress(psutil.Error):
                    if words in " ".join(process.cmdline()):
                        return process
            return None

        return wait_for(found, what=words)

    def family(self) -> list[psutil.Process]:
        """Everything that the parent started, itself and the database included."""
        parent = psutil.Process(self.parent.pid)
        return [parent, *parent.children(recursive=True), *server_processes(self.folder)]

    def told(self, words: str) -> bool:
        return words in self.log.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with data_folder() as made:
        yield made


@pytest.fixture(scope="module")
def running(folder: Path) -> Iterator[list[Served]]:
    """What was started in this module; only the last can still run."""
    started: list[Served] = []
    yield started
    for served in started:
        with _whole_family_ends(served):
            served.parent.terminate()
        served.parent.wait()


@pytest.fixture
def served(running: list[Served], folder: Path, tmp_path: Path) -> Served:
    """The product, running; started again only where the test before has ended it."""
    if not running or running[-1].parent.poll() is not None:
        running.append(_start(folder, tmp_path / "serve.log"))
    return running[-1]


def _start(folder: Path, log: Path) -> Served:
    port = _free_port()
    with log.open("w") as output:
        parent = _serve(folder, port, output.fileno())
    served = Served(parent, folder, port, log)
    wait_for(lambda: served.told("Ctrl-C") or parent.poll() is not None, what="the address")
    assert parent.poll() is None, log.read_text(encoding="utf-8")
    served.child("procrastinate")
    return served


@contextmanager
def _whole_family_ends(served: Served) -> Iterator[None]:
    if served.parent.poll() is not None:
        yield
        return
    family = served.family()
    yield
    _, alive = psutil.wait_procs(family, timeout=15)
    end_all(alive)
    assert [process for process in alive if process.is_running()] == []


def _serve(folder: Path, port: int, output: int) -> subprocess.Popen[str]:
    command = [sys.executable, "manage.py", "serve", "--port", str(port)]
    return subprocess.Popen(command, cwd=BASE_DIR, env=environment(folder), stdout=output, stderr=output, text=True)


def _refusal(folder: Path, port: int) -> str:
    command = [sys.executable, "manage.py", "serve", "--port", str(port)]
    done = subprocess.run(command, cwd=BASE_DIR, env=environment(folder), capture_output=True, text=True, check=False)
    assert done.returncode == 1
    return done.stderr


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def test_second_serve_on_the_same_folder_or_port_is_refused(served: Served) -> None:
    assert served.answers()
    assert "already being served" in _refusal(served.folder, _free_port())
    with data_folder() as another:
        assert "is taken" in _refusal(another, served.port)
    assert served.answers()


def test_killed_pages_are_started_again(served: Served) -> None:
    pages = served.child("granian")
    workers = pages.children()
    pages.kill()
    wait_for(lambda: served.told("网页 pages"), what="the restart")
    wait_for(served.answers, what="the first page")
    assert [worker for worker in workers if worker.is_running()] == []


def test_killed_worker_of_the_pages_is_replaced(served: Served) -> None:
    pages = served.child("granian")
    killed = pages.children()
    for worker in killed:
        worker.kill()
    wait_for(served.answers, what="the first page")


def test_killed_jobs_are_started_again(served: Served) -> None:
    jobs = served.child("procrastinate")
    jobs.kill()
    assert served.child("procrastinate") != jobs


def test_killed_guard_is_replaced(served: Served) -> None:
    guard = served.child("serving.guard")
    guard.kill()
    wait_for(lambda: served.child("serving.guard") != guard, what="another guard")
    assert served.answers()


def test_killed_database_comes_back_and_costs_no_later_request(served: Served) -> None:
    pid_file = served.folder / "postgresql" / "cluster" / "postmaster.pid"
    postmaster = psutil.Process(int(pid_file.read_text().splitlines()[0]))
    postmaster.kill()
    wait_for(lambda: served.told("The database had stopped"), what="the database")
    wait_for(served.answers, what="the first page")
    assert all(served.answers() for _ in range(10))


def test_restore_that_a_page_asked_for_is_done_while_the_pages_stand_still(served: Served) -> None:
    command = [sys.executable, "manage.py", "backup"]
    subprocess.run(command, cwd=BASE_DIR, env=environment(served.folder), check=True, capture_output=True)
    (file,) = (served.folder / "backups").glob("*-manual-*.zip")
    pages = served.child("granian")
    request = served.folder / "backups" / "restore-request.json"
    request.with_suffix(".draft").write_text(json.dumps({"file": str(file), "by": "王老师", "address": ""}))
    request.with_suffix(".draft").rename(request)

    wait_for(lambda: not request.exists(), what="the restore")

    journal = [json.loads(line) for line in (served.folder / "backups" / "journal.jsonl").read_text().splitlines()]
    assert [(line["act"], line["by"], line["problem"]) for line in journal][-1] == ("restore", "王老师", "")
    wait_for(served.answers, what="the first page")
    assert served.child("granian") != pages
    served.child("procrastinate")


def test_serve_ends_in_order_when_told(served: Served) -> None:
    assert served.answers()
    with _whole_family_ends(served):
        served.parent.send_signal(signal.SIGINT)
    assert served.parent.wait() == 0
    assert served.told("Stopping")
    assert server_processes(served.folder) == []


def test_killed_parent_takes_everything_with_it(served: Served) -> None:
    with _whole_family_ends(served):
        os.kill(served.parent.pid, signal.SIGKILL)
        served.parent.wait()
    assert server_processes(served.folder) == []
