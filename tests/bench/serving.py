"""What a mark costs over HTTP beside the plainest server of its kind; and how much a first visit loads."""

from __future__ import annotations

import gzip
import http.client
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from urllib.parse import urlsplit

from campmgr.accounts.governing import NewAccount, Place, open_account
from campmgr.accounts.logging_in import open_device
from campmgr.areas.people.actions.joining import make_join_code
from campmgr.ids import random_token
from campmgr.store import data_file
from campmgr.store.door import Store
from tests.bench.figures import Figure, Took, of_limit, times_as_long
from tests.bench.made_camp import JOINED_ON, LESSONS, MadePerson, joining, made_people, open_made, say_all, units_by_code
from tests.bench.one_server import PEER
from tests.bench.plain_peer import fill_peer

CLIENTS = 32
LIMIT_KB = 40
ALONE, TOGETHER = 0.8, 0.4
_ROUNDS = 5
"""Every round measures ours and theirs one after another; the middle one counts, so that a disturbed one does not."""


def serving(folder: Path, marks: int) -> Iterator[Figure]:
    """One mark with one client and with many, on the disk when answered, and the weight of the pages that somebody sees first."""
    path, plain = folder / "served.sqlite", folder / "peer.sqlite"
    staff = _staff(path, marks // len(LESSONS) + 1)
    fill_peer(plain, list(staff.people))
    with server(PEER, str(plain)) as peer, server(str(path)) as port:
        ours, theirs = (port, staff.marks(port)), (peer, staff.marks(peer))
        yield _beside("one mark over HTTP / Flask and SQLAlchemy", ours, theirs, 1, ALONE)
        yield _beside(f"a mark with {CLIENTS} clients / Flask and SQLAlchemy", ours, theirs, CLIENTS, TOGETHER)
        yield from _weights(port, f"/j/{staff.join_code}")


class Staff:
    """Somebody who is logged in, a join code of theirs, and everyone they may mark."""

    def __init__(self, token: str, join_code: str, people: Sequence[str]) -> None:
        self.token = token
        self.join_code = join_code
        self.people = people

    def marks(self, port: int) -> Iterator[bytes]:
        """Requests, each of which records one more mark."""
        host, cookie = f"127.0.0.1:{port}", f"campmgr{str(port).rjust(6, '-')}={self.token}"
        head = f"Host: {host}\r\nOrigin: http://{host}\r\nCookie: {cookie}\r\n"
        head += "Content-Type: application/x-www-form-urlencoded\r\n"
        for lesson in LESSONS:
            for person in self.people:
                body = f"lesson={lesson.code}&day={JOINED_ON}&minutes=&client_id={lesson.code}-{person}"
                yield f"POST /desk/people/{person}/mark HTTP/1.1\r\n{head}Content-Length: {len(body)}\r\n\r\n{body}".encode()


def _staff(path: Path, people: int) -> Staff:
    store = open_made(path, people)
    with store.writing() as w:
        made = list(made_people(people, units_by_code(w)))
        say_all(w, (draft for one in made for draft in joining(one)))
    found = staff_of(store, made)
    data_file.close(store)
    return found


def staff_of(store: Store, made: Sequence[MadePerson]) -> Staff:
    """Somebody who is logged in and may mark all these people."""
    with store.writing() as w:
        account = open_account(w, NewAccount("bench", "测速", random_token()), Place("organizer", "35"))
        return Staff(open_device(w, account.account, "bench", kept=True), make_join_code(w, made[0].who.unit).code,
                     [one.person for one in made])  # fmt: skip


@contextmanager
def server(*args: str) -> Iterator[int]:
    """The port of a server in a program of its own (`one_server`)."""
    with subprocess.Popen([sys.executable, "-m", "tests.bench.one_server", *args], stdout=subprocess.PIPE) as program:
        assert program.stdout
        try:
            yield int(program.stdout.readline())
        finally:
            program.terminate()


Side = tuple[int, Iterator[bytes]]
"""A port, and what to ask there by and by: a mark can be made once."""


def _beside(what: str, ours: Side, theirs: Side, clients: int, reach: float) -> Figure:
    """What a mark takes of ours and of their server's time, and how long somebody waits for it."""
    rounds = [(_each(ours, clients), _each(theirs, clients)) for _ in range(_ROUNDS)]
    mark, plain = sorted(rounds, key=lambda each: each[0].cpu / each[1].cpu)[_ROUNDS // 2]
    return times_as_long(what, mark, plain, reach)


_MARKS = 160


def _each(side: Side, clients: int) -> Took:
    port, asks = side[0], _some(side, _MARKS)
    before, begun = spent(port), time.perf_counter()
    with ThreadPoolExecutor(clients) as all_clients:
        list(all_clients.map(lambda at: times(port, asks[at::clients]), range(clients)))
    return Took(spent(port) - before, time.perf_counter() - begun) / _MARKS


def spent(port: int) -> float:
    """How much of the processor's time a server has had."""
    return float(_body(port, "/--cpu")[1])


def _some(side: Side, count: int) -> list[bytes]:
    return list(islice(side[1], count))


def times(port: int, asks: Sequence[bytes]) -> list[float]:
    """Seconds of each request, one after another on one connection; the first only warms."""
    seconds = []
    with socket.create_connection(("127.0.0.1", port)) as line:
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for ask in asks:
            start = time.perf_counter()
            _answered(line, ask)
            seconds.append(time.perf_counter() - start)
    return seconds[1:]


def _answered(line: socket.socket, ask: bytes) -> None:
    line.sendall(ask)
    got = b""
    while b"\r\n\r\n" not in got:
        got += line.recv(65536)
    head, body = got.split(b"\r\n\r\n", 1)
    assert head.split()[1] in {b"200", b"303"}, got
    left = int(re.search(rb"content-length: (\d+)", head, re.IGNORECASE)[1]) - len(body)  # type: ignore[index]  # always sent
    while left > 0:
        left -= len(line.recv(65536))


def _weights(port: int, join: str) -> Iterator[Figure]:
    """Pages with everything they load, packed by gzip as the limit counts it, and as it is really sent."""
    for path, words in (("/", "the camp's page"), (join, "the form to join")):
        sent, packed = _weight(port, path)
        yield of_limit(f"first visit of {words}, packed", packed / 1024, LIMIT_KB, "KB")
        yield of_limit(f"first visit of {words}, as sent", sent / 1024, LIMIT_KB, "KB")


def _weight(port: int, path: str) -> tuple[int, int]:
    """Bytes of bodies as sent to a browser that takes gzip, and as gzip would pack them."""
    bodies = [_body(port, path)]
    text = bodies[0][1].decode()
    loaded = re.findall(r'<(?:script|link|img)\b[^>]*?\b(?:src|href)="([^"]+)"', text)
    assert not [address for address in loaded if urlsplit(address).netloc], loaded
    bodies += [_body(port, address) for address in dict.fromkeys(loaded) if address.startswith("/")]
    return sum(sent for sent, _ in bodies), sum(len(gzip.compress(plain)) for _, plain in bodies)


def _body(port: int, path: str) -> tuple[int, bytes]:
    line = http.client.HTTPConnection("127.0.0.1", port)
    line.request("GET", path, headers={"Accept-Encoding": "gzip"})
    answer = line.getresponse()
    sent = answer.read()
    line.close()
    assert answer.status == 200, path
    return len(sent), gzip.decompress(sent) if answer.headers.get("Content-Encoding") == "gzip" else sent
