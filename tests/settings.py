"""The product's settings, less what only slows tests down."""

from library_site.database.connection import ensure_database

# Before the settings read where the database is; pytest-django imports them ahead of any conftest.
ensure_database()

from library_site.settings import *  # noqa: E402

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",  # of first-login codes
]
# Hashed names need collected files; the manifest is tested with the running product.
STORAGES = {
    **STORAGES,  # noqa: F405
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
# Races run more threads than a worker of the product has.
DATABASES["default"]["OPTIONS"]["pool"]["max_size"] = 24  # noqa: F405
# Tests that commit are cleaned up after by emptying tables, which the product's triggers refuse.
DATABASES["default"]["OPTIONS"]["options"] = "-c library.flush=on"  # noqa: F405
