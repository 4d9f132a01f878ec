"""Texts that hold a name are found by an index that leaves out what holds no words; a name in Latin letters is found as well."""

from __future__ import annotations

import pytest

from campmgr.areas.people.queries.mentions import mentions
from tests.kit.desk_story import mark, post, school


@pytest.mark.parametrize("name", ["欧阳提及", "Smith", "ཚེ་རིང"])
def test_a_reason_that_holds_a_name_is_found_whatever_letters_it_has(pages, name):
    people = school(pages, name, "巴迪")
    mark(pages, people)
    with pages.store.reading() as r:
        batch = r.value("select batch from facts where kind = 'mark_recorded'")
    post(pages, f"/desk/batches/{batch}/undo", reason=f"{name}要求")
    with pages.store.reading() as r:
        assert [each.text for each in mentions(r, name)] == [f"{name}要求"]


def test_it_is_asked_of_the_index(pages):
    asked: list[str] = []
    with pages.store.reading() as r:
        connection = r._connection  # noqa: SLF001 - the engine itself is asked
        connection.set_trace_callback(asked.append)
        mentions(r, "欧阳提及")
        connection.set_trace_callback(None)
        (sql,) = [each for each in asked if "instr(" in each]
        plan = " ".join(row[3] for row in connection.execute(f"explain query plan {sql}"))
    assert "facts_with_words" in plan
