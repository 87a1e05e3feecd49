"""A class at noon: clients at the desk of a running server, over HTTP.

Each child shows the card, brings one book back and takes two home: four scans. What a run lends it takes back, so it
can be repeated. How to run it stands in README.md.
"""

import argparse
import json
import os
import re
import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPResponse
from multiprocessing import Barrier as barrier
from multiprocessing.synchronize import Barrier
from statistics import quantiles
from time import perf_counter, time
from urllib.parse import urlencode

import psycopg

LOOPBACK = "127.0.0.1"
CHILDREN = """
    SELECT card.barcode FROM readers_card AS card JOIN readers_reader AS reader ON reader.id = card.reader_id
     WHERE card.status = 'valid' AND reader.status = 'active' AND reader.category = 'student'
       AND NOT EXISTS (SELECT FROM circulation_loan AS loan
                        WHERE loan.reader_id = reader.id AND returned_at IS NULL AND voided_at IS NULL)
     ORDER BY md5(card.barcode) LIMIT %s
"""
COPIES = """
    SELECT copy.barcode FROM catalog_copy AS copy JOIN catalog_location AS place ON place.id = copy.location_id
     WHERE copy.state = 'on_shelf' AND place.circulates
       AND NOT EXISTS (SELECT FROM circulation_loan AS loan
                        WHERE loan.copy_id = copy.id AND returned_at IS NULL AND voided_at IS NULL)
     ORDER BY md5(copy.barcode) LIMIT %s
"""


@dataclass(frozen=True)
class Child:
    card: str
    has: str
    wants: tuple[str, str]


@dataclass(frozen=True)
class Measure:
    """One scan: what it was, the answer's tone, milliseconds in the server and there and back."""

    act: str
    tone: str
    server: float
    round_trip: float


@dataclass
class Client:
    """One desk: a login and a connection that stays open."""

    port: int
    connection: HTTPConnection = field(init=False)
    cookies: dict[str, str] = field(default_factory=dict)
    reader: str = ""

    def __post_init__(self) -> None:
        self.connection = HTTPConnection(LOOPBACK, self.port, timeout=60)

    def log_in(self, account: str, password: str) -> None:
        self._request("GET", "/login/")
        answer, _body = self._request("POST", "/login/", {"username": account, "password": password})
        if answer.status != 302:
            raise SystemExit(f"login as {account} refused ({answer.status})")

    def scan(self, act: str, code: str) -> Measure:
        fields = {"code": code, "reader": self.reader, "scan_id": str(uuid.uuid4()), "at": _now()}
        began = perf_counter()
        answer, body = self._request("POST", "/desk/scan/", fields)
        round_trip = (perf_counter() - began) * 1000
        if answer.status != 200:
            return Measure(act, f"HTTP {answer.status}", _server_time(answer), round_trip)
        said = json.loads(body)
        self.reader = str(said.get("reader") or "")
        return Measure(act, said.get("tone", "?"), _server_time(answer), round_trip)

    def _request(self, method: str, path: str, fields: dict[str, str] | None = None) -> tuple[HTTPResponse, bytes]:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if fields is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "X-Desk": "1"}
            headers["X-CSRFToken"] = self.cookies.get("csrftoken", "")
        self.connection.request(method, path, urlencode(fields) if fields else None, headers)
        answer = self.connection.getresponse()
        body = answer.read()
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer, body


def _now() -> str:
    return datetime.now(UTC).isoformat()


def _server_time(answer: HTTPResponse) -> float:
    found = re.search(r"dur=([\d.]+)", answer.headers.get("Server-Timing", ""))
    return float(found[1]) if found else float("nan")


def prepare(client: Client, children: Sequence[Child]) -> None:
    """Every child has one book out."""
    for child in children:
        client.scan("card", child.card)
        _expect(client.scan("lend", child.has), "lent")
        client.reader = ""


def serve(client: Client, children: Sequence[Child]) -> Iterator[Measure]:
    for child in children:
        client.reader = ""
        yield client.scan("card", child.card)
        yield client.scan("return", child.has)
        for code in child.wants:
            yield client.scan("lend", code)


def tidy(client: Client, children: Sequence[Child]) -> None:
    client.reader = ""
    for child in children:
        for code in child.wants:
            _expect(client.scan("tidy", code), "returned")


def _expect(measure: Measure, tone: str) -> None:
    if measure.tone != tone:
        print(f"  {measure.act}: {measure.tone} instead of {tone}")


_start: Barrier


def _keep(barrier: Barrier) -> None:
    global _start
    _start = barrier


def one_desk(port: int, account: str, password: str, children: Sequence[Child]) -> tuple[list[Measure], float, float]:
    """The measures of one client, and when it began and ended; all begin at once."""
    client = Client(port)
    client.log_in(account, password)
    _start.wait()
    began = time()
    measures = list(serve(client, children))
    return measures, began, time()


def choose_children(database: str, count: int) -> list[Child]:
    with psycopg.connect(database) as connection:
        cards = [row[0] for row in connection.execute(CHILDREN, [count])]
        codes = [row[0] for row in connection.execute(COPIES, [count * 3])]
    if len(cards) < count or len(codes) < count * 3:
        raise SystemExit(f"only {len(cards)} children without books and {len(codes)} free copies")
    return [Child(card, codes[3 * n], (codes[3 * n + 1], codes[3 * n + 2])) for n, card in enumerate(cards)]


def report(clients: int, measures: list[Measure], seconds: float) -> None:
    print(f"\n{clients} client(s): {len(measures)} scans in {seconds:.2f} s")
    lent = sum(1 for measure in measures if measure.tone == "lent")
    print(f"  {len(measures) / seconds:.1f} scans/s, {lent / seconds:.1f} checkouts/s")
    print(f"  {'ms':8}{'scans':>7}{'server p50':>12}{'p95':>8}{'round trip p50':>16}{'p95':>8}")
    for act in ("card", "return", "lend", "all"):
        chosen = [measure for measure in measures if act in (measure.act, "all")]
        p50, p95 = _percentiles([measure.server for measure in chosen])
        trip_p50, trip_p95 = _percentiles([measure.round_trip for measure in chosen])
        print(f"  {act:8}{len(chosen):7}{p50:12.1f}{p95:8.1f}{trip_p50:16.1f}{trip_p95:8.1f}")
    expected = {"card": "opened", "return": "returned", "lend": "lent"}
    odd = Counter((measure.act, measure.tone) for measure in measures if measure.tone != expected[measure.act])
    print(f"  unexpected answers: {dict(odd) or 'none'}")


def _percentiles(values: list[float]) -> tuple[float, float]:
    cuts = quantiles(values, n=20, method="inclusive")
    return cuts[9], cuts[18]


def run(port: int, account: str, password: str, children: Sequence[Child], clients: int) -> None:
    librarian = Client(port)
    librarian.log_in(account, password)
    prepare(librarian, children)
    with ProcessPoolExecutor(clients, initializer=_keep, initargs=(barrier(clients),)) as pool:
        parts = [children[n::clients] for n in range(clients)]
        results = list(pool.map(one_desk, [port] * clients, [account] * clients, [password] * clients, parts))
    tidy(librarian, children)
    seconds = max(ended for _m, _began, ended in results) - min(began for _m, began, _ended in results)
    report(clients, [measure for measures, _began, _ended in results for measure in measures], seconds)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--database", default=os.environ.get("DATABASE_URL"), help="where cards and barcodes are read")
    parser.add_argument("--account", default="librarian")
    parser.add_argument("--password", default="library-demo")
    parser.add_argument("--children", type=int, default=160)
    parser.add_argument("--clients", type=int, nargs="+", default=[1, 4])
    options = parser.parse_args()
    database = options.database or _embedded()
    for clients in options.clients:
        children = choose_children(database, options.children)
        run(options.port, options.account, options.password, children, clients)


def _embedded() -> str:
    from library_site.database.connection import url_for

    return url_for(demo=True)


if __name__ == "__main__":
    main()
