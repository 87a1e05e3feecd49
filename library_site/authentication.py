"""Login: accounts by name, no matter the case."""

from django.contrib.auth.backends import ModelBackend


class AccountBackend(ModelBackend):
    """Django's password check over our accounts; rights are not its business (see `library_site.access`)."""
