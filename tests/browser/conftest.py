"""A real Chromium on a real server. Every page is watched: what the browser complains about fails the test."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright

from library_site.models import User

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
BROWSER_TESTS = "tests/browser/"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All tests of this folder bear the mark `browser`, so that they can be chosen or left out."""
    for item in items:
        if item.nodeid.startswith(BROWSER_TESTS):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of Debian's Chromium. Missing: tests are skipped, or fail where CI promises it."""
    path = shutil.which("chromium")
    if path is None and os.environ.get("CI"):
        pytest.fail("chromium is not installed")
    if path is None:
        pytest.skip("chromium is not installed")
    return path


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    # Playwright keeps an event loop running in this thread, which Django takes for asynchronous code; both end
    # with the module, so that no other test runs under them.
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def console_errors() -> list[str]:
    """What the browser complained about so far; a test that provokes a complaint checks and clears it."""
    return []


@pytest.fixture
def new_page(browser: Browser, live_server, console_errors: list[str]) -> Iterator[Callable[..., Page]]:
    """`new_page(user=None, language="zh-hans", viewport=DESKTOP)` opens a page in a browser profile of its own."""
    contexts = []

    def open_page(user: User | None = None, *, language: str = "zh-hans", viewport: dict[str, int] = DESKTOP) -> Page:
        context = browser.new_context(base_url=live_server.url, viewport=viewport, locale="zh-CN")
        context.set_default_timeout(10_000)
        context.add_cookies([_cookie(settings.LANGUAGE_COOKIE_NAME, language, live_server.url)])
        contexts.append(context)
        page = _patient(context.new_page())
        page.on("console", lambda message: message.type == "error" and console_errors.append(message.text))
        page.on("pageerror", lambda error: console_errors.append(str(error)))
        if user is not None:
            log_in(page, user, live_server.url)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert console_errors == []


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """One page at a desk's size, nobody logged in."""
    return new_page()


def _patient(page: Page) -> Page:
    """Keys may be lost between a page's loading and its first picture; a person waits for the picture, so we do."""
    go = page.goto

    def go_and_look(url: str, **options: Any) -> Any:
        answer = go(url, **options)
        page.evaluate("() => new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(seen)))")
        return answer

    page.goto = go_and_look  # type: ignore[method-assign]
    return page


def log_in(page: Page, user: User, url: str) -> None:
    """Gives the page's profile a session of this account, as after the login page."""
    client = Client()
    client.force_login(user)
    page.context.add_cookies(
        [_cookie(settings.SESSION_COOKIE_NAME, client.cookies[settings.SESSION_COOKIE_NAME].value, url)]
    )


def _cookie(name: str, value: str, url: str) -> dict[str, str]:
    return {"name": name, "value": value, "url": url}
