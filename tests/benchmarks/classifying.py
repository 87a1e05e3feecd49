"""What the page itself costs of classifying by keyboard: `uv run python -m tests.benchmarks.classifying --titles 1000`.

A running demo (`uv run manage.py demo`) with that many titles to be classified is asked for; Chromium accepts the first
suggestion of each by Enter as soon as the page is ready for it. Printed: time from key to the next title, time
for the next page of titles, the sum. The person's own time comes on top: it is stated, not measured.
"""

import argparse
import shutil
import statistics
import sys
import time

from playwright.sync_api import Page, sync_playwright

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
DESKTOP = {"width": 1366, "height": 768}


def log_in(page: Page, account: str, password: str) -> None:
    page.goto("/login/")
    page.fill("#id_username", account)
    page.fill("#id_password", password)
    page.click("main button.btn-primary")
    page.wait_for_url(lambda url: "login" not in url)


def classify(page: Page, wanted: int) -> tuple[list[float], list[float]]:
    """Milliseconds from a key to the next title, and from the last title of a page to the first of the next."""
    keys, pages = [], []
    page.goto("/clc/queue/")
    page.wait_for_selector(".queue-row.is-active")
    while len(keys) + len(pages) < wanted:
        rows = page.locator(".queue-row").count()
        for place in range(rows):
            began = time.perf_counter()
            last = place == rows - 1
            if last:
                with page.expect_navigation():
                    page.keyboard.press("Enter")
                page.wait_for_selector(".queue-row.is-active, .empty")
            else:
                page.keyboard.press("Enter")
                page.wait_for_function(
                    "place => document.querySelectorAll('.queue-row')[place].matches('.is-active')", arg=place + 1
                )
            (pages if last else keys).append(1000 * (time.perf_counter() - began))
        if page.locator(".empty").count():
            break
    return keys, pages


def told(what: str, times: list[float]) -> None:
    if times:
        print(f"{what:<28} {len(times):>5}  p50 {statistics.median(times):6.0f} ms  sum {sum(times) / 1000:6.1f} s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--titles", type=int, default=1000)
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--account", default="librarian")
    parser.add_argument("--password", default="library-demo")
    asked = parser.parse_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        context = browser.new_context(base_url=f"http://127.0.0.1:{asked.port}", viewport=DESKTOP)
        page = context.new_page()
        log_in(page, asked.account, asked.password)
        keys, pages = classify(page, asked.titles)
        browser.close()
    told("key to next title", keys)
    told("last key to next page", pages)
    print(f"{len(keys) + len(pages)} titles, the page took {(sum(keys) + sum(pages)) / 1000:.0f} s of it")


if __name__ == "__main__":
    sys.exit(main())
