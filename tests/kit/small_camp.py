"""A small camp for the verbs: two schools, three lessons, three people, opened once and copied for every test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from campmgr.areas.camp.actions import open_camp
from campmgr.areas.hours.actions.lessons import describe_lesson
from campmgr.areas.hours.actions.marks import MarkRow, mark
from campmgr.areas.hours.rules.lesson import Lesson
from campmgr.areas.nodes.actions import Grant, enrol
from campmgr.areas.nodes.exchange.enrolment import write_request
from campmgr.areas.nodes.files.packs import accept_pack, make_pack
from campmgr.areas.people.actions.people import Registration, register
from campmgr.areas.people.queries.finding import Person, find_person
from campmgr.areas.units.actions.units import UnitRow, add_unit
from campmgr.areas.whole import CATALOGUE
from campmgr.clock import FixedClock
from campmgr.desks.queries.person import PersonHours, PersonPage, hours_of, person_page
from campmgr.facts import world as worlds
from campmgr.facts.checking import state_hash, verify_ledger
from campmgr.facts.folding import rebuild
from campmgr.facts.saying import introduce
from campmgr.facts.world import World
from campmgr.store import data_file
from campmgr.store.door import Store
from tests.kit.called import unit_called

NOW = "2023-06-10T12:00"
LESSONS = (
    Lesson("V1", "家庭用电安全", 100, 60, "科普视频", "家庭"),
    Lesson("Z1", "火场逃生直播", 200, 90, "专家直播", "学校"),
    Lesson("Z1R", "火场逃生重播", 200, 90, "直播重播", "学校", replay_of="Z1"),
    Lesson("V8", "全部课程合集", 800, 480, "科普视频", "家庭"),
)
SCHOOLS = (UnitRow("S1", "第一小学", "350102", "学校", "教育", 45), UnitRow("S2", "第二小学", "350103", "学校", "教育"),
           UnitRow("F1", "鼓楼妇联", "3501-FL", "妇联"))  # fmt: skip
PUPILS = (
    Registration("S1", "张三", "001", "三班", "13800000001"),
    Registration("S1", "李四", "002"),
    Registration("S2", "王五", "003"),
)


@dataclass(frozen=True, slots=True)
class Camp:
    """An open camp, and short ways to ask it things."""

    store: Store
    clock: FixedClock

    def person(self, text: str) -> Person:
        with self.store.reading() as r:
            return find_person(r, text)

    def page(self, text: str) -> PersonPage:
        with self.store.reading() as r:
            return person_page(r, worlds.load(r), text)

    def unit(self, code: str) -> str:
        """The id of a unit."""
        return unit_called(self.store, code)

    def hours(self, text: str) -> PersonHours:
        with self.store.reading() as r:
            return hours_of(r, worlds.load(r), find_person(r, text))

    def credited(self, text: str) -> int:
        return self.hours(text).credit.total

    def world(self) -> World:
        with self.store.reading() as r:
            return worlds.load(r)

    def facts(self) -> int:
        with self.store.reading() as r:
            return int(r.value("select count(*) from facts"))

    def state(self) -> tuple[int, str]:
        """How many facts there are, and the hash over all tables: equal before and after means nothing was written."""
        with self.store.reading() as r:
            return int(r.value("select count(*) from facts")), state_hash(r)

    def rows(self, sql: str, **values: object) -> list[tuple]:
        with self.store.reading() as r:
            return r.all(sql, **values)

    def mark(self, who: str, lesson: str = "", minutes: int | None = None, day: str = "2023-06-10", condition: str = ""):
        with self.store.writing() as w:
            return mark(w, who, MarkRow(day, lesson=lesson, condition=condition, minutes=minutes))

    def whole(self) -> bool:
        """The ledger proves itself, and folding everything again gives the same tables."""
        before = self.state()
        with self.store.writing() as w:
            assert verify_ledger(w).problems == ()
            rebuild(w)
        return self.state() == before


@pytest.fixture(scope="session")
def _opened_once(made_once) -> Path:
    return made_once("small-camp", _open)


def _open(folder: Path) -> Path:
    path = folder / "camp.sqlite"
    store = open_camp(path, "escape-drill-2023", CATALOGUE, FixedClock(NOW))
    with store.writing() as w:
        for row in SCHOOLS:
            add_unit(w, row)
        for lesson in LESSONS:
            describe_lesson(w, lesson)
        for who in PUPILS:
            register(w, who)
    data_file.close(store)
    return path


@pytest.fixture
def child(camp, tmp_path):
    """A second data file, enrolled for the first school alone."""
    store = data_file.create(tmp_path / "child.sqlite", CATALOGUE, camp.clock)
    with store.reading() as r:
        asked = write_request(r, tmp_path / "request", "第一小学")
    with camp.store.writing() as w:
        node = enrol(w, asked, Grant("S1"))
    with camp.store.reading() as r:
        make_pack(r, worlds.load(r), tmp_path / "grant", node)
    accept_pack(store, tmp_path / "grant")
    made = Camp(store, camp.clock)
    yield made
    assert made.whole()
    data_file.close(store)


@contextmanager
def _open_camp(opened: Path, folder: Path) -> Iterator[Camp]:
    """A copy in this folder, checked as a whole at the end."""
    path, clock = folder / "camp.sqlite", FixedClock(NOW)
    shutil.copy(opened, path)
    made = Camp(data_file.open_file(path, CATALOGUE, clock), clock)
    with made.store.writing() as w:
        introduce(w)
    yield made
    assert made.whole()
    data_file.close(made.store)


@pytest.fixture
def camp(_opened_once, tmp_path):
    """A camp at noon of 10 June 2023. It is checked as a whole when the test is over."""
    with _open_camp(_opened_once, tmp_path) as made:
        yield made


@pytest.fixture(scope="module")
def unchanged_camp(_opened_once, tmp_path_factory):
    """The same for all tests of a file that are about what is refused, each of which sees that nothing was written."""
    with _open_camp(_opened_once, tmp_path_factory.mktemp("unchanged")) as made:
        before = made.state()
        yield made
        assert made.state() == before
