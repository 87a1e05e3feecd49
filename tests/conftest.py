"""What every test stands on: a real PostgreSQL, built front-end assets, and nothing that passes in silence."""

import os

from library_site.database.connection import ensure_database

os.environ.setdefault("LIBRARY_DATABASE", "library")
ensure_database()
