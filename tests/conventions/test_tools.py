"""The tools that guard the code run with the tests: one command tells everything."""

import os
import re
import subprocess
import sys

from library_site.paths import BASE_DIR

# One after the other: two at once would fight for the same cores and caches.
SECURITY_NEEDS_TLS = {"security.W004", "security.W008", "security.W012", "security.W016"}


def run(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command],
        cwd=BASE_DIR,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def assert_passes(*command: str, **environment: str) -> None:
    done = run(*command, **environment)

    assert done.returncode == 0, done.stdout + done.stderr


def test_ruff_finds_nothing():
    assert_passes("-m", "ruff", "check", "--quiet", ".")


def test_code_is_formatted():
    assert_passes("-m", "ruff", "format", "--check", "--quiet", ".")


def test_mypy_finds_nothing():
    assert_passes("-m", "mypy", ".")


def test_import_contracts_are_kept():
    assert_passes("-c", "from importlinter.cli import lint_imports_command; lint_imports_command()", PYTHONUTF8="1")


def test_no_migration_is_missing():
    assert_passes("manage.py", "makemigrations", "--check", "--dry-run")


def test_deployment_checks_are_clean_with_tls():
    assert_passes("manage.py", "check", "--deploy", "--fail-level", "WARNING", LIBRARY_TLS="1", LIBRARY_DEBUG="")


def test_deployment_checks_without_tls_ask_for_tls_only():
    done = run("manage.py", "check", "--deploy", LIBRARY_TLS="", LIBRARY_DEBUG="")

    assert done.returncode == 0, done.stderr
    assert set(re.findall(r"\((\w+\.[EW]\d+)\)", done.stderr)) == SECURITY_NEEDS_TLS
