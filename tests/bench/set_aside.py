"""What the review costs where 10,000 things wait, beside where one does: its page and the count on the front page."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from flask.testing import FlaskClient

from campmgr.accounts import governing as accounts
from campmgr.accounts.governing import NewAccount, Place
from campmgr.accounts.logging_in import open_device
from campmgr.app.web_app import Settings, create_app
from campmgr.areas.hours.actions.marks import MarkRow, mark_draft
from campmgr.ledger.envelope import Draft, subject
from campmgr.store import data_file
from tests.bench.figures import Figure, of_limit
from tests.bench.made_camp import LESSONS, MadePerson, joining, made_people, open_made, say_all, units_by_code

_EACH = 10
"""Doubtful marks of one person."""

_MOST_MS = 100
_ASKED = 12


def set_aside(folder: Path, waiting: int) -> Iterator[Figure]:
    """Four rows: the first page, one sort, a city's, and the organizer's front page, in the processor's milliseconds."""
    store = open_made(folder / "set-aside.sqlite", waiting // _EACH)
    with store.writing() as w:
        units = units_by_code(w)
        people = list(made_people(waiting // _EACH, units))
        say_all(w, (draft for each in people for draft in joining(each)))
        say_all(w, (_too_long(each, at) for each in people for at in range(_EACH)))
        made = accounts.open_account(
            w, NewAccount("root", "root", "correct horse"), Place("organizer", units["35"]), cost="scrypt:256:8:1"
        )
        token = open_device(w, made.account, "Firefox", kept=True)
    client = create_app(store, Settings(store.path)).test_client()
    client.set_cookie("campmgr", token)
    for words, path in (
        ("its first page", "/office/review"),
        ("one sort", "/office/review?sort=longer_than_lesson"),
        ("below one city", "/desk/units/3501/review"),
        ("the front page", "/office/"),
    ):
        yield of_limit(f"review of {waiting:,}: {words}", _seconds(client, path) * 1000, _MOST_MS, "ms")
    data_file.close(store)


def _too_long(one: MadePerson, at: int) -> Draft:
    row = MarkRow(f"2023-06-{at + 1:02d}", LESSONS[at % len(LESSONS)].code, minutes=100 + at, source="station")
    return mark_draft(one.who.unit, subject("person", one.person), row)


def _seconds(client: FlaskClient, path: str) -> float:
    """The quickest of some: what the machine does beside it only slows it down."""
    found = []
    for _ in range(_ASKED):
        begun = time.process_time()
        answer = client.get(path)
        found.append(time.process_time() - begun)
        if answer.status_code != 200:
            raise RuntimeError(f"{path} answers {answer.status_code}")
    return min(found)
