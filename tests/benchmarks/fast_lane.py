"""One person at the fast lane of a running server, in Chromium, at a person's pace: books in ten minutes.

The times of the hands are assumed (`Hands`) and waited for; the page's own time is measured in the page, from the key
that ends a scan to the answer on the screen. How to run it stands in README.md.
"""

import argparse
import os
import secrets
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from statistics import quantiles
from time import perf_counter, sleep

import psycopg
from playwright.sync_api import Page, sync_playwright

from tests.browser.scanner import scan

KNOWN = "SELECT isbn FROM catalog_title WHERE isbn <> '' GROUP BY isbn HAVING count(*) = 1 ORDER BY md5(isbn) LIMIT %s"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
# Of what is typed the length counts, not the words.
TITLE, AUTHOR, PRICE = "少年儿童百科全书", "编写组", "28.00"
WATCH = """
() => {
  window.answers = [];
  const lane = document.getElementById("lane");
  let pressed = 0;
  document.addEventListener("keydown", (event) => event.code === "Enter" && (pressed = performance.now()), true);
  new MutationObserver(() => {
    if (lane.dataset.tone !== "busy" && pressed) {
      const done = performance.now();
      requestAnimationFrame(() => window.answers.push([lane.dataset.tone, done - pressed]));
    }
  }).observe(lane, { attributes: true, attributeFilter: ["data-tone"] });
}
"""
SERVER_TIMES = """
() => performance.getEntriesByType("resource").filter((entry) => entry.name.endsWith("/fast-lane/scan/"))
  .map((entry) => entry.serverTiming[0]?.duration ?? 0)
"""


@dataclass(frozen=True)
class Hands:
    """Seconds, as assumed: somebody used to it, labels on a roll, the scanner in one hand."""

    take_book: float = 2.5  # from the pile, turned to its back
    aim_at_isbn: float = 1.0
    stick_label: float = 3.5  # off the roll and onto the book
    aim_at_label: float = 1.0
    put_away: float = 1.5
    look: float = 0.5  # a glance at the screen, or the ear's time for the sound
    read_title_page: float = 2.0  # of a book that is not held
    chinese_sign: float = 1.0  # by pinyin, choosing included
    key: float = 0.3


def known_book(page: Page, hands: Hands, isbn: str, label: str) -> None:
    """Scan, stick, scan."""
    sleep(hands.take_book + hands.aim_at_isbn)
    _scan(page, isbn)
    sleep(hands.look + hands.stick_label + hands.aim_at_label)
    _scan(page, label)
    sleep(hands.put_away)


def new_book(page: Page, hands: Hands, isbn: str, label: str) -> None:
    """As a known one, with title, author and price typed between."""
    sleep(hands.take_book + hands.aim_at_isbn)
    _scan(page, isbn)
    sleep(hands.look + hands.read_title_page)
    _type(page, TITLE, hands.chinese_sign)
    _enter(page, hands)
    _type(page, AUTHOR, hands.chinese_sign)
    for _field in ("author", "publisher", "published"):
        _enter(page, hands)
    _type(page, PRICE, hands.key)
    sleep(hands.stick_label + hands.aim_at_label)
    _scan(page, label)
    sleep(hands.put_away)


def _scan(page: Page, code: str) -> None:
    before = page.evaluate("window.answers.length")
    scan(page, code)
    page.wait_for_function("(before) => window.answers.length > before", arg=before)


def _type(page: Page, text: str, seconds: float) -> None:
    for sign in text:
        sleep(seconds)
        page.keyboard.insert_text(sign)


def _enter(page: Page, hands: Hands) -> None:
    sleep(hands.key)
    page.keyboard.press("Enter")


def run(page: Page, kind: str, minutes: float, isbns: Iterator[str], run_mark: str) -> int:
    """Enters books until the time is over; returns how many."""
    page.goto("/fast-lane/")
    page.wait_for_selector("#lane[data-ready]")
    page.evaluate(WATCH)
    hands, enter = Hands(), {"known": known_book, "new": new_book}[kind]
    began, books = perf_counter(), 0
    while perf_counter() - began < minutes * 60:
        enter(page, hands, next(isbns), f"{run_mark}{kind[0].upper()}{books:05d}")
        books += 1
    return books


def report(
    kind: str, minutes: float, books: int, answers: Sequence[tuple[str, float]], server: Sequence[float]
) -> None:
    tones = sorted({tone for tone, _milliseconds in answers})
    print(f"{kind}: {books} books in {minutes:g} minutes = {books * 10 / minutes:.0f} in ten; answers: {tones}")
    for name, values in (("page, key to answer", [time for _tone, time in answers]), ("server", list(server))):
        cuts = quantiles(values, n=20)
        print(f"  {name}: p50 {cuts[9]:.0f} ms, p95 {cuts[18]:.0f} ms per scan; {sum(values) / books:.0f} ms per book")


def new_isbns() -> Iterator[str]:
    """ISBNs of no publisher, each with its check digit."""
    while True:
        digits = f"9798{secrets.randbelow(10**8):08d}"
        total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
        yield digits + str(-total % 10)


def known_isbns(database: str) -> Iterator[str]:
    with psycopg.connect(database) as connection:
        rows = connection.execute(KNOWN, [2000]).fetchall()
    if not rows:
        raise SystemExit("no title has an ISBN: enter new ones first")
    while True:
        yield from (isbn for (isbn,) in rows)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--kinds", nargs="+", default=["new", "known"], choices=["known", "new"])
    parser.add_argument("--database", default=os.environ.get("DATABASE_URL"), help="where ISBNs are read")
    parser.add_argument("--account", default="librarian")
    parser.add_argument("--password", default="library-demo")
    options = parser.parse_args()
    print("assumed, seconds:", ", ".join(f"{field.name} {field.default}" for field in fields(Hands)))
    isbns = {"known": known_isbns(options.database or _embedded()), "new": new_isbns()}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        page = browser.new_page(base_url=f"http://127.0.0.1:{options.port}")
        page.goto("/login/")
        page.fill("[name=username]", options.account)
        page.fill("[name=password]", options.password)
        page.press("[name=password]", "Enter")
        page.wait_for_url("**/")
        for kind in options.kinds:
            books = run(page, kind, options.minutes, isbns[kind], secrets.token_hex(3).upper())
            report(kind, options.minutes, books, page.evaluate("window.answers"), page.evaluate(SERVER_TIMES))
        browser.close()


def _embedded() -> str:
    from library_site.database.connection import url_for

    return url_for(demo=True)


if __name__ == "__main__":
    main()
