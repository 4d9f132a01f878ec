"""What marking a class of 60 costs in a school of 720: the list that follows a choice, the press, and taking it back."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from campmgr.accounts import governing as accounts
from campmgr.accounts.governing import NewAccount, Place
from campmgr.accounts.logging_in import open_device
from campmgr.app.web_app import Settings, create_app
from campmgr.areas.people.actions import people
from campmgr.areas.people.actions.people import Registration
from campmgr.areas.units.actions import units
from campmgr.areas.units.actions.units import UnitRow
from campmgr.store import data_file
from tests.bench.figures import Figure, of_limit
from tests.bench.made_camp import LESSONS, open_made

_CLASSES, _PUPILS = 12, 60
_FRAGMENT_MS, _PRESS_MS = 40, 100
_UNIT, _DAY = "3501-X1", "2023-06-09"
_OWN = {"Origin": "http://localhost"}


def marking(folder: Path) -> Iterator[Figure]:
    """Three rows, each in the processor's milliseconds: the median of the classes, since every press records another one."""
    store = open_made(folder / "marking.sqlite", 2)
    with store.writing() as w:
        units.add_unit(w, UnitRow(_UNIT, "演练小学", "3501", "学校", "教育"))
        for at in range(_CLASSES * _PUPILS):
            people.register(w, Registration(_UNIT, f"演练{at}", f"N{at:03}", _class(at // _PUPILS)))
        made = accounts.open_account(
            w, NewAccount("lin", "lin", "correct horse"), Place("coordinator", _UNIT), cost="scrypt:256:8:1"
        )
        token = open_device(w, made.account, "Firefox", kept=True)
    client = create_app(store, Settings(store.path)).test_client()
    client.set_cookie("campmgr", token)
    steps = [_marked(client, _class(at)) for at in range(_CLASSES)]
    for words, at, limit in (("the list", 0, _FRAGMENT_MS), ("the press", 1, _PRESS_MS), ("taking it back", 2, _PRESS_MS)):
        yield of_limit(f"marking a class of {_PUPILS}: {words}", sorted(step[at] for step in steps)[_CLASSES // 2], limit, "ms")
    data_file.close(store)


def _class(at: int) -> str:
    return f"{'一二三四五六'[at // 2]}年{at % 2 + 1}班"


def _marked(client: FlaskClient, class_name: str) -> tuple[float, float, float]:
    """How long list, press and taking back take for one class, in milliseconds."""
    chosen = {"class": class_name, "what": LESSONS[0].code, "day": _DAY}
    path = f"/desk/units/{_UNIT}/marking"
    listed, took = _timed(lambda: client.get(path, query_string=chosen), 200)
    hidden = {name: re.findall(rf'name="{name}" value="([^"]*)"', listed.text)[0] for name in ("shown", "client_id")}
    people_of = re.findall(r'name="person" value="(\w+)" checked', listed.text)
    pressed, press = _timed(lambda: client.post(path, data=chosen | hidden | {"person": people_of}, headers=_OWN), 303)
    done = pressed.location.partition("done=")[2]
    _, undo = _timed(lambda: client.post(f"/desk/done/{done}", headers=_OWN), 303)
    return took, press, undo


def _timed(work: Callable[[], TestResponse], status: int) -> tuple[TestResponse, float]:
    begun = time.process_time()
    answer = work()
    took = time.process_time() - begun
    if answer.status_code != status:
        raise RuntimeError(f"answers {answer.status_code}")
    return answer, took * 1000
