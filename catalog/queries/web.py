"""One answer from the web, within limits of time and size, from the address that was checked and no other."""

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

from catalog.rules.outside import OutsideProblem

MOST_REDIRECTS = 3
_REDIRECTS = {301, 302, 303, 307, 308}
_PORTS = {"http": 80, "https": 443}
_ONWARD = {"http": ("http", "https"), "https": ("https",)}  # where a redirect may lead
_SAFE = "/%:=&?~+!$,;'@()*[]\""  # stays as it is in an address; what else is no ASCII is quoted
_NAT64 = ipaddress.ip_network("64:ff9b::/96")

# One question at a time per process, or slow servers would take all its threads and the desk would wait for them.
turn = threading.Lock()
_WAIT_FOR_TURN = 1.0  # seconds

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True)
class Fetched:
    content: bytes
    media_type: str


def anywhere(_address: str) -> bool:
    """For addresses that somebody with the right has set up, in the own network too."""
    return True


def fetch(url: str, *, seconds: float, most_bytes: int, allowed: Callable[[str], bool]) -> Fetched:
    """What GET gives. Raises OutsideProblem, at most a second later than after `seconds`, whatever the other side does.

    `allowed` says of each numeric address whether it may be asked (`is_public`, `anywhere`): of those that a name has
    now, of those that a redirect leads to, and of no other one than is then connected to.
    """
    if not turn.acquire(timeout=min(_WAIT_FOR_TURN, seconds)):
        raise OutsideProblem("busy")
    try:
        return _in_time(_Exchange(url, seconds, most_bytes, allowed), seconds)
    finally:
        turn.release()


def _in_time(exchange: "_Exchange", seconds: float) -> Fetched:
    thread = threading.Thread(target=exchange.run, daemon=True)  # a resolver knows no time limit
    thread.start()
    thread.join(seconds)
    return exchange.outcome()


class _Exchange:
    def __init__(self, url: str, seconds: float, most_bytes: int, allowed: Callable[[str], bool]) -> None:
        self._url, self._seconds = url, seconds
        self._most_bytes, self._allowed = most_bytes, allowed
        self._socket: socket.socket | None = None
        self._fetched: Fetched | None = None
        self._error: Exception | None = None
        self._over = False

    def run(self) -> None:
        try:
            self._fetched = self._follow(self._url)
        except OutsideProblem as problem:
            self._error = problem
        except TimeoutError:
            self._error = OutsideProblem("too_late")
        except (OSError, http.client.HTTPException, UnicodeError):
            self._error = OutsideProblem("unreachable")
        except Exception as error:  # a bug: the caller's thread shall have it
            self._error = error
        finally:
            self._close()

    def outcome(self) -> Fetched:
        if self._fetched is not None:
            return self._fetched
        if self._error is not None:
            raise self._error
        self._over = True
        if self._socket is not None:
            with suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)  # ends the thread that still reads
        raise OutsideProblem("too_late")

    def _close(self) -> None:
        if self._socket is not None:
            self._socket.close()

    def _follow(self, url: str) -> Fetched:
        for _hop in range(MOST_REDIRECTS + 1):
            with closing(self._ask(url)) as answer:
                if answer.status not in _REDIRECTS:
                    return self._read(answer)
            self._close()
            target = urljoin(url, answer.headers.get("Location", ""))
            if urlsplit(target).scheme not in _ONWARD.get(urlsplit(url).scheme, ()):
                raise OutsideProblem("redirects")
            url = target
        raise OutsideProblem("redirects")

    def _ask(self, url: str) -> http.client.HTTPResponse:
        try:
            parts = urlsplit(url)
            scheme, host, port = parts.scheme.lower(), parts.hostname, parts.port
        except ValueError as error:
            raise OutsideProblem("address") from error
        if scheme not in _PORTS or not host or parts.username is not None:
            raise OutsideProblem("address")
        name = host.encode("idna").decode() if not host.isascii() else host
        self._connect(name, port or _PORTS[scheme], encrypted=scheme == "https")
        connection = http.client.HTTPConnection(name)
        connection.sock = self._socket
        path = quote(parts.path or "/", safe=_SAFE) + (f"?{quote(parts.query, safe=_SAFE)}" if parts.query else "")
        shown = f"[{name}]" if ":" in name else name
        headers = {"Host": f"{shown}:{port}" if port else shown, "Connection": "close", "User-Agent": "school-library"}
        connection.request("GET", path, headers=headers)
        return connection.getresponse()

    def _connect(self, host: str, port: int, *, encrypted: bool) -> None:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        addresses = [str(place[0]) for *_kind, place in found]
        if not all(self._allowed(address) for address in addresses):
            raise OutsideProblem("private")
        plain = _first_that_answers(addresses, port, self._seconds)
        self._socket = plain
        if self._over:
            raise OutsideProblem("too_late")
        if encrypted:
            self._socket = ssl.create_default_context().wrap_socket(plain, server_hostname=host)

    def _read(self, answer: http.client.HTTPResponse) -> Fetched:
        if answer.status != 200:
            raise OutsideProblem("status", status=answer.status)
        content = answer.read(self._most_bytes + 1)
        if len(content) > self._most_bytes:
            raise OutsideProblem("too_large")
        return Fetched(content, answer.headers.get_content_type())


def _first_that_answers(addresses: list[str], port: int, seconds: float) -> socket.socket:
    error: OSError | None = None
    for address in dict.fromkeys(addresses):
        try:
            return socket.create_connection((address, port), seconds)
        except OSError as problem:
            error = problem
    raise error or OSError("no address")


def is_public(address: str) -> bool:
    """Whether an address belongs to the web: not to this computer, a private network, or a way around into one."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    return all(each.is_global and not each.is_multicast for each in _meant(ip))


def _meant(ip: Address) -> list[Address]:
    """The address and those that it carries inside (mapped, 6to4, Teredo, NAT64)."""
    if isinstance(ip, ipaddress.IPv4Address):
        return [ip]
    if ip.ipv4_mapped:
        return [ip.ipv4_mapped]
    inside = [ip.sixtofour, *(ip.teredo or ())]
    if ip in _NAT64:
        inside.append(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF))
    return [ip, *(each for each in inside if each is not None)]
