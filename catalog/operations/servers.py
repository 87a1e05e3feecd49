"""The library servers that are asked for records, in the order of their position."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from catalog.models import SruServer
from library_site.audit import act
from library_site.models import User
from library_site.shared.problems import Problem, Refused, violated

# Open to everybody by their own documentation, none of them Chinese: foreign books, and something to try with.
# loc.gov/standards/sru, dnb.de/sru, api.bnf.fr: index names and schemas are theirs.
PUBLIC_SERVERS: list[dict[str, Any]] = [
    {
        "name": "Library of Congress",
        "url": "http://lx2.loc.gov:210/LCDB",
        "version": "1.1",
        "record_schema": "marcxml",
        "isbn_index": "bath.isbn",
        "title_index": "dc.title",
    },
    {
        "name": "Deutsche Nationalbibliothek",
        "url": "https://services.dnb.de/sru/dnb",
        "version": "1.1",
        "record_schema": "MARC21-xml",
        "isbn_index": "num",
        "title_index": "tit",
    },
    {
        "name": "Bibliothèque nationale de France",
        "url": "https://catalogue.bnf.fr/api/SRU",
        "version": "1.2",
        "record_schema": "unimarcXchange",
        "isbn_index": "bib.isbn adj",
        "title_index": "bib.title all",
    },
]


def save_server(*, server_id: int | None, values: Mapping[str, Any], by: User, address: str | None = None) -> SruServer:
    """Writes the named columns of a server; None adds one behind the others. Refused: a name given twice."""
    try:
        with act("save_server", by=by, address=address):
            server = _locked(server_id) if server_id else SruServer(position=_last() + 1)
            for name, value in values.items():
                setattr(server, name, value)
            server.save()
            return server
    except IntegrityError as error:
        if violated(error) != "sru_server_name_unique":
            raise
        raise Refused([Problem("name_taken", _("There is a server of this name already."), field="name")]) from error


def move_server(*, server_id: int, up: bool, by: User, address: str | None = None) -> None:
    """The server changes places with the one before or behind it; at the end of the list nothing happens."""
    with act("move_server", by=by, address=address):
        servers = list(SruServer.objects.select_for_update().order_by("position", "pk"))
        places = [place for place, server in enumerate(servers) if server.pk == server_id]
        target = places[0] + (-1 if up else 1) if places else -1
        if target in range(len(servers)):
            servers.insert(target, servers.pop(places[0]))
            _number(servers)


def remove_server(*, server_id: int, by: User, address: str | None = None) -> None:
    """Forgets a server; what was copied from it stays."""
    with act("remove_server", by=by, address=address):
        SruServer.objects.filter(pk=server_id).delete()


def add_public_servers(*, by: User, address: str | None = None) -> int:
    """Adds the publicly documented servers that are not there yet, out of use; returns how many."""
    with act("add_public_servers", by=by, address=address):
        held = set(SruServer.objects.select_for_update().values_list("name", flat=True))
        new = [values for values in PUBLIC_SERVERS if values["name"] not in held]
        behind = _last() + 1
        for position, values in enumerate(new, start=behind):
            SruServer.objects.create(**values, position=position, enabled=False)
        return len(new)


def _locked(server_id: int) -> SruServer:
    return SruServer.objects.select_for_update().get(pk=server_id)


def _last() -> int:
    return SruServer.objects.aggregate(last=Max("position"))["last"] or 0


def _number(servers: list[SruServer]) -> None:
    for position, server in enumerate(servers, start=1):
        if server.position != position:
            server.position = position
            server.save(update_fields=["position"])
