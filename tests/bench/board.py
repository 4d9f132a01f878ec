"""The board that many look at, beside a plain scoreboard whose top list is kept, with as many participants."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.bench.figures import Figure, Took, times_as_long
from tests.bench.ground import copied
from tests.bench.one_server import SCOREBOARD
from tests.bench.plain_board import fill_board
from tests.bench.serving import server, spent, times

_ROUNDS, _ASKED = 5, 200


def board(folder: Path, participants: int) -> Iterator[Figure]:
    """The page with the first hundred, of ours and of theirs; and ours beside their bare list, which is kept as it was answered."""
    path, plain = copied(participants, folder / "board.sqlite"), folder / "scoreboard.sqlite"
    fill_board(plain, participants)
    with server(SCOREBOARD, str(plain)) as peer, server(str(path)) as port:
        asks = [(port, _ask("/board")), (peer, _ask("/board")), (peer, _ask("/board.json"))]
        rounds = [[_took(*each) for each in asks] for _ in range(_ROUNDS)]
    ours, page, bare = (sorted(some, key=lambda each: each.cpu)[_ROUNDS // 2] for some in zip(*rounds, strict=True))
    yield times_as_long(f"/board of {participants:,} / a scoreboard's page of its kept list", ours, page, 1)
    yield times_as_long(f"/board of {participants:,} / its list as data, kept whole", ours, bare, 1)


def _took(port: int, ask: bytes) -> Took:
    """What one of many takes of a server's time, and until it is there."""
    times(port, [ask])
    before = spent(port)
    waited = times(port, [ask] * _ASKED)
    return Took((spent(port) - before) / _ASKED, min(waited))


def _ask(path: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
