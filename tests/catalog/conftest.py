import pytest
from django.core.cache import cache

from tests.catalog import zebra
from tests.catalog.records import MARC21, UNIMARC


@pytest.fixture(scope="session")
def library_server(tmp_path_factory):
    """The address of a real SRU server; add `marc21` or `unimarc`, the names of its databases."""
    zebra.need_zebra()
    databases = {"marc21": ("marc21", MARC21), "unimarc": ("unimarc", UNIMARC)}
    with zebra.serving(tmp_path_factory.mktemp("zebra"), databases) as address:
        yield address


@pytest.fixture
def nothing_rests():
    """Servers that did not answer in another test are asked again."""
    cache.clear()
