"""Limits against real servers on this machine: slow, endless, redirecting, private."""

import socket
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from catalog.queries import web
from catalog.queries.web import anywhere, fetch, is_public
from catalog.rules.outside import OutsideProblem


class Answers(BaseHTTPRequestHandler):
    """/plain, /large, /missing, /to?ADDRESS, /drip (never ends), /silent (never begins)."""

    def do_GET(self):
        path, _mark, rest = self.path.partition("?")
        getattr(self, "say_" + path.strip("/"))(rest)

    def say_plain(self, _rest):
        self._send(200, b"hello " + self.headers["Host"].encode())

    def say_large(self, _rest):
        self._send(200, b"x" * 5000)

    def say_missing(self, _rest):
        self._send(404, b"")

    def say_to(self, rest):
        self.send_response(302)
        self.send_header("Location", rest)
        self.end_headers()

    def say_drip(self, _rest):
        self.send_response(200)
        self.end_headers()
        while not self.server.over.wait(0.02):
            try:
                self.wfile.write(b"x")
            except OSError:
                return

    def say_silent(self, _rest):
        self.server.over.wait()

    def _send(self, status, content):
        self.send_response(status)
        self.send_header("Content-Type", "text/plain")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_args):
        pass


@contextmanager
def a_server():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    server.over = threading.Event()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.over.set()
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def server():
    with a_server() as address:
        yield address


def get(url, *, seconds=10.0, most_bytes=1000, allowed=anywhere):
    return fetch(url, seconds=seconds, most_bytes=most_bytes, allowed=allowed)


def code_of(url, **limits):
    with pytest.raises(OutsideProblem) as refused:
        get(url, **limits)
    return refused.value.code


def test_answer_comes_with_its_type(server):
    fetched = get(f"{server}/plain")

    assert (fetched.content, fetched.media_type) == (f"hello {server[7:]}".encode(), "text/plain")


def test_more_than_asked_for_is_not_taken(server):
    assert code_of(f"{server}/large") == "too_large"


def test_error_is_told(server):
    assert code_of(f"{server}/missing") == "status"


@pytest.mark.parametrize("path", ["drip", "silent"])
def test_server_that_never_ends_is_left(server, path):
    assert code_of(f"{server}/{path}", seconds=0.3, most_bytes=10**6) == "too_late"


def test_one_question_at_a_time_leaves_threads_for_the_desk(server):
    """A server that is silent takes one thread of the process, not all: whoever comes second is sent away."""
    slow = threading.Thread(target=code_of, args=(f"{server}/silent",), kwargs={"seconds": 3.0})
    slow.start()
    while not web.turn.locked():
        slow.join(0.01)

    assert code_of(f"{server}/plain") == "busy"
    slow.join()
    assert get(f"{server}/plain").content.startswith(b"hello")


def test_port_where_nobody_listens_is_told():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]

    assert code_of(f"http://127.0.0.1:{port}/") == "unreachable"


def test_redirect_is_followed(server):
    assert get(f"{server}/to?{server}/plain").content.startswith(b"hello")
    assert get(f"{server}/to?/plain").content.startswith(b"hello")


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://127.0.0.1/x", "gopher://x", "to?to"])
def test_redirect_elsewhere_is_not_followed(server, target):
    target = f"{server}/to?{server}/to?/to" if target == "to?to" else target

    assert code_of(f"{server}/to?{target}") == "redirects"


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "x", "", "http://", "http://a:b@c/", "http://h:99999999/", "//h/"]
)
def test_what_is_no_address_is_not_asked(url):
    assert code_of(url) == "address"


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]", "0.0.0.0"]
)
def test_own_computer_is_not_asked_for_what_is_public(server, host):
    port = server.rpartition(":")[2]

    assert code_of(f"http://{host}:{port}/plain", allowed=is_public) in {"private", "unreachable"}


def test_redirect_into_the_own_network_is_not_followed(server):
    port = server.rpartition(":")[2]
    seen = []

    def only_the_first(address):
        seen.append(address)
        return len(seen) == 1

    assert code_of(f"{server}/to?http://127.0.0.1:{port}/plain", allowed=only_the_first) == "private"


@pytest.mark.parametrize(
    "address",
    [
        *("10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1"),
        *("::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::"),
    ],
)
def test_private_addresses_are_known(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "2400:3200::1", "::ffff:1.1.1.1", "64:ff9b::101:101"])
def test_public_addresses_are_known(address):
    assert is_public(address)
