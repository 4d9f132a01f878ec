"""Nothing below the areas speaks of one: no kind of fact that an area brings, no table of its own (docs/house.md)."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from campmgr.areas.whole import CATALOGUE
from tests.house.imports_of import texts
from tests.house.places import LEVELS, place_of
from tests.house.sources import ROOT, python_files, relative
from tests.house.walls import STATEMENT

_TABLE = re.compile(r"create table (?:if not exists )?(\w+)", re.IGNORECASE)


def test_nothing_below_the_areas_speaks_of_one():
    found = [line for path in python_files("campmgr") for line in said(relative(path), path.read_text("utf-8"))]
    assert not found, "let the area bring it, in its kinds, folds or queries:\n" + "\n".join(found)


@pytest.mark.parametrize(
    ("path", "source", "words"),
    [
        ("campmgr/facts/saying.py", 'kind = "mark_recorded"', ["mark_recorded of hours"]),
        ("campmgr/web/nav.py", 'r.all("select person from people")', ["people of people"]),
        ("campmgr/accounts/local.py", 'SQL = "delete from works where work = 1"', ["works of works"]),
        ("campmgr/facts/saying.py", '"""How a mark_recorded is said."""\nwhat = "people"', []),
        ("campmgr/areas/works/fold.py", 'kind = "mark_recorded"', []),
        ("campmgr/errors.py", 'REASONS = {"list_taken_down": "the list is down"}', []),
    ],
)
def test_a_word_of_an_area_is_found(path, source, words):
    assert [line.partition(" says ")[2] for line in said(path, source)] == words


def said(path: str, source: str) -> Iterator[str]:
    """Where a file below the areas names a kind or a table of one; reasons of failures, on the ground, may be called the same."""
    level = LEVELS.get(place_of(path.removesuffix(".py").split("/")).room, 0)
    if not 0 < level < LEVELS["areas"]:
        return
    for line, text in texts(source):
        words = re.findall(r"\w+", text)
        for word in dict.fromkeys(words):
            of = _KINDS.get(word) if words == [word] else None
            of = of or (_KINDS | _TABLES).get(word) if STATEMENT.match(text) else of
            if of:
                yield f"{path}:{line} says {word} of {of}"


def _kinds() -> dict[str, str]:
    return {kind.name: area.name for area, kinds in CATALOGUE.named("kinds") for kind in kinds}


def _tables() -> dict[str, str]:
    schemas = sorted((ROOT / "campmgr" / "areas").glob("*/schema.sql"))
    return {table: schema.parent.name for schema in schemas for table in _TABLE.findall(schema.read_text("utf-8"))}


_KINDS, _TABLES = _kinds(), _tables()
