from library_site.access import may_open


def test_unknown_url_is_denied_to_everyone():
    assert may_open("no-such-page", frozenset({"administrator"}), public_search=True, debug=True) is False
