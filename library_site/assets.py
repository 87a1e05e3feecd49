"""Front-end files from npm packages: the exact list that the product serves, under `vendor/`.

Whole `dist` folders are never collected: compressing them takes minutes.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

from library_site.paths import STATIC_SOURCE

PACKAGES_DIR = STATIC_SOURCE / "node_modules"
# url below STATIC_URL -> path below node_modules
FILES = {
    "vendor/bootstrap.min.css": "bootstrap/dist/css/bootstrap.min.css",
    "vendor/bootstrap.min.css.map": "bootstrap/dist/css/bootstrap.min.css.map",
    "vendor/bootstrap.bundle.min.js": "bootstrap/dist/js/bootstrap.bundle.min.js",
    "vendor/bootstrap.bundle.min.js.map": "bootstrap/dist/js/bootstrap.bundle.min.js.map",
    "vendor/bootstrap-icons.min.css": "bootstrap-icons/font/bootstrap-icons.min.css",
    "vendor/fonts/bootstrap-icons.woff2": "bootstrap-icons/font/fonts/bootstrap-icons.woff2",
    "vendor/fonts/bootstrap-icons.woff": "bootstrap-icons/font/fonts/bootstrap-icons.woff",
    "vendor/echarts.min.js": "echarts/dist/echarts.min.js",
}


class PackageStorage(FileSystemStorage):
    """Reads the listed files under their public names."""

    def __init__(self) -> None:
        super().__init__(location=PACKAGES_DIR)

    def path(self, name: str) -> str:
        return super().path(FILES.get(name, name))


class PackageFinder(BaseFinder):
    """Finds the files of `FILES` in node_modules."""

    storage = PackageStorage()

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        target = FILES.get(str(path).replace("\\", "/"))
        found = str(PACKAGES_DIR / target) if target and Path(PACKAGES_DIR / target).exists() else None
        if find_all:
            return [found] if found else []
        return found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterable[Any]:
        for name in FILES:
            yield name, self.storage
