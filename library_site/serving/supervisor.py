"""`manage.py serve` and `manage.py demo`: the small parent that prepares, starts and watches everything else.

It never imports Django. One process prepares (compiles, migrates, loads, collects); then granian and the procrastinate
worker run, each in a process group of its own, until they are told to end.
"""

import argparse
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from http import HTTPStatus
from types import FrameType
from typing import NoReturn

from library_site.backup import notes
from library_site.database import embedded
from library_site.database.connection import check_given_server, is_given, url_for
from library_site.database.errors import DatabaseUnavailable
from library_site.database.locks import FileLock
from library_site.paths import make_data_dir, serve_lock
from library_site.serving import frontend, network
from library_site.serving.guard import Guard
from library_site.serving.processes import Service, end, spawn
from library_site.serving.readiness import Readiness

FIRST_PAGE_SECONDS = 120.0
# Together with the database's below 15: what Ctrl-C may take at the longest.
END_WITHIN_SECONDS = 5.0
DATABASE_END_WITHIN_SECONDS = 4
TICK_SECONDS = 0.25


class Refused(Exception):
    """Why it does not start, in Chinese and English."""


class _Ended(BaseException):
    """Somebody asked us to end."""


def run(command: str, argv: list[str]) -> int:
    """Runs `serve` or `demo` until Ctrl-C or SIGTERM; the exit code."""
    options = _parse(command, argv)
    for stream in (sys.stdout, sys.stderr):
        # A console that cannot show Chinese must not stop the library.
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        with _signals_end_us():
            _run(command, options)
    except _Ended:
        return 0
    except (Refused, DatabaseUnavailable) as problem:
        print(problem, file=sys.stderr)
        return 1


def say(chinese: str, english: str) -> None:
    print(f"{chinese}  {english}", flush=True)


def _parse(command: str, argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog=f"manage.py {command}")
    parser.add_argument("--host", default="127.0.0.1", help="0.0.0.0: 供全校网络使用 for the school's network")
    parser.add_argument("--port", type=int, default=8000)
    if command == "demo":
        for scale in ("readers", "copies", "loans"):
            parser.add_argument(f"--{scale}", type=int, help=f"演示数据的规模 number of {scale} in the demo school")
    return parser.parse_args(argv)


@contextmanager
def _signals_end_us() -> Iterator[None]:
    watched = [signal.SIGINT, signal.SIGTERM]
    if sys.platform != "win32" and signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        # The terminal was closed; under nohup that is meant to be survived.
        watched.append(signal.SIGHUP)

    def ended(number: int, frame: FrameType | None) -> NoReturn:
        # Once is enough: the way out is short and must not be cut off half-way.
        for each in watched:
            signal.signal(each, signal.SIG_IGN)
        raise _Ended

    for each in watched:
        signal.signal(each, ended)
    yield


def _run(command: str, options: argparse.Namespace) -> NoReturn:
    with ExitStack() as ending:
        _take_place(options, ending)
        guard = Guard()
        ending.callback(guard.end)
        if not frontend.is_current():
            say("正在下载页面组件（仅第一次）…", "Fetching page components (first time only) …")
            _run_once(guard, [sys.executable, "-m", "library_site.serving.frontend"], {})
        if is_given():
            check_given_server()
        else:
            say("正在启动数据库…", "Starting the database …")
        ending.callback(embedded.leave, stop_timeout=DATABASE_END_WITHIN_SECONDS)
        environment = _environment(command, options)
        jobs, pages = _services(options, environment, guard)
        for service in (jobs, pages):
            # The last to be registered is the first to end: the pages, then the jobs.
            ending.callback(service.end, within=END_WITHIN_SECONDS)
        ending.callback(say, "正在停止…", "Stopping …")
        _open(options, _preparation(command, options), environment, guard, pages)
        jobs.start()
        _watch(command, [jobs, pages], guard)


def _open(
    options: argparse.Namespace, preparation: list[str], environment: dict[str, str], guard: Guard, pages: Service
) -> None:
    """Prepares and opens the pages; where the last preparation still holds, opens first and looks again after."""
    readiness = Readiness(preparation)
    words = readiness.words()
    look_again = words is not None
    if words is None:
        words = _prepare(guard, preparation, environment)
    say("正在启动服务…", "Starting the pages …")
    if not network.is_free(options.host, options.port):
        raise _port_taken(options)
    pages.start()
    if look_again and _first_page(pages, options) >= HTTPStatus.BAD_REQUEST:
        # The database was replaced behind our back.
        words, look_again = _prepare(guard, preparation, environment), False
    status = _first_page(pages, options)
    if status >= HTTPStatus.BAD_REQUEST:
        raise Refused(f"网页出错（{status}），原因见上。\nThe first page fails ({status}); the reason is above.")
    _announce(options, words)
    if look_again:
        words = _run_once(guard, preparation, environment)
    readiness.note(words)


def _prepare(guard: Guard, preparation: list[str], environment: dict[str, str]) -> str:
    say("正在准备数据…", "Preparing …")
    return _run_once(guard, preparation, environment)


def _take_place(options: argparse.Namespace, ending: ExitStack) -> None:
    """Refuses a second one on the same data or the same port."""
    folder = make_data_dir()
    lock = FileLock(serve_lock())
    if not lock.exclude(wait=False):
        raise Refused(
            f"本数据文件夹已有服务在运行：{folder}\nThe library is already being served from this data folder: {folder}"
        )
    ending.callback(lock.release)
    # Of a parent that was killed before it came to it: nobody waits for that any more.
    notes.remove(notes.REQUEST)
    if not network.is_free(options.host, options.port):
        raise _port_taken(options)


def _port_taken(options: argparse.Namespace) -> Refused:
    return Refused(
        f"端口 {options.port} 已被占用，请用 --port 换一个。\n"
        f"Port {options.port} is taken: choose another one with --port."
    )


def _environment(command: str, options: argparse.Namespace) -> dict[str, str]:
    return {
        "DATABASE_URL": url_for(demo=command == "demo"),
        "DJANGO_SETTINGS_MODULE": "library_site.settings",
        "LIBRARY_ALLOWED_HOSTS": network.allowed_hosts(options.host, os.environ.get("LIBRARY_ALLOWED_HOSTS", "")),
        "PYTHONUNBUFFERED": "1",
    }


def _preparation(command: str, options: argparse.Namespace) -> list[str]:
    scale = [f"--{name}={value}" for name in ("readers", "copies", "loans") if (value := getattr(options, name, None))]
    return [sys.executable, "manage.py", "prepare", *(["--demo", *scale] if command == "demo" else [])]


def _run_once(guard: Guard, command: Sequence[str], environment: dict[str, str]) -> str:
    """Runs `command` to its end and answers what it printed; its progress goes to the terminal by stderr."""
    process = spawn(command, environment, stdout=subprocess.PIPE)
    guard.watch(process.pid, True)
    try:
        output, _ = process.communicate()
    finally:
        end(process, within=END_WITHIN_SECONDS)
        guard.watch(process.pid, False)
    if process.returncode != 0:
        raise Refused("准备没有完成，原因见上。\nThe preparation did not finish; the reason is above.")
    return output


def _services(options: argparse.Namespace, environment: dict[str, str], guard: Guard) -> tuple[Service, Service]:
    address = ["--host", options.host, "--port", str(options.port)]
    pages = [sys.executable, "-m", "granian", "--interface", "wsgi", *address]
    pages += ["--workers", "2", "--blocking-threads", "2", "--no-ws", "--http", "1", "--log-level", "warning"]
    pages += ["--respawn-failed-workers", "--respawn-interval", "0.5", "--workers-kill-timeout", "4"]
    pages.append("library_site.wsgi:application")
    jobs = [sys.executable, "manage.py", "procrastinate", "worker", "--shutdown-graceful-timeout", "3"]
    return (
        Service("任务 jobs", jobs, environment, guard.watch),
        Service("网页 pages", pages, environment, guard.watch),
    )


def _first_page(pages: Service, options: argparse.Namespace) -> int:
    """The HTTP status of the first page, as soon as there is one."""
    give_up = time.monotonic() + FIRST_PAGE_SECONDS
    while (status := network.first_page_status(options.host, options.port)) is None:
        if time.monotonic() > give_up or pages.process is None or pages.process.poll() is not None:
            raise Refused("网页没有响应，原因见上。\nThe first page does not answer; the reason is above.")
        time.sleep(0.02)
    return status


def _announce(options: argparse.Namespace, closing_words: str) -> None:
    say("图书馆已开门：", "The library is open:")
    for address in network.addresses(options.host, options.port):
        print(f"  {address}")
    if closing_words.strip():
        print(closing_words.rstrip())
    say("按 Ctrl-C 停止。", "Ctrl-C stops it.")


def _watch(command: str, services: list[Service], guard: Guard) -> NoReturn:
    """Starts again what dies, the database included."""
    while True:
        time.sleep(TICK_SECONDS)
        guard.tend()
        if not is_given() and not embedded.is_running():
            _restart_database(command, services)
        if request := notes.asked_restore():
            _restore(request, services, guard)
        for service in services:
            if service.tend():
                say(f"已重新启动：{service.name}", "(restarted)")


def _restore(request: dict[str, str], services: list[Service], guard: Guard) -> None:
    """Stops the pages, puts a backup in place of the data, as the page of backups asked; then they start again."""
    say("正在恢复备份…", "Restoring a backup …")
    for service in services:
        service.end(within=END_WITHIN_SECONDS)
    command = [sys.executable, "manage.py", "restore", request["file"], "--yes", f"--by-supervisor={request['by']}"]
    try:
        _run_once(guard, command, services[0].environment)
    except Refused:
        say("恢复没有成功，数据未变，原因见上。", "The restore failed, the data is as before; the reason is above.")
    finally:
        notes.remove(notes.REQUEST)


def _restart_database(command: str, services: list[Service]) -> None:
    url = url_for(demo=command == "demo")
    for service in services:
        # Their pools hold dead connections, each of which would cost somebody an error page.
        service.end(within=END_WITHIN_SECONDS)
        service.environment["DATABASE_URL"] = url
    say("数据库曾中断，已恢复。", "The database had stopped and is back.")
