"""The embedded server's folder: where it lies, what is in it, and how it is made the first time."""

import hashlib
import os
import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path

from library_site.database.account import Account, account_for
from library_site.database.binaries import MAJOR, SHARED_HOME, make_shared_home, program
from library_site.database.errors import DatabaseUnavailable
from library_site.paths import data_dir, make_data_dir
from library_site.secret_key import write_private

SUPERUSER = "library"

# For a small PC that also runs the desk. An administrator's ALTER SYSTEM lasts: this is written once.
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "60",
    "shared_buffers": "128MB",
    "effective_cache_size": "1GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "random_page_cost": "1.1",
    "jit": "off",
    "fsync": "on",
    "logging_collector": "on",
    "log_directory": "log",
    # One file for each weekday, overwritten after a week.
    "log_filename": "postgresql-%a.log",
    "log_truncate_on_rotation": "on",
    "log_rotation_size": "0",
    "log_line_prefix": "%m [%p] ",
}


@dataclass(frozen=True)
class Cluster:
    """`home` holds PostgreSQL's own folder (`data`) and our files beside it."""

    home: Path

    @property
    def data(self) -> Path:
        return self.home / "cluster"

    @property
    def start_lock(self) -> Path:
        return self.home / "start.lock"

    @property
    def users_lock(self) -> Path:
        return self.home / "users.lock"

    @property
    def port_file(self) -> Path:
        return self.home / "port"

    @property
    def output(self) -> Path:
        """What the start and the tools had to say."""
        return self.home / "start.log"

    @property
    def account(self) -> Account:
        return account_for(self.data)

    @property
    def password(self) -> str:
        path = self.home / "password"
        try:
            return path.read_text(encoding="utf-8")
        except FileNotFoundError:
            raise DatabaseUnavailable(
                f"缺少 {path}，请从备份恢复该文件。",
                f"{path} is missing: restore that file from a backup.",
            ) from None


def locate() -> Cluster:
    """The cluster of the data folder; its home is made if missing. Refuses one of another major version."""
    home = data_dir() / "postgresql"
    try:
        if not home.exists():
            _make_home(home)
        cluster = Cluster(home.resolve())
        _check_version(cluster)
    except PermissionError:
        raise DatabaseUnavailable(
            f"数据文件夹 {home} 属于另一个系统用户，请用该用户启动。",
            f"The data folder {home} belongs to another user of this machine: start as that user.",
        ) from None
    return cluster


def _check_version(cluster: Cluster) -> None:
    stamp = cluster.data / "PG_VERSION"
    if not stamp.exists():
        return
    major = stamp.read_text(encoding="ascii").strip()
    if major != str(MAJOR):
        raise DatabaseUnavailable(
            f"{cluster.data} 由 PostgreSQL {major} 建立，本程序使用 {MAJOR}，未作任何改动。"
            "请用旧版程序以 pg_dump 导出，移开此文件夹，再用新版导入。",
            f"{cluster.data} was made by PostgreSQL {major}, this program runs {MAJOR}; nothing was touched. "
            "Dump it with the older program (pg_dump), move the folder away, then restore into the new one.",
        )


def _make_home(home: Path) -> None:
    if home.is_symlink():
        raise DatabaseUnavailable(
            f"{home} 指向的文件夹不存在，未作任何改动。",
            f"{home} points to a folder that is not there; nothing was touched.",
        )
    make_data_dir()
    account = account_for(home / "cluster")
    if account.reaches(home.parent):
        _make_private(home, account)
        return
    # PostgreSQL's user cannot come here, and other people's folders are not ours to open.
    make_shared_home()
    name = hashlib.sha256(os.fsencode(home)).hexdigest()[:12]
    elsewhere = SHARED_HOME / f"{name}-{secrets.token_hex(4)}"
    _make_private(elsewhere, account)
    try:
        home.symlink_to(elsewhere)
    except FileExistsError:
        elsewhere.rmdir()


def _make_private(home: Path, account: Account) -> None:
    """Ours alone; where PostgreSQL has its own user, that user may pass through."""
    home.mkdir(mode=0o700, exist_ok=True)
    if account.gid is not None:
        os.chown(home, -1, account.gid)
        home.chmod(0o710)


def create(cluster: Cluster) -> None:
    """Makes the cluster in a draft folder that takes its name when complete: a crash leaves nothing half made."""
    account = cluster.account
    # Again: whoever made the folder may have been interrupted before it was open to this account.
    _make_private(cluster.home, account)
    draft = cluster.home / "cluster.draft"
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    account.own(draft)
    write_private(cluster.home / "password", secrets.token_urlsafe(24))
    handed_over = cluster.home / "password.draft"
    handed_over.unlink(missing_ok=True)
    write_private(handed_over, cluster.password)
    account.own(handed_over)
    try:
        _initdb(cluster, draft, handed_over)
    finally:
        handed_over.unlink()
    lines = [f"{name} = '{value}'\n" for name, value in SETTINGS.items()]
    (draft / "postgresql.auto.conf").write_text("".join(lines), encoding="ascii")
    draft.rename(cluster.data)


def _initdb(cluster: Cluster, draft: Path, password_file: Path) -> None:
    command: list[str | Path] = [
        program("initdb", cluster.account),
        f"--pgdata={draft}",
        f"--username={SUPERUSER}",
        f"--pwfile={password_file}",
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale=C",
        "--no-instructions",
    ]
    if cluster.account.run(command, output=cluster.output) != 0:
        raise DatabaseUnavailable(
            f"无法建立数据库，原因见 {cluster.output}。",
            f"Could not create the database; why: {cluster.output}",
        )
