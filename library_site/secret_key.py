"""Django's secret key: made once, kept beside the data, readable by its owner only. No Django here."""

import os
import secrets
from pathlib import Path

from library_site.paths import make_data_dir


def write_private(path: Path, text: str) -> None:
    """Creates `path` (0600) with `text` in one step; leaves a file that somebody else created meanwhile as it is."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def secret_key() -> str:
    """The key of this data folder; two processes that ask at once get the same one."""
    path = make_data_dir() / "secret_key"
    if not path.exists():
        write_private(path, secrets.token_urlsafe(50))
    return path.read_text(encoding="utf-8").strip()
