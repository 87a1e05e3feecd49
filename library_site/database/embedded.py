"""The embedded PostgreSQL server: started by the first process that needs it, stopped by the last that leaves.

Two locks say who may do what. Whoever uses the server shares `users.lock` until it ends, however it ends; whoever
starts or stops the server holds `start.lock` alone. At exit, who can take `users.lock` alone is the last one.
"""

import atexit
import os
import socket
import time
from contextlib import suppress
from pathlib import Path

import psutil
import psycopg
from psycopg import sql

from library_site.database.binaries import program
from library_site.database.cluster import SUPERUSER, Cluster, create, locate
from library_site.database.errors import DatabaseUnavailable
from library_site.database.locks import FileLock

HOST = "127.0.0.1"
# Recovery after a power cut can take minutes on an old disk.
PATIENCE_SECONDS = 600
PORT_ATTEMPTS = 5

_held: dict[Path, FileLock] = {}


def ensure_running(*, database: str) -> str:
    """The URL of `database` on the embedded server, which is started, and the database created, where missing.

    This process then counts as a user of the server until it ends or calls `leave`.
    Refused with `DatabaseUnavailable`: a data folder of another version or another user, a server that cannot start.
    """
    cluster = locate()
    _hold(cluster)
    port = _running_port(cluster) or _start(cluster)
    with _connect(cluster, port) as connection:
        create_database(connection, database)
    return f"postgresql://{SUPERUSER}:{cluster.password}@{HOST}:{port}/{database}"


def is_running() -> bool:
    """Whether the server's process is there; cheap enough to ask every second."""
    return _postmaster(locate()) is not None


def stop_if_unused() -> None:
    """Stops a server that the process which started it left running when it was killed."""
    _hold(locate())
    leave()


def leave(*, stop_timeout: int = 60) -> None:
    """Ends this process's use of the server; the last user stops it, waiting `stop_timeout` seconds for it."""
    for home in list(_held):
        _leave(Cluster(home), _held.pop(home), stop_timeout)


def _hold(cluster: Cluster) -> None:
    if cluster.home in _held:
        return
    lock = FileLock(cluster.users_lock)
    lock.share()
    _held[cluster.home] = lock
    owner = os.getpid()
    # A forked child inherits the registration, but not the duty.
    atexit.register(lambda: leave() if os.getpid() == owner else None)


def _leave(cluster: Cluster, users: FileLock, stop_timeout: int) -> None:
    with FileLock(cluster.start_lock):
        if users.exclude(wait=False) and _postmaster(cluster) is not None:
            _pg_ctl(cluster, "stop", "-m", "fast", timeout=stop_timeout)
        users.release()


def _start(cluster: Cluster) -> int:
    with FileLock(cluster.start_lock):
        # Somebody else may have started it while we waited for the lock.
        if port := _running_port(cluster):
            return port
        cluster.output.unlink(missing_ok=True)
        if not cluster.data.exists():
            create(cluster)
        _clear_remains(cluster)
        for attempt in range(PORT_ATTEMPTS):
            _launch(cluster, _free_port(cluster, remembered=attempt == 0))
            if port := _running_port(cluster):
                cluster.port_file.write_text(str(port), encoding="ascii")
                return port
    raise DatabaseUnavailable(
        f"数据库无法启动，原因见 {cluster.output} 和 {cluster.data / 'log'}。",
        f"The database does not start; why: {cluster.output} and {cluster.data / 'log'}",
    )


def _launch(cluster: Cluster, port: int) -> None:
    _pg_ctl(cluster, "start", "-l", cluster.data / "start.log", "-o", f"-p {port}", timeout=PATIENCE_SECONDS)


def _pg_ctl(cluster: Cluster, act: str, *options: str | Path, timeout: int) -> None:
    tool = program("pg_ctl", cluster.account)
    cluster.account.run([tool, act, "-D", cluster.data, *options, "-w", "-t", str(timeout)], output=cluster.output)


def _free_port(cluster: Cluster, *, remembered: bool) -> int:
    """The port of last time where it is free, so that connections survive a restart of the server."""
    with suppress(OSError, ValueError):
        if remembered:
            return _bindable(int(cluster.port_file.read_text(encoding="ascii")))
    return _bindable(0)


def _bindable(port: int) -> int:
    with socket.socket() as probe:
        if os.name != "nt":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((HOST, port))
        bound: int = probe.getsockname()[1]
        return bound


def _running_port(cluster: Cluster) -> int | None:
    """The port on which the server answers; waits while it starts, recovers or stops. None where none runs."""
    give_up = time.monotonic() + PATIENCE_SECONDS
    while _postmaster(cluster) is not None:
        try:
            port = int(_pid_file(cluster)[3])
            _connect(cluster, port).close()
            return port
        except (IndexError, ValueError, psycopg.OperationalError) as error:
            if "password authentication failed" in str(error):
                raise DatabaseUnavailable(
                    f"{cluster.home / 'password'} 与数据库不符，请从备份恢复该文件。",
                    f"{cluster.home / 'password'} does not fit the database: restore that file from a backup.",
                ) from None
            if time.monotonic() > give_up:
                raise DatabaseUnavailable(
                    f"数据库没有响应：{error}", f"The database does not answer: {error}"
                ) from error
        time.sleep(0.02)
    return None


def _connect(cluster: Cluster, port: int) -> psycopg.Connection:
    # The server, too, must prove that it knows the password: another program may have taken a dead server's port.
    return psycopg.connect(
        host=HOST,
        port=port,
        user=SUPERUSER,
        password=cluster.password,
        dbname="postgres",
        require_auth="scram-sha-256",
        sslmode="disable",
        gssencmode="disable",
        connect_timeout=10,
        autocommit=True,
    )


def create_database(connection: psycopg.Connection, name: str) -> None:
    """Creates the database `name` where it is missing."""
    if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
        return
    # Two processes may find it missing at once: the second is told so, in one of two ways.
    with suppress(psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))


def _pid_file(cluster: Cluster) -> list[str]:
    try:
        return (cluster.data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []


def _postmaster(cluster: Cluster) -> psutil.Process | None:
    """The server's main process; a pid that now belongs to something else does not count."""
    lines = _pid_file(cluster)
    try:
        process = psutil.Process(int(lines[0]))
    except (IndexError, ValueError, psutil.NoSuchProcess):
        return None
    return process if _belongs(process, cluster) else None


def _belongs(process: psutil.Process, cluster: Cluster) -> bool:
    """Whether it is a PostgreSQL process that works in this cluster's folder."""
    try:
        return (
            process.status() != psutil.STATUS_ZOMBIE
            and Path(process.exe()).name.startswith("postgres")
            and Path(process.cwd()).samefile(cluster.data)
        )
    except (psutil.Error, OSError):
        return False


def _clear_remains(cluster: Cluster) -> None:
    """Ends what a killed server left behind; else the next start waits for its shared memory."""
    orphans = [process for process in psutil.process_iter() if _belongs(process, cluster)]
    for orphan in orphans:
        with suppress(psutil.NoSuchProcess):
            orphan.kill()
    while any(_belongs(orphan, cluster) for orphan in orphans):
        time.sleep(0.01)
    (cluster.data / "postmaster.pid").unlink(missing_ok=True)
