"""Honours of the register."""

from datetime import date, datetime

from activities.models import Honour
from activities.operations.honours import grant_honour

DAY = date(2026, 11, 20)
NOW = datetime.fromisoformat("2026-11-20T10:00:00+08:00")


def make_honour(name: str = "张三丰", **fields: object) -> Honour:
    """An honour of the school of 20 November 2026, with a certificate number."""
    values: dict[str, object] = {
        "occasion": "2026年读书节",
        "award": "一等奖",
        "awarded_on": DAY,
        "by": None,
        "at": NOW,
        **fields,
    }
    return grant_honour(name=name, **values)
