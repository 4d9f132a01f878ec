"""How long pages and joining take beside a large import: one of the server's own, and one of another program on the same file."""

from __future__ import annotations

import csv
import http.client
import re
import statistics
import subprocess
import sys
import time
import urllib.parse
from collections.abc import Iterator, Sequence
from pathlib import Path

from campmgr.store import data_file
from tests.bench.figures import Figure, of_limit
from tests.bench.made_camp import MARKS, joining, made_people, open_made, say_all
from tests.bench.serving import Staff, server, staff_of

PAGE_MS, JOIN_MS = 1_000, 3_000
_PAUSE = 0.05
_LONGEST = 3_600


def beside(folder: Path, marks: int) -> Iterator[Figure]:
    """Pages, joins and what was lost, beside so many marks from another program, then as many in the browser."""
    path, tables = folder / "beside.sqlite", (folder / "one.csv", folder / "two.csv")
    staff, unit = _camp(path, tables, marks)
    with server(str(path)) as port:
        asking = _Asking(port, staff)
        with subprocess.Popen(
            [sys.executable, "-m", "tests.bench.one_work", "import", path, tables[0]], stdout=subprocess.PIPE
        ) as work:
            asking.until(lambda: work.poll() is not None)
        yield from asking.figures(f"{marks:,} marks from another program")
        asking.forget_times()
        job = _send(port, staff, unit, tables[1].read_bytes())
        asking.until(lambda: not _is_going_on(port, staff, job))
        yield from asking.figures(f"{marks:,} marks in the browser")
    store = data_file.open_file(path, asking.catalogue)
    with store.reading() as r:
        kept = int(r.value("select count(*) from people where name like '来%'"))
        held = int(r.value("select count(*) from marks"))
    data_file.close(store)
    yield of_limit("joins that are lost", asking.joined - kept, 1, "people")
    yield of_limit("marks that are lost", 2 * marks - held, 1, "marks")
    for made in (path, *tables):
        made.unlink()


def _camp(path: Path, tables: Sequence[Path], marks: int) -> tuple[Staff, str]:
    """A camp of people without marks, and tables with the marks of half of them each; who may import them, and where."""
    people = list(made_people(2 * marks // MARKS))
    store = open_made(path, len(people))
    with store.writing() as w:
        say_all(w, (draft for one in people for draft in joining(one)))
    staff = staff_of(store, people)
    data_file.close(store)
    for at, table in enumerate(tables):
        with table.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(("参与者编号", "课程编号", "分钟", "日期"))
            for one in people[at::2]:
                writer.writerows((one.who.number, mark.lesson, mark.minutes, mark.day) for mark in one.course.marks)
    return staff, "35"


def _send(port: int, staff: Staff, unit: str, table: bytes) -> str:
    """Import a table of marks in the browser; the address of its job."""
    shown = _multipart(port, staff, f"/desk/units/{unit}/import/preview", {"kind": "marks"}, table)
    while "<progress" in shown:
        time.sleep(0.5)
        shown = _get(port, staff, re.search(r'hx-get="([^"]+)/state"', shown)[1])  # type: ignore[index] # it is there
    if "查看结果" in shown:
        shown = _get(port, staff, re.search(r'href="([^"]+)">查看结果', shown)[1])  # type: ignore[index]
    form = next(one for one in re.findall(r"<form.*?</form>", shown, re.DOTALL) if "/import/commit" in one)
    fields = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form))
    answer = _post(port, staff, f"/desk/units/{unit}/import/commit", fields)
    return answer.getheader("Location") or ""


def _is_going_on(port: int, staff: Staff, job: str) -> bool:
    return "<progress" in _get(port, staff, job)


class _Asking:
    """Somebody who looks at pages and others who join, one after another, and how long each waits."""

    def __init__(self, port: int, staff: Staff) -> None:
        from campmgr.areas.whole import CATALOGUE

        self.catalogue = CATALOGUE
        self._port, self._staff = port, staff
        self.joined = 0
        self.forget_times()

    def forget_times(self) -> None:
        self._pages: list[float] = []
        self._joins: list[float] = []

    def until(self, is_over) -> None:
        """Ask on until something is over."""
        end = time.perf_counter() + _LONGEST
        while not is_over() and time.perf_counter() < end:
            for path in ("/", "/desk/", "/office/", f"/j/{self._staff.join_code}"):
                self._pages.append(_timed(lambda path=path: _get(self._port, self._staff, path)))
            self._joins.append(_timed(self._join))
            time.sleep(_PAUSE)

    def _join(self) -> None:
        typed = {"name": f"来{self.joined}", "kind": "学校师生", "consent": "1", "consent_version": "1",
                 "client_id": f"join-{self.joined}"}  # fmt: skip
        answer = _post(self._port, self._staff, f"/j/{self._staff.join_code}/sent", typed)
        assert answer.status == 303, answer.status
        self.joined += 1

    def figures(self, what: str) -> Iterator[Figure]:
        """The hundredth-worst of each."""
        yield of_limit(f"pages beside {what}: p99 of {len(self._pages)}", 1000 * _p99(self._pages), PAGE_MS, "ms")
        yield of_limit(f"joins beside {what}: p99 of {len(self._joins)}", 1000 * _p99(self._joins), JOIN_MS, "ms")


def _p99(seconds: list[float]) -> float:
    return statistics.quantiles(seconds, n=100)[98] if len(seconds) > 1 else max(seconds, default=0.0)


def _timed(work) -> float:
    before = time.perf_counter()
    work()
    return time.perf_counter() - before


def _get(port: int, staff: Staff, path: str) -> str:
    answer = _asked(port, staff, "GET", path, None, {})
    if answer.status == 303:
        return _get(port, staff, answer.getheader("Location") or "/")
    assert answer.status == 200, (path, answer.status)
    return answer.read().decode()


def _post(port: int, staff: Staff, path: str, fields: dict[str, str]) -> http.client.HTTPResponse:
    body = urllib.parse.urlencode(fields).encode()
    return _asked(port, staff, "POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"})


def _multipart(port: int, staff: Staff, path: str, fields: dict[str, str], file: bytes) -> str:
    parts = [f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode() for name, value in fields.items()]
    parts.append(b'--x\r\nContent-Disposition: form-data; name="file"; filename="marks.csv"\r\n\r\n' + file + b"\r\n--x--\r\n")
    answer = _asked(port, staff, "POST", path, b"".join(parts), {"Content-Type": "multipart/form-data; boundary=x"})
    if answer.status == 303:
        return _get(port, staff, answer.getheader("Location") or "/")
    assert answer.status == 200, answer.status
    return answer.read().decode()


def _asked(
    port: int, staff: Staff, method: str, path: str, body: bytes | None, more: dict[str, str]
) -> http.client.HTTPResponse:  # fmt: skip
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    cookie = f"campmgr{str(port).rjust(6, '-')}={staff.token}"
    connection.request(method, path, body, {"Cookie": cookie, "Origin": f"http://127.0.0.1:{port}"} | more)
    return connection.getresponse()
