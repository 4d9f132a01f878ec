"""The tables of a data file: each room's own, as its folds declare them, and whatever a later version adds."""

from __future__ import annotations

import sqlite3

import pytest

from campmgr.areas.whole import CATALOGUE
from campmgr.facts.area import Area
from campmgr.facts.catalogue import Catalogue, Misbuilt
from campmgr.facts.fold_registry import FoldRegistry
from campmgr.store import data_file
from campmgr.store.schemas import Schema

FOLDS = CATALOGUE.joined(FoldRegistry)
TABLES = (*FOLDS.tables, *FOLDS.finders)


@pytest.fixture
def made(tmp_path):
    data_file.close(data_file.create(tmp_path / "camp.sqlite", CATALOGUE))
    return tmp_path / "camp.sqlite"


def _asked(path, sql: str, *values: str) -> list[tuple]:
    connection = sqlite3.connect(path)
    try:
        return connection.execute(sql, values).fetchall()
    finally:
        connection.close()


@pytest.mark.parametrize("table", TABLES, ids=[table.name for table in TABLES])
def test_a_folded_table_is_made_as_its_fold_declares_it(made, table):
    columns = _asked(made, "select name, pk from pragma_table_info(?) order by cid", table.name)
    assert {name for name, _ in columns} == set(table.columns)
    assert [name for name, _ in sorted(columns, key=lambda column: column[1]) if _] == list(table.columns[: table.keys])
    assert table.owner in table.columns


def test_every_table_is_folded_or_the_ledgers_or_this_files_own(made):
    """What a rebuild does not empty must not come from facts: it is named `local_`, or here."""
    folded = {table.name for table in TABLES}
    others = {name for (name,) in _asked(made, "select name from sqlite_master where type = 'table'")} - folded
    own = {name for name in others if name.startswith("local_")}
    assert others - own == {
        "meta",
        "writer_keys",
        "facts",
        "seals",
        "parked",
        "parked_facts",
        "waiting_likes",
        "_sqlite_migrations",
    }


def test_what_a_later_version_adds_reaches_a_file_made_before_once(made, tmp_path, monkeypatch):
    room = tmp_path / "grown"
    room.mkdir()
    (room / "__init__.py").touch()
    (room / "schema.sql").write_text("create table local_grown (one text) strict;\n", "utf-8")
    (room / "later.sql").write_text("alter table local_grown add column two text;\n", "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    rooms = [schema for schema in CATALOGUE.schemas if schema.package != "campmgr.facts"]
    first = Catalogue([Area("grown", "长大", schemas=(Schema("grown 1", "grown"),))], rooms)
    second = Catalogue(
        [Area("grown", "长大", schemas=(Schema("grown 1", "grown"), Schema("grown 2", "grown", "later.sql")))], rooms
    )
    for plan in (first, second, second):
        data_file.close(data_file.open_file(made, plan))
    assert [name for (name,) in _asked(made, "select name from pragma_table_info('local_grown')")] == ["one", "two"]


def test_two_schemas_of_one_name_are_refused():
    area = Area("grown", "长大", schemas=(Schema("people 1", "campmgr.areas.people"), Schema("people 1", "campmgr.areas.grown")))
    with pytest.raises(Misbuilt, match=r"campmgr/areas/people/schema\.sql: 'people 1' is the name of another schema too"):
        Catalogue([area])
