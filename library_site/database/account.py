"""The system account under which PostgreSQL runs: our own, or, since PostgreSQL refuses root, one made for it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from library_site.database.errors import DatabaseUnavailable

SYSTEM_USER = "school-library"


@dataclass(frozen=True)
class Account:
    """`uid` and `gid` are None where the server runs as whoever runs us."""

    uid: int | None = None
    gid: int | None = None

    def run(self, command: Sequence[str | Path], *, output: Path | None = None) -> int:
        """Runs `command` as this account; its exit code. What it says goes to `output`, which is opened by us."""
        with Path(output or os.devnull).open("ab") as sink:
            return subprocess.run(
                [str(part) for part in command],
                # A folder that every account can read: PostgreSQL's tools ask where they are.
                cwd=Path(sys.executable).anchor,
                env=_clean_environment(),
                stdin=subprocess.DEVNULL,
                stdout=sink,
                stderr=subprocess.STDOUT,
                check=False,
                user=self.uid,
                group=self.gid,
                extra_groups=None if self.uid is None else [],
                umask=-1 if sys.platform == "win32" else 0o077,
            ).returncode

    def own(self, path: Path) -> None:
        """Makes `path` this account's."""
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid)

    def reaches(self, path: Path) -> bool:
        """Whether this account can enter the folder, or run the program, at `path`."""
        return self.uid is None or self.run(["test", "-x", path]) == 0


def is_root() -> bool:
    return sys.platform != "win32" and os.geteuid() == 0


def account_for(cluster: Path) -> Account:
    """The account for `cluster`: its owner where it exists; the system user, made if missing, for a new one."""
    if not is_root():
        return Account()
    if cluster.exists() and (owner := cluster.stat()).st_uid != 0:
        return Account(owner.st_uid, owner.st_gid)
    return _system_account()


def _system_account() -> Account:
    import pwd

    try:
        entry = pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        _create_system_user()
        entry = pwd.getpwnam(SYSTEM_USER)
    return Account(entry.pw_uid, entry.pw_gid)


def _create_system_user() -> None:
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if useradd is None:
        raise DatabaseUnavailable(
            "数据库不能以 root 身份运行，请改用普通用户启动。",
            "The database does not run as root: start as an ordinary user.",
        )
    options = ["--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin"]
    made = subprocess.run([useradd, *options, SYSTEM_USER], capture_output=True, text=True, check=False)
    already_there = 9
    if made.returncode not in (0, already_there):
        raise DatabaseUnavailable(
            f"无法建立系统用户 {SYSTEM_USER}：{made.stderr.strip()}",
            f"Could not create the system user {SYSTEM_USER}: {made.stderr.strip()}",
        )


def _clean_environment() -> dict[str, str]:
    """Without PG… variables, which would redirect PostgreSQL's tools, and with messages we can recognise."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return kept | {"LC_ALL": "C", "LANG": "C"}
