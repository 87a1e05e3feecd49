"""Every report of a full library: server time of the first request of a process, then of the next ones.

How to run it stands in README.md. Nothing is written but the account's login. A page that needs more than its address
(a class, a figure) is asked for with the first one there is.
"""

import logging
import os
import sys
from collections.abc import Iterator
from statistics import median
from time import perf_counter

import django

NAMESPACES = (
    "reports",
    "semester_report",
    "goals",
    "class_report",
    "pupil_records",
    "standards",
    "collection",
    "worklog",
    "care",
    "plans",
    "summaries",
    "inspection",
)
TIMES = 5


def addresses() -> Iterator[tuple[str, str]]:
    """(name, address) of the pages and files that are read by GET."""
    from django.urls import NoReverseMatch, get_resolver, reverse

    from reports.rules.catalogue import CATALOGUE

    for namespace, (_prefix, resolver) in sorted(get_resolver().namespace_dict.items()):
        if namespace not in NAMESPACES:
            continue
        names = {str(key) for key in resolver.reverse_dict if isinstance(key, str)}
        for name in sorted(name for name in names if "export" not in name or "--files" in sys.argv):
            for arguments in ({}, {"code": next(iter(CATALOGUE))}, {"code": "I"}, {"letter": "I"}):
                try:
                    yield f"{namespace}:{name}", reverse(f"{namespace}:{name}", kwargs=arguments)
                    break
                except NoReverseMatch:
                    continue


def measure() -> None:
    from django.conf import settings
    from django.test import Client

    from library_site.models import User

    logging.disable(logging.WARNING)  # pages that are not for a librarian, or need more than an address
    settings.ALLOWED_HOSTS = ["*"]
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    client = Client()
    client.force_login(User.objects.filter(roles__contains=["librarian"]).order_by("pk")[0])
    client.get("/")  # templates, settings and translations are loaded once, whatever page comes first
    for name, address in addresses():
        begun = perf_counter()
        answer = client.get(address)
        first = perf_counter() - begun
        if answer.status_code != 200:
            continue
        if answer.streaming:
            b"".join(answer.streaming_content)
        print(f"{name:42} first {first * 1000:6.0f} ms  next {_next(client, address):6.0f} ms")


def _next(client: object, address: str) -> float:
    taken = []
    for _time in range(TIMES):
        begun = perf_counter()
        client.get(address)  # type: ignore[attr-defined]
        taken.append(perf_counter() - begun)
    return median(taken) * 1000


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "library_site.settings")
    django.setup()
    measure()
