"""What no file of the project may hold, and how long a file may be."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from library_site.paths import BASE_DIR

LIMITS = {".py": 400, ".html": 180, ".js": 400}
# Longer for a reason: {path: reason}.
LONG_FILES: dict[str, str] = {
    "library_site/access.py": "one table with a row per address, to be read as a whole",
}
# Put together here, so that this file does not hold them itself.
REGISTRIES = [".".join(parts) for parts in (("pypi", "org"), ("pythonhosted", "org"), ("registry", "npmjs", "org"))]
MACHINE_PATH = re.compile(r"(?<![\w./~-])/(?:work|root|tmp)/\w")
# Django's own tags and comments, which never reach the browser.
TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)
INLINE = {
    "inline script": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=.application/json)", re.IGNORECASE),
    "inline style": re.compile(r"<style\b|\sstyle\s*=", re.IGNORECASE),
    "event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=|\shx-on", re.IGNORECASE),
    "script address": re.compile(r"javascript:", re.IGNORECASE),
    "address outside": re.compile(r"(?:src|href|action|url\()\s*=?\s*[\"']?(?:https?:)?//", re.IGNORECASE),
}


def tracked_files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=BASE_DIR,
        capture_output=True,
        check=True,
    ).stdout.decode()
    return [BASE_DIR / name for name in listed.split("\0") if name and (BASE_DIR / name).is_file()]


def name_of(path: Path) -> str:
    return path.relative_to(BASE_DIR).as_posix()


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")


def test_files_stay_short():
    long = {
        name_of(path): lines
        for path in tracked_files()
        if path.suffix in LIMITS and "migrations" not in path.parts and name_of(path) not in LONG_FILES
        for lines in [text_of(path).count("\n")]
        if lines > LIMITS[path.suffix]
    }

    assert long == {}


@pytest.mark.parametrize("forbidden", REGISTRIES)
def test_no_file_names_a_package_registry(forbidden):
    assert [name_of(path) for path in tracked_files() if forbidden in text_of(path)] == []


def test_no_file_holds_a_path_of_a_machine():
    assert [name_of(path) for path in tracked_files() if MACHINE_PATH.search(text_of(path))] == []


@pytest.mark.parametrize("what", INLINE)
def test_templates_hold_nothing_the_content_policy_refuses(what):
    templates = [path for path in tracked_files() if "templates" in path.parts and path.suffix == ".html"]
    assert templates

    assert [name_of(path) for path in templates if INLINE[what].search(TAG.sub("", text_of(path)))] == []


def test_scripts_and_styles_load_nothing_from_outside():
    own = [path for path in tracked_files() if path.suffix in {".js", ".css"}]

    outside = re.compile(r"(?:import|url\(|fetch\(|src=)\s*[\"'(]*(?:https?:)?//")
    assert [name_of(path) for path in own if outside.search(text_of(path))] == []


def test_no_third_party_code_or_lock_file_is_kept():
    kept = [name_of(path) for path in tracked_files()]

    assert [name for name in kept if name.endswith((".min.js", ".min.css", "uv.lock", "package-lock.json"))] == []


def test_direct_dependencies_are_pinned():
    project = tomllib.loads(text_of(BASE_DIR / "pyproject.toml"))
    wanted = project["project"]["dependencies"] + project["dependency-groups"]["dev"]

    assert [name for name in wanted if "==" not in name] == []


def test_every_module_of_the_site_has_its_place_in_the_order_of_the_apps():
    contracts = tomllib.loads(text_of(BASE_DIR / "pyproject.toml"))["tool"]["importlinter"]["contracts"]
    placed = set(re.findall(r"library_site\.(\w+)", " ".join(contracts[0]["layers"])))
    modules = {
        path.stem
        for path in (BASE_DIR / "library_site").iterdir()
        if path.stem not in {"__init__", "__pycache__"} and (path.suffix == ".py" or (path / "__init__.py").exists())
    }

    assert modules - placed == set(), "add it to the first import-linter contract in pyproject.toml"
