"""The folded tables of a made camp, filled directly where the ledger would take hours; proven equal to folds in the small.

Filled are people, memberships, marks, conditions, works, readings and all totals. The ledger itself holds one fact for every
school, so that the heads a report is computed from are as many as they would be.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from campmgr.areas.hours.fold.tables import CONDITIONS, MARKS
from campmgr.areas.hours.rules.credit import Mark, credited_by_day
from campmgr.areas.people.fold.person_days import NEVER, Course, states_of, steps_along
from campmgr.areas.people.fold.tables import MEMBERSHIPS, PEOPLE
from campmgr.areas.works.actions.works import work_id
from campmgr.areas.works.fold import READINGS, WORKS
from campmgr.facts import world as worlds
from campmgr.facts.placements import placement
from campmgr.facts.totals import Differences, write_steps
from campmgr.facts.world import World
from campmgr.ids import canonical, person_code
from campmgr.ledger.envelope import Draft
from campmgr.ledger.scopes import people_scope, subject
from campmgr.settings.preset import Rules, load_preset
from campmgr.store.tables import Table
from tests.bench.made_camp import (
    JOINED_ON,
    LESSONS,
    PRESET,
    READ_AT,
    MadeCourse,
    MadePerson,
    made_people,
    open_made,
    say_all,
    schools,
)

Row = tuple[Any, ...]
Rows = dict[Table, list[Row]]
_RUN = 5000
_HOME = "@home@"


def fill(path: Path, count: int) -> None:
    """A data file as folding that many people would leave it."""
    store = open_made(path, count)
    with store.writing() as w:
        say_all(w, (_one_fact(row.code) for row in schools(count)))
    with store.reading() as r:
        world = worlds.load(r)
    store.close()
    differences = Differences()
    _fill_tables(path, _rows_in_runs(world, count, differences))
    store = type(store)(path, store.plan)
    with store.writing() as w:
        differences.write(w, world.placements)
    store.close()


def _one_fact(unit: str) -> Draft:
    """A fact of nobody, which no table shows."""
    return Draft(people_scope(unit), "review_settled", subject("person", "f" * 31 + "0"), {"case": unit, "answer": ""})


def _rows_in_runs(world: World, count: int, differences: Differences) -> Iterator[Rows]:
    people = made_people(count)
    while run := list(islice(people, _RUN)):
        rows: Rows = defaultdict(list)
        for one in run:
            _add_person(rows, one, differences)
            _add_work(rows, one, world.campaign, differences)
        yield rows


def _fill_tables(path: Path, runs: Iterable[Rows]) -> None:
    """In bulk: no journal, and indexes made afterwards."""
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode = off", "synchronous = off", "cache_size = -400000", "temp_store = file"):
        connection.execute(f"pragma {pragma}")
    tables = (PEOPLE, MEMBERSHIPS, MARKS, CONDITIONS, WORKS, READINGS)
    named = "select name, sql from sqlite_master where type = 'index' and tbl_name = ? and sql is not null"
    indexes = [row for table in tables for row in connection.execute(named, (table.name,))]
    for name, _ in indexes:
        connection.execute(f"drop index {name}")
    connection.execute("begin")
    for rows in runs:
        for table, some in rows.items():
            connection.executemany(_insert(table), some)
    connection.execute("commit")
    for _, sql in indexes:
        connection.execute(sql)
    connection.execute("pragma journal_mode = wal")
    connection.close()


def _insert(table: Table) -> str:
    columns, places = ", ".join(table.columns), ", ".join("?" * len(table.columns))
    return f"insert into {table.name} ({columns}) values ({places})"  # noqa: S608 - our own names


def _add_person(rows: Rows, one: MadePerson, differences: Differences) -> None:
    person, who, course = one.person, one.who, _course(one.course)
    steps = _steps(one.course, who.kind, one.member_of).replace(_HOME, who.unit)
    placements = [(day, text.replace(_HOME, who.unit)) for day, text in _placements(who.kind, one.member_of)]
    rows[PEOPLE].append((
        person, who.unit, who.kind, who.number, who.name, who.class_name, who.phone, int(who.guardian), 0, person_code(person),
        course.joined_on, course.total, int(course.signed_in), int(course.complete_on != NEVER), int(course.ready_on != NEVER), 0,
        canonical(placements), steps,
    ))  # fmt: skip
    differences.put_on(steps)
    if one.member_of:
        rows[MEMBERSHIPS].append((person, one.member_of, JOINED_ON))
    marks = [
        (person, _fact(person, n), each.lesson, each.day, each.minutes, each.source) for n, each in enumerate(one.course.marks)
    ]
    rows[MARKS] += sorted(marks)
    if one.course.signed_in_on:
        rows[CONDITIONS].append((person, _fact(person, 99), "sign_in", one.course.signed_in_on, "class"))


def _fact(person: str, n: int) -> str:
    return hashlib.sha256(f"{person}{n}".encode()).hexdigest()


def _add_work(rows: Rows, one: MadePerson, campaign: str, differences: Differences) -> None:
    if one.work is None:
        return
    work, likes = one.work
    key, days = work_id(campaign, work), [at[:10] for at in READ_AT]
    placements = [(day, text.replace(_HOME, one.who.unit)) for day, text in _placements(one.who.kind, one.member_of)]
    states = [(work.published_on, _likes(0)), *((day, _likes(count)) for day, count in zip(days, likes, strict=True))]
    steps = write_steps(steps_along(placements, states))
    rows[WORKS].append((one.person, key, one.person, work.link, "", work.title, work.account, "", work.published_on, 1, "",
                        likes[-1],
                        None, READ_AT[-1], steps, 0))  # fmt: skip
    rows[READINGS] += [(one.person, key, _fact(key, n), at, count, None, 0, 0)
                       for n, (at, count) in enumerate(zip(READ_AT, likes, strict=True))]  # fmt: skip
    differences.put_on(steps)


def _likes(count: int) -> tuple[int, ...]:
    return (0, 0, 0, 0, 0, 0, 1, count)


@cache
def _rules() -> Rules:
    return load_preset(PRESET)


@cache
def _course(made: MadeCourse) -> Course:
    """The course of these marks: the sign-in is the camp's one condition."""
    rules = _rules()
    marks = [Mark("", each.lesson, each.day, each.minutes, each.source) for each in made.marks]
    credited = credited_by_day(rules, {lesson.code: lesson for lesson in LESSONS}, marks)
    complete = next((day for day, total in credited if total >= rules.certificate.required_hundredths), NEVER)
    ready = max(complete, made.signed_in_on or NEVER)
    return Course(min(JOINED_ON, credited[0][0]), credited, complete, ready, [], bool(made.signed_in_on))


@cache
def _placements(kind: str, member_of: str) -> list[tuple[str, str]]:
    alone = ("", placement(kind, _HOME, ()))
    return [alone, (JOINED_ON, placement(kind, _HOME, [member_of]))] if member_of else [alone]


@cache
def _steps(made: MadeCourse, kind: str, member_of: str) -> str:
    return write_steps(steps_along(_placements(kind, member_of), states_of(_course(made))))
