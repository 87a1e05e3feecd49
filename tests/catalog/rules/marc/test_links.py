from catalog.rules.marc.links import picture_addresses


def link(address, **said):
    return ["856", "42", [*([code.strip("_"), text] for code, text in said.items()), ["u", address]]]


def test_cover_is_found_by_its_name_before_its_address():
    rows = [
        ["001", "1"],
        link("http://a.example/contents.pdf", _3="Inhaltsverzeichnis"),
        link("http://a.example/page.JPG?size=2"),
        link("http://a.example/show?id=1", _3="封面"),
    ]

    assert picture_addresses(rows) == ["http://a.example/show?id=1", "http://a.example/page.JPG?size=2"]


def test_other_links_are_no_covers():
    assert (
        picture_addresses([link("http://a.example/book.html"), ["300", "  ", [["u", "http://a.example/x.jpg"]]]]) == []
    )
