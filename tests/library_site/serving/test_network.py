"""Which names and ports count as ours."""

import socket

from library_site.serving import network


def test_port_in_use_is_not_free_even_where_sharing_was_allowed() -> None:
    with socket.socket() as holder:
        holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        assert not network.is_free("127.0.0.1", port)
        assert not network.is_free("0.0.0.0", port)
    assert network.is_free("127.0.0.1", port)


def test_serving_everywhere_allows_own_addresses_and_names() -> None:
    allowed = network.allowed_hosts("0.0.0.0", "library.school, ").split(",")
    assert allowed[0] == "library.school"
    assert socket.gethostname() in allowed
    assert set(network.own_addresses()) <= set(allowed)


def test_serving_one_address_allows_that_and_what_was_given() -> None:
    assert network.allowed_hosts("192.0.2.7", "library.school") == "library.school,192.0.2.7"
