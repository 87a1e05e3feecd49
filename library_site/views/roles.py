"""The page "Roles and rights": the table of `library_site.access` in words."""

from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from library_site.access import ACCESS, Open, Scope, scope_of
from library_site.models import Role
from library_site.views.rights import RIGHTS, Right, Text


class Line(NamedTuple):
    """A right as the page shows it: `note` where a rule names no roles, else one cell per role."""

    text: Text
    note: Text
    cells: list[Text]


NOT_SHOWN = {"style"}  # for developers

_REACH: dict[Scope, Text] = {
    Scope.SCHOOL: pgettext_lazy("scope", "whole school"),
    Scope.GRADE: pgettext_lazy("scope", "own grade"),
    Scope.CLASS: pgettext_lazy("scope", "own class"),
    Scope.OWN: pgettext_lazy("scope", "own"),
}
_OPEN: dict[Open, Text] = {
    Open.PUBLIC: _("Anybody"),
    Open.SEARCH: _("Anybody, if the school leaves its catalogue open; else everybody with an account"),
    Open.MEMBERS: _("Everybody with an account"),
    Open.DEBUG: "",
}


@require_safe
def roles(request: HttpRequest) -> HttpResponse:
    """Every right by module, role and reach, straight from the table that every request is checked by."""
    mine = set(request.user.roles)  # type: ignore[union-attr]
    heads = [(role.label, role.value in mine) for role in Role]
    return render(request, "accounts/roles.html", {"modules": rights_table(), "heads": heads})


def rights_table() -> list[tuple[Text, list[Line]]]:
    """The modules, each with the lines of its rights; what no right names follows by its URL name."""
    return [(title, [_line(right) for right in [*rights, *_unnamed(prefix)]]) for title, prefix, rights in RIGHTS]


def _unnamed(prefix: str) -> list[Right]:
    named = {name for _title, _prefix, rights in RIGHTS for right in rights for name in right.names}
    prefixes = {other for _title, other, _rights in RIGHTS}
    left = [name for name in ACCESS if name not in named | NOT_SHOWN and _module(name, prefixes) == prefix]
    return [Right(name, (name,)) for name in left]


def _module(name: str, prefixes: set[str]) -> str:
    prefix = name.partition(":")[0] if ":" in name else ""
    return prefix if prefix in prefixes else ""


def _line(right: Right) -> Line:
    rule = ACCESS[right.names[0]]
    if isinstance(rule, Open):
        return Line(right.text, _OPEN[rule], [])
    reaches = [scope_of(right.names[0], frozenset({role.value})) for role in Role]
    return Line(right.text, "", [_REACH[reach] if reach else "" for reach in reaches])
