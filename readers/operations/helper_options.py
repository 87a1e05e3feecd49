"""How the school works with helpers."""

from library_site.audit import act
from library_site.models import User
from readers.models import HelperOptions


def set_helper_options(*, options: HelperOptions, by: User, address: str | None = None) -> HelperOptions:
    """Keeps the options; there is one row of them."""
    with act("set_helper_options", by=by, address=address):
        options.pk = 1
        options.save()
        return options
