"""Where things lie on disk. No Django here: the supervisor uses it too."""

import os
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
STATIC_SOURCE = BASE_DIR / "static"
STATIC_COLLECTED = BASE_DIR / "static_collected"


def data_dir() -> Path:
    """The folder of everything the school owns (database, secret key, uploads); `LIBRARY_DATA_DIR` moves it."""
    return Path(os.environ.get("LIBRARY_DATA_DIR") or BASE_DIR / ".data").resolve()
