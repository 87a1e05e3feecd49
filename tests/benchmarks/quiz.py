"""A class before one quiz on a running server, over HTTP: all begin, save after every answer and hand in together.

Pupils get accounts and sessions of their own where they have none; what they answered is taken back at the end. How to
run it stands in README.md.
"""

import argparse
import json
import os
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from statistics import quantiles
from threading import Barrier
from time import perf_counter
from typing import Any
from urllib.parse import urlencode

LOOPBACK = "127.0.0.1"
TOKEN = "t" * 32


class Pupil:
    """A session and a connection that stays open; `times` are milliseconds there and back, by what was done."""

    def __init__(self, port: int, session: str) -> None:
        self.connection = HTTPConnection(LOOPBACK, port, timeout=120)
        self.cookie = f"sessionid={session}; csrftoken={TOKEN}"
        self.times: dict[str, list[float]] = defaultdict(list)
        self.odd: list[tuple[str, int]] = []

    def send(self, act: str, path: str, fields: dict[str, str] | None = None, expects: int = 200) -> None:
        headers = {"Cookie": self.cookie, "X-CSRFToken": TOKEN, "Content-Type": "application/x-www-form-urlencoded"}
        began = perf_counter()
        self.connection.request("GET" if fields is None else "POST", path, urlencode(fields or {}), headers)
        answer = self.connection.getresponse()
        answer.read()
        self.times[act].append((perf_counter() - began) * 1000)
        if answer.status != expects:
            self.odd.append((act, answer.status))

    def answer(self, quiz: int, questions: list[int], start: Barrier) -> None:
        start.wait()
        self.send("begin", f"/quizzes/{quiz}/begin/", {}, expects=302)
        self.send("open", f"/quizzes/{quiz}/take/")
        answers: dict[str, list[int]] = {}
        for question in questions:
            answers[str(question)] = [0]
            self.send("save", f"/quizzes/{quiz}/save/", {"answers": json.dumps(answers)})
        start.wait()  # everybody hands in when the bell rings
        self.send("hand in", f"/quizzes/{quiz}/hand-in/", {"answers": json.dumps(answers)}, expects=302)


def sessions_of(quiz: Any, number: int) -> dict[int, str]:
    """{reader: session} of pupils who have not answered."""
    from django.test import Client

    from activities.models import Attempt
    from library_site.models import Role, User
    from readers.models import Reader

    done = Attempt.objects.filter(quiz=quiz, reader__isnull=False).values("reader")
    pupils = Reader.objects.filter(category="student", status="active").exclude(pk__in=done).order_by("pk")[:number]
    found = {}
    for pupil in pupils:
        if pupil.account is None:
            name = {"username": f"benchmark{pupil.pk}", "name": pupil.name, "roles": [Role.STUDENT]}
            pupil.account = User.objects.create_user(**name)
            pupil.save(update_fields=["account"])
        client = Client()
        client.force_login(pupil.account)
        found[pupil.pk] = client.cookies["sessionid"].value
    return found


def run(port: int, number: int) -> None:
    from activities.models import Attempt, Quiz
    from activities.queries.papers import paper_of
    from activities.rules.quizzes import mark

    quiz = Quiz.objects.filter(opens_at__isnull=False).latest("opens_at")
    paper = paper_of(quiz.pk)
    sessions = sessions_of(quiz, number)
    pupils = [Pupil(port, session) for session in sessions.values()]
    start, questions = Barrier(len(pupils)), [line.question_id for line in paper]
    began = perf_counter()
    with ThreadPoolExecutor(len(pupils)) as pool:
        list(pool.map(lambda pupil: pupil.answer(quiz.pk, questions, start), pupils))
    report(pupils, perf_counter() - began)
    mine = Attempt.objects.filter(quiz=quiz, reader__in=sessions)
    wanted = mark(paper, {str(question): [0] for question in questions})
    right = sum(row.points == wanted and len(row.answers) >= 1 for row in mine)
    print(f"  handed in and marked rightly: {right} of {len(pupils)}, attempts: {mine.count()}")
    mine.delete()


def report(pupils: list[Pupil], seconds: float) -> None:
    sent = sum(len(times) for pupil in pupils for times in pupil.times.values())
    print(f"{len(pupils)} pupils, {sent} requests in {seconds:.1f} s: {sent / seconds:.0f} a second")
    print(f"  {'ms':10}{'number':>8}{'p50':>9}{'p95':>9}{'most':>9}")
    for act in ("begin", "open", "save", "hand in"):
        times = [time for pupil in pupils for time in pupil.times[act]]
        cuts = quantiles(times, n=20, method="inclusive")
        print(f"  {act:10}{len(times):8}{cuts[9]:9.0f}{cuts[18]:9.0f}{max(times):9.0f}")
    print(f"  unexpected answers: {[odd for pupil in pupils for odd in pupil.odd] or 'none'}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--pupils", type=int, default=40)
    options = parser.parse_args()
    if "DATABASE_URL" not in os.environ:
        from library_site.database.connection import url_for

        os.environ["DATABASE_URL"] = url_for(demo=True)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "library_site.settings")
    import django

    django.setup()
    run(options.port, options.pupils)


if __name__ == "__main__":
    main()
