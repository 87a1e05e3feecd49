"""Addresses: which are ours, which are taken, and whether a page answers."""

import http.client
import socket
import sys

import psutil

EVERYWHERE = {"0.0.0.0", "::"}  # noqa: S104 - recognised, not bound here


def is_free(host: str, port: int) -> bool:
    """Whether nobody serves there; granian itself would share the port without a word."""
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    with socket.socket(family, kind, protocol) as probe:
        if sys.platform != "win32":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except OSError:
            return False
    return True


def own_addresses() -> list[str]:
    """This machine's IPv4 addresses in its networks, those of interfaces that are up."""
    states = psutil.net_if_stats()
    return [
        entry.address
        for name, entries in psutil.net_if_addrs().items()
        if name in states and states[name].isup
        for entry in entries
        if entry.family == socket.AF_INET and not entry.address.startswith(("127.", "169.254."))
    ]


def allowed_hosts(host: str, given: str) -> str:
    """The names by which pages may be asked for: those `given`, and ours where the whole network is served."""
    names = [name.strip() for name in given.split(",") if name.strip()]
    if host in EVERYWHERE:
        name = socket.gethostname()
        names += [*own_addresses(), name, f"{name}.local"]
    else:
        names.append(host)
    return ",".join(dict.fromkeys(names))


def local_host(host: str) -> str:
    """The address under which this machine reaches what is served at `host`."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104


def addresses(host: str, port: int) -> list[str]:
    """What to type into a browser."""
    hosts = ["127.0.0.1", *own_addresses()] if host in EVERYWHERE else [host]
    return [f"http://{name}:{port}/" for name in hosts]


def first_page_status(host: str, port: int) -> int | None:
    """The HTTP status of the first page; None while nobody answers."""
    connection = http.client.HTTPConnection(local_host(host), port, timeout=10)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()
