#!/usr/bin/env python
"""Entry point of every command: `demo` and `serve` start the product, all others are Django's or ours."""

import os
import sys


def main() -> None:
    command = sys.argv[1] if len(sys.argv) > 1 else ""
    if command in ("demo", "serve"):
        # The parent of the web server stays small: it must not import Django.
        from library_site.serving.supervisor import run

        sys.exit(run(command, sys.argv[2:]))

    from library_site.database.connection import ensure_database
    from library_site.database.errors import DatabaseUnavailable

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "library_site.settings")
    try:
        ensure_database()
    except DatabaseUnavailable as problem:
        sys.exit(str(problem))
    if command == "prepare":
        # Django reads the catalogues once, when it first translates: they must be there before it starts.
        from library_site import translations

        translations.compile_all()
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
