"""An exception in words."""

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from circulation.models import CirculationEvent
from circulation.queries.exceptions import ExceptionLine
from library_site.audit_log.overrides import overrides_in_words

WHAT: dict[str, Promise] = {
    "override.checkout": gettext_lazy("Lent by exception"),
    "override.renewal": gettext_lazy("Renewed by exception"),
    "override.reservation": gettext_lazy("Reserved by exception"),
    "amnesty": gettext_lazy("Nothing charged (amnesty)"),
    "money.waiver": gettext_lazy("Waived"),
    "money.refund": gettext_lazy("Paid back"),
    "suspension.lifted": gettext_lazy("Suspension lifted"),
    "block.ended": gettext_lazy("Block ended"),
    "left": gettext_lazy("Left the school with something outstanding"),
}


def said(line: ExceptionLine) -> str:
    """What was done, with the rules set aside, the sum, or how many acts were dated by which day."""
    text = _what(line.what)
    if line.codes:
        return f"{text}: {overrides_in_words(line.codes)}"
    if line.amount is not None:
        return _("%(what)s: %(sum)s yuan") % {"what": text, "sum": line.amount}
    if line.dated is not None:
        day = date_format(line.dated, "SHORT_DATE_FORMAT")
        return _("%(what)s: %(count)d by %(day)s") % {"what": text, "count": line.number, "day": day}
    return text


def _what(what: str) -> str:
    prefix, _dot, kind = what.partition(".")
    if prefix == "back_dated":
        return _("%(act)s, dated back") % {"act": CirculationEvent.Kind(kind).label}
    return str(WHAT.get(what, what))
