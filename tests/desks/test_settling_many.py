"""Many rows are settled run by run: others write in between, and what is not settled yet waits on (docs/decisions.md#runs)."""

from __future__ import annotations

import pytest

from campmgr.areas.people.actions.people import Registration, register, register_drafts
from campmgr.desks.actions.settling import AT_ONCE, settle_in_runs
from campmgr.desks.queries.review import Asked, Span, review_count, review_part, rows_of_id
from campmgr.facts import world as worlds
from campmgr.facts.importing import nobody_watches
from campmgr.facts.review import review_row
from campmgr.facts.saying import say
from campmgr.facts.tables import REVIEW
from campmgr.ids import born_in, random_id
from campmgr.store.tables import replace_rows
from tests.kit.called import unit_called
from tests.kit.desk_story import DAY, DESK, UNIT, post, undone

TOO_LONG = "longer_than_lesson"
_MANY = AT_ONCE + 150


@pytest.fixture
def many(pages) -> str:
    """One case of many rows; its id."""
    with pages.store.writing(alone=True) as w:
        unit = unit_called(w, UNIT)
        pupils = [born_in(unit, random_id()) for _ in range(_MANY)]
        say(w, [draft for at, each in enumerate(pupils) for draft in register_drafts(each, Registration(unit, f"学生{at}"))])
        rows = [review_row(f"person:{each}", TOO_LONG, [each, 90, 60], unit, DAY, together="one") for each in pupils]
        replace_rows(w, REVIEW, (), rows)
    return rows[0][3]


def _settle(pages, row: str, told=nobody_watches) -> int:
    """How many rows were seen at first."""
    with pages.store.reading() as r:
        world = worlds.load(r)
        rows = rows_of_id(r, world, Span(world.root_unit), row)
    assert settle_in_runs(pages.store, rows, "true", "都问过了", "", told)
    return len(rows)


def _waiting(pages) -> tuple[int, int]:
    """Cases, and rows of the first."""
    with pages.store.reading() as r:
        world = worlds.load(r)
        part = review_part(r, world, Span(world.root_unit), Asked())
        return review_count(r, world, Span(world.root_unit)), part.cases[0].row.many if part.cases else 0


def test_others_write_between_two_runs(pages, many):
    heard: list[int] = []

    def told(done: int, _whole: int) -> None:
        heard.append(done)
        with pages.store.writing(patience=1) as w:
            register(w, Registration(UNIT, f"来{done}"))

    assert _settle(pages, many, told) == _MANY
    assert heard[:2] == [0, AT_ONCE]
    assert _waiting(pages) == (0, 0)


class _Stopped(Exception):
    pass


def test_what_was_stopped_between_two_runs_waits_on_as_one_case(pages, many):
    def told(done: int, _whole: int) -> None:
        if done:
            raise _Stopped

    with pytest.raises(_Stopped):
        _settle(pages, many, told)
    assert _waiting(pages) == (1, _MANY - AT_ONCE)
    assert _settle(pages, many) == _MANY - AT_ONCE
    assert _waiting(pages) == (0, 0)


def test_what_somebody_else_has_settled_meanwhile_is_left_out(pages, many):
    def told(done: int, _whole: int) -> None:
        if done == AT_ONCE:
            _settle(pages, many)

    _settle(pages, many, told)
    assert _waiting(pages) == (0, 0)
    with pages.store.reading() as r:
        assert r.value("select count(*) from facts where kind = 'review_settled'") == _MANY


def test_one_press_settles_them_as_a_task_and_another_takes_it_back(pages, many):
    answer = post(pages, f"{DESK}/review/settle", row=many, answer="true")
    assert _waiting(pages) == (0, 0)
    assert "已处理 1 件" in pages.browser("dora").get(answer.location).text
    assert undone(pages, answer).status_code == 303
