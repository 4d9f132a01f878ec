"""What `/p/<token>` of somebody with 200 marks costs, beside an empty page and the page of somebody with none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from campmgr.areas.hours.actions.marks import MarkRow, mark_draft
from campmgr.areas.people.local import new_page
from campmgr.ledger.envelope import Draft, subject
from campmgr.store import data_file
from tests.bench.figures import Figure, Took, times_as_long
from tests.bench.made_camp import LESSONS, MadePerson, joining, made_people, open_made, say_all, units_by_code
from tests.bench.serving import server, spent, times

MARKS = 200
_ROUNDS, _ASKED = 3, 60


def own_page(folder: Path) -> Iterator[Figure]:
    """Two rows: against a page of ours with nothing but a form, and against the same page of somebody with no marks."""
    path = folder / "own.sqlite"
    full, bare = _pages(path)
    with server(str(path)) as port:
        rounds = [[_took(port, page) for page in (f"/p/{full}", "/p/", f"/p/{bare}")] for _ in range(_ROUNDS)]
    page, empty, nothing = sorted(rounds, key=lambda each: each[0].cpu)[len(rounds) // 2]
    yield times_as_long(f"/p/ of a person with {MARKS} marks / an empty page", page, empty, 3)
    yield times_as_long(f"/p/ of a person with {MARKS} marks / of one with none", page, nothing, 3)


def _took(port: int, page: str) -> Took:
    """What one of many takes of the server's time, and until it is there."""
    before = spent(port)
    waited = times(port, [_ask(page)] * _ASKED)
    return Took((spent(port) - before) / _ASKED, min(waited))


def _ask(path: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()


def _pages(path: Path) -> tuple[str, str]:
    """The tokens of two people: one with 200 marks over a month, one with none."""
    store = open_made(path, 2)
    with store.writing() as w:
        one, other = made_people(2, units_by_code(w))
        say_all(w, (draft for each in (one, other) for draft in joining(each)))
        say_all(w, (_marked(one, at) for at in range(MARKS)))
        tokens = new_page(w, one.person), new_page(w, other.person)
    data_file.close(store)
    return tokens


def _marked(one: MadePerson, at: int) -> Draft:
    row = MarkRow(f"2023-06-{at // 12 % 30 + 1:02d}", LESSONS[at % len(LESSONS)].code, minutes=at % 50 + 5, source="station")
    return mark_draft(one.who.unit, subject("person", one.person), row)
