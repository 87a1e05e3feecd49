"""What every test stands on: a real PostgreSQL, built front-end assets, and nothing that passes in silence."""

import logging

import hypothesis
import pytest
from django.core.cache import cache
from django.utils import translation

from library_site import translations
from library_site.serving import frontend

translations.compile_all()
frontend.ensure_installed()

# The same examples in every run, and no judgement by the clock.
hypothesis.settings.register_profile("gate", derandomize=True, deadline=None)
hypothesis.settings.load_profile("gate")


class ErrorLines(logging.Handler):
    """Keeps what was logged at ERROR or above."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def no_error_in_the_log(request):
    """An ERROR in the log fails the test, unless the test is marked `logs_errors` and looks at it itself."""
    handler = ErrorLines()
    logging.getLogger().addHandler(handler)
    yield
    logging.getLogger().removeHandler(handler)
    if request.node.get_closest_marker("logs_errors") is None:
        assert handler.lines == []


@pytest.fixture(autouse=True)
def language_of_the_school():
    """A request leaves its language behind in the process; the next test begins in the school's own."""
    translation.deactivate()


@pytest.fixture(scope="session")
def library_server(tmp_path_factory):
    """The address of a real SRU server; add `marc21` or `unimarc`, the names of its databases."""
    from tests.catalog import records, zebra  # needs models, which are there once tests run

    zebra.need_zebra()
    databases = {"marc21": ("marc21", records.MARC21), "unimarc": ("unimarc", records.UNIMARC)}
    with zebra.serving(tmp_path_factory.mktemp("zebra"), databases) as address:
        yield address


@pytest.fixture
def nothing_rests():
    """Servers that did not answer in another test are asked again."""
    cache.clear()
