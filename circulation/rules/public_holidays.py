"""Public holidays and make-up working days (调休上班) as the State Council announces them, a year at a time.

Source: the package `chinese-calendar`, which follows the yearly notices. For years not announced yet only the days that
fall on fixed dates by law are known (《全国年节及纪念日放假办法》, 2024), so that nothing is due on them.
"""

from collections.abc import Mapping
from datetime import date

from chinese_calendar.constants import holidays as _HOLIDAYS
from chinese_calendar.constants import workdays as _WORKDAYS
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# The last year that is announced; the days of later ones are the school's to enter.
LAST_ANNOUNCED = max(_HOLIDAYS).year
# (month, day): on these every year's notice closes.
_FIXED = [(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)]
_YEARS_AHEAD = 6

NAMES: dict[str, str | Promise] = {
    "New Year's Day": _("New Year's Day"),
    "Spring Festival": _("Spring Festival"),
    "Tomb-sweeping Day": _("Tomb-sweeping Day"),
    "Labour Day": _("Labour Day"),
    "Dragon Boat Festival": _("Dragon Boat Festival"),
    "Mid-autumn Festival": _("Mid-autumn Festival"),
    "National Day": _("National Day"),
}
_FIXED_NAMES = {1: "New Year's Day", 5: "Labour Day", 10: "National Day"}


def holidays() -> Mapping[date, str]:
    """{day off: the package's name of the holiday}, weekends within it included."""
    later = range(LAST_ANNOUNCED + 1, LAST_ANNOUNCED + 1 + _YEARS_AHEAD)
    fixed = {date(year, month, day): _FIXED_NAMES[month] for year in later for month, day in _FIXED}
    return {**fixed, **_HOLIDAYS}


def make_up_days() -> Mapping[date, str]:
    """{weekend day on which everybody works: the holiday it makes up for}."""
    return dict(_WORKDAYS)


def holiday_name(name: str) -> str | Promise:
    """The holiday as the page calls it."""
    return NAMES.get(name, name)


def is_announced(year: int) -> bool:
    """Whether the notice of the year is known."""
    return year <= LAST_ANNOUNCED
