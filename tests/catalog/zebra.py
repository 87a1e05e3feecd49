"""A real library server: Index Data's Zebra with small databases of our own records, in MARC 21 and in UNIMARC."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from catalog.rules.marc.records import make_record

LEADER = "00000nam a2200000   4500"
SHARE = Path("/usr/share/idzebra-2.0/tab")
CQL = Path("/usr/share/yaz/etc/pqf.properties")  # YAZ's own: it knows titles, and no ISBN
# What is indexed in UNIMARC; for MARC 21 Zebra brings a list, which knows no ISBN either.
UNIMARC = """name unimarc
encoding utf-8
attset bib1.att
esetname F @
marc usmarc.mar
xpath disable
all any
melm 010$a\tISBN:w
melm 200$a\ttitle:w,title:p
"""
CONFIG = """profilePath: {folder}/tab:{share}
modulePath: {modules}
register: {folder}/register:20M
lockDir: {folder}/lock
encoding: utf-8
attset: bib1.att
"""
SERVER = """<yazgfs>
<listen id="here">tcp:127.0.0.1:{port}</listen>
<server id="all" listenref="here"><config>{folder}/zebra.cfg</config><cql2rpn>{folder}/cql.properties</cql2rpn></server>
</yazgfs>
"""
Rows = Sequence[Sequence[Any]]


def missing() -> str:
    """What of Zebra is not on this machine; empty if all is there."""
    programs = [name for name in ("zebraidx", "zebrasrv") if shutil.which(name) is None]
    return ", ".join(programs + [str(path) for path in (SHARE, CQL) if not path.exists()])


def need_zebra() -> None:
    if lacking := missing():
        reason = f"install yaz and idzebra-2.0: {lacking} is missing"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)


@contextmanager
def serving(folder: Path, databases: dict[str, tuple[str, Sequence[Rows]]]) -> Iterator[str]:
    """Serves {database: (marc21 | unimarc, records)}; gives the address to which a database's name is added."""
    port = _free_port()
    _configure(folder, port)
    for name, (kind, records) in databases.items():
        (folder / name).mkdir()
        raw = b"".join(make_record(LEADER, rows).as_marc() for rows in records)
        (folder / name / "records.mrc").write_bytes(raw)
        _run(folder, "zebraidx", "-c", "zebra.cfg", "-d", name, "-t", f"grs.marcxml.{kind}", "update", name)
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(["zebrasrv", "-f", "server.xml"], cwd=folder, stdout=log, stderr=log)
    try:
        _wait(port, server)
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.terminate()
        server.wait()


def _configure(folder: Path, port: int) -> None:
    for name in ("tab", "register", "lock"):
        (folder / name).mkdir()
    modules = next(Path("/usr/lib").glob("*/idzebra-2.0/modules"))
    (folder / "zebra.cfg").write_text(CONFIG.format(folder=folder, share=SHARE, modules=modules))
    (folder / "server.xml").write_text(SERVER.format(folder=folder, port=port))
    (folder / "cql.properties").write_text(CQL.read_text() + "\nindex.bath.isbn = 1=7\n")
    own = (SHARE / "marc21.abs").read_text().replace("name marc21", "name marc21\nencoding utf-8", 1)
    (folder / "tab" / "marc21.abs").write_text(own + "\nmelm 020$a\tISBN:w\n")
    (folder / "tab" / "unimarc.abs").write_text(UNIMARC)
    words = (SHARE / "default.idx").read_text().replace("charmap string.chr", "icuchain words-icu.xml")
    (folder / "tab" / "default.idx").write_text(words)


def _run(folder: Path, *command: str) -> None:
    subprocess.run(command, cwd=folder, check=True, capture_output=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(port: int, server: subprocess.Popen) -> None:
    for _try in range(200):
        assert server.poll() is None, "zebrasrv ended"
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("zebrasrv does not answer")
