"""A grant's answer brings the secret of the granted unit, and of nothing above."""

from __future__ import annotations

from campmgr.facts.secret import held_keys, unit_key
from tests.kit.called import unit_called
from tests.kit.story import Node


def _key(node: Node, code: str) -> str:
    """A unit's secret as a node makes it; "" where it cannot."""
    return str(node.do(unit_key, node.world, unit_called(node.world, code)))


def _held(node: Node) -> set[str]:
    """The codes of the units whose secrets a node was given."""
    return {node.world.tree.units[unit].code for unit in node.see(held_keys)}


def test_a_child_gets_the_secret_of_its_unit_and_makes_those_below(cast):
    root, county, school = cast.root(), cast.new("县"), cast.new("校")
    root.enrols(county, "350102")
    county.adds("S1", "350102", "学校")
    county.enrols(school, "S1")
    assert _held(county) == {"350102"}
    assert _held(school) == {"S1"}
    county.sends(root)
    assert _key(school, "S1") == _key(county, "S1") == _key(root, "S1") != ""
    assert (_key(county, "35"), _key(county, "350103"), _key(school, "350102")) == ("", "", "")


def test_no_secret_stands_in_a_fact_or_opens_for_a_finder(cast):
    root, county = cast.root(), cast.new("县")
    root.enrols(county, "350102")
    secret = _key(root, "350102")
    assert len(secret) == 64
    assert secret not in str(root.see(lambda r: r.all("select * from facts")))
    packs = b"".join(path.read_bytes() for path in root.folder.glob("*.pack"))
    assert secret.encode() not in packs
    assert bytes.fromhex(secret) not in packs


def test_whoever_stands_below_gives_nobody_a_secret(cast):
    """A county's pack for the root brings none, and a school keeps none from a neighbour."""
    root, county = cast.root(), cast.new("县")
    root.enrols(county, "350102")
    before = root.see(held_keys)
    county.sends(root)
    assert root.see(held_keys) == before
    root.gives(county)
    assert _held(county) == {"350102"}


def test_another_grant_brings_its_own_secret_too(cast):
    root, county = cast.root(), cast.new("县")
    root.enrols(county, "350102")
    root.enrols(county, "350103")
    assert _held(county) == {"350102", "350103"}
