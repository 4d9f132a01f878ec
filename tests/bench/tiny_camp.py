"""A camp of a few people at one school, and the ways that lead through the program, each to be gone as often as one likes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from campmgr.accounts.governing import NewAccount, Place, open_account
from campmgr.accounts.logging_in import open_device
from campmgr.app.web_app import Settings, create_app, end_jobs
from campmgr.areas.camp.actions import open_camp
from campmgr.areas.certificates.actions.issuing import issue
from campmgr.areas.hours.actions.lessons import describe_lesson
from campmgr.areas.hours.actions.marks import MarkRow, mark
from campmgr.areas.hours.rules.lesson import Lesson
from campmgr.areas.nodes.files.packs import accept_pack, make_pack
from campmgr.areas.people.actions.joining import make_join_code
from campmgr.areas.people.actions.people import Registration, register
from campmgr.areas.people.local import new_page
from campmgr.areas.units.actions.units import UnitRow, add_unit
from campmgr.areas.whole import CATALOGUE
from campmgr.clock import FixedClock
from campmgr.facts import world as worlds
from campmgr.ids import person_code
from campmgr.store import data_file
from campmgr.store.door import Store
from tests.bench.ground import state_in
from tests.bench.made_camp import PRESET

UNIT, LESSON = "3501-X1", "V8"
_NOW, _DAY = "2023-06-10T12:00", "2023-06-10"
_OWN = {"Origin": "http://localhost"}
_CHEAP = "scrypt:256:8:1"


@dataclass
class TinyCamp:
    """An application over a camp with one school; `root` and `gate` are logged in, `nobody` is not."""

    app: Flask
    store: Store
    root: FlaskClient
    gate: FlaskClient
    nobody: FlaskClient
    join_code: str
    pack: Path
    came: list[str] = field(default_factory=list)

    def comes(self) -> str:
        """Somebody else of the school, by id."""
        with self.store.writing() as w:
            self.came.append(register(w, Registration(UNIT, f"学生{len(self.came)}", f"{len(self.came):03}")))
        return self.came[-1]

    def learns(self, person: str) -> None:
        """They do all that a certificate asks for."""
        with self.store.writing() as w:
            mark(w, person, MarkRow(_DAY, lesson=LESSON))
            mark(w, person, MarkRow(_DAY, condition="sign_in"))


@dataclass(frozen=True, slots=True)
class Way:
    """One way: what must be there first, and going it, which asserts that it led where it should."""

    prepare: Callable[[], str]
    go: Callable[[str], None]


@contextmanager
def tiny_camp(folder: Path) -> Iterator[TinyCamp]:
    """The camp in a new data file; what the machine knows of it stands in the folder too."""
    with state_in(folder):
        store = open_camp(folder / "camp.sqlite", PRESET, CATALOGUE, FixedClock(_NOW))
        app = create_app(store, Settings(store.path, cost=_CHEAP, patience=60))
        with store.writing() as w:
            add_unit(w, UnitRow(UNIT, "演练小学", "3501", "学校", "教育"))
            describe_lesson(w, Lesson(LESSON, "全部课程合集", 800, 480, "科普视频", "家庭"))
            join_code = make_join_code(w, UNIT).code
        root, gate = (_logged_in(app, store, who) for who in (Place("organizer", "35"), Place("coordinator", UNIT)))
        camp = TinyCamp(app, store, root, gate, app.test_client(), join_code, folder / "all.pack")
        with store.reading() as r:
            make_pack(r, worlds.load(r), camp.pack, "")
        yield camp
        end_jobs(app)
        data_file.close(store)


def _logged_in(app: Flask, store: Store, place: Place) -> FlaskClient:
    client = app.test_client()
    with store.writing() as w:
        account = open_account(w, NewAccount(place.role, place.role, "correct horse"), place, cost=_CHEAP)
        client.set_cookie("campmgr", open_device(w, account.account, "", kept=True))
    return client


def ways(camp: TinyCamp) -> dict[str, Way]:
    """The ways by name."""
    station = f"/desk/units/{UNIT}/station"
    newcomers = count()
    account = camp.gate.get(station).text.partition('data-account="')[2].partition('"')[0]

    def scans(person: str) -> None:
        about = {"what": LESSON, "day": _DAY, "round": "r"}
        sent = about | {"account": account, "scans": [about | {"id": person, "text": person_code(person)}]}
        answer = camp.gate.post(f"{station}/scans", json=sent, headers=_OWN)
        assert answer.get_json()["scans"][0]["state"] == "recorded", answer.text

    def joins(name: str) -> None:
        form = {"name": name, "kind": "学校师生", "consent": "1", "consent_version": "1", "client_id": name}
        assert camp.nobody.post(f"/j/{camp.join_code}/sent", data=form, headers=_OWN).status_code == 303

    def page() -> str:
        person = camp.comes()
        camp.learns(person)
        with camp.store.writing() as w:
            return new_page(w, person)

    def certificate() -> str:
        camp.learns(camp.comes())
        with camp.store.writing() as w:
            return issue(w).numbers[-1]

    def ready() -> str:
        camp.learns(camp.comes())
        return ""

    def issues(_: str) -> None:
        with camp.store.writing() as w:
            assert issue(w).issued == 1

    def accepts(_: str) -> None:
        assert not accept_pack(camp.store, camp.pack).new

    def shows(client: FlaskClient, address: str) -> Callable[[str], None]:
        def go(key: str) -> None:
            assert client.get(address + key).status_code == 200

        return go

    return {
        "scan": Way(camp.comes, scans),
        "join": Way(lambda: f"新来{next(newcomers)}", joins),
        "issue": Way(ready, issues),
        "check": Way(certificate, shows(camp.nobody, "/c/")),
        "page": Way(page, shows(camp.nobody, "/p/")),
        "report": Way(str, shows(camp.root, "/office/reports/?by=county")),
        "pack": Way(str, accepts),
    }
