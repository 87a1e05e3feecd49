"""Where things lie on disk. No Django here: the supervisor uses it too."""

import os
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
STATIC_SOURCE = BASE_DIR / "static"
STATIC_COLLECTED = BASE_DIR / "static_collected"


def data_dir() -> Path:
    """The folder of everything the school owns (database, secret key, uploads); `LIBRARY_DATA_DIR` moves it."""
    return Path(os.environ.get("LIBRARY_DATA_DIR") or BASE_DIR / ".data").resolve()


def make_data_dir() -> Path:
    """The same, made where missing: nobody else may look into it.

    Root's can be walked through, though not listed: the account that PostgreSQL runs under has its folder inside.
    """
    folder = data_dir()
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    folder.mkdir(mode=0o711 if is_root else 0o700, parents=True, exist_ok=True)
    return folder


def serve_lock() -> Path:
    """Held for as long as the library is served from this data folder."""
    return data_dir() / "serve.lock"
