"""The camp's secret comes down the tree: whoever holds a unit's has those below it, and nothing beside or above it."""

from __future__ import annotations

import hashlib
import hmac
from pathlib import Path

from campmgr.areas.whole import CATALOGUE
from campmgr.facts import world as worlds
from campmgr.facts.finding import find_unit
from campmgr.facts.secret import held_keys, keep_key, unit_key
from campmgr.store import data_file
from tests.kit.called import unit_called
from tests.kit.small_camp import Camp


def test_a_units_secret_is_made_from_the_one_above_it(camp: Camp) -> None:
    with camp.store.reading() as r:
        world = worlds.load(r)
        ((root, secret),) = held_keys(r).items()
        path = find_unit(world, "S1").at_birth.path.strip("/").split("/")
        made = unit_key(r, world, unit_called(world, "S1"))
    assert path[0] == root
    expected = bytes.fromhex(secret)
    for unit in path[1:]:
        expected = hmac.new(expected, unit.encode("utf-8"), hashlib.sha256).digest()
    assert made == expected.hex()
    assert len(secret) == 64


def test_who_holds_one_unit_has_those_below_it_alone(camp: Camp, tmp_path: Path) -> None:
    with camp.store.reading() as r:
        world = worlds.load(r)
        of_county, of_school = unit_key(r, world, unit_called(world, "350102")), unit_key(r, world, unit_called(world, "S1"))
    laptop = data_file.create(tmp_path / "laptop.db", CATALOGUE)
    with laptop.writing() as w:
        assert unit_key(w, world, unit_called(world, "S1")) == ""
        keep_key(w, unit_called(world, "350102"), of_county)
        assert unit_key(w, world, unit_called(world, "S1")) == of_school
        assert [unit_key(w, world, unit_called(world, other)) for other in ("350103", "3501", "35")] == ["", "", ""]
