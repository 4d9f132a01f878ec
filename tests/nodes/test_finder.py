"""Whoever finds a stick, and holds every key but the receivers', reads the head's fields of docs/formats.md and nothing beyond."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from campmgr.store.door import Reader
from campmgr.store.ledger import own_key, own_sealing_key
from tests.kit.story import Cast, Node
from tests.nodes.finder import Found, opened, read

_FORMATS = Path(__file__).parents[2] / "docs" / "formats.md"
_HEX = re.compile(r"[0-9a-f]{64}")
_HAN = re.compile(r"[\u4e00-\u9fff]+")


def _fields(sort: str) -> set[str]:
    """What the documentation says that a finder reads of the head."""
    rows = [line for line in _FORMATS.read_text("utf-8").splitlines() if line.startswith("| head |")]
    (row,) = (line for line in rows if ("`segments`" in line) == (sort == "pack"))
    told = re.sub(r"\([^)]*\)", "", row)
    return set(re.findall(r"`(\w+)`", told))


@pytest.fixture
def family(cast: Cast) -> tuple[Node, Node, Node, Node]:
    """A province, its county, and two schools of it, each with somebody."""
    province, county, one, other = cast.root(), cast.new("县"), cast.new("校"), cast.new("别校")
    province.enrols(county, "350102")
    for node, code in ((one, "S1"), (other, "S2")):
        county.adds(code, "350102", "学校")
        county.enrols(node, code)
        pupil = node.joins(code, f"欧阳{code}", "001")
        node.marks(pupil, "V1")
        node.sends(county)
    return province, county, one, other


def _values(r: Reader) -> Iterator[str]:
    for (table,) in r.all("select name from sqlite_master where type = 'table'"):
        for row in r.each(f"select * from {table}"):  # noqa: S608 - names from the file itself
            yield from (str(value) for value in row if isinstance(value, str))


def _keys_of(node: Node) -> set[bytes]:
    """Whatever stands in a node's file that could be a key: every number of 256 bits, wherever it stands."""
    return {bytes.fromhex(each) for value in set(node.see(lambda r: list(_values(r)))) for each in _HEX.findall(value)}


def _own(node: Node) -> set[bytes]:
    """The keys of a node's own: whoever has its signing key has its sealing key (docs/decisions.md#one-key-told)."""
    return {bytes.fromhex(node.see(key).private) for key in (own_key, own_sealing_key)}


def _secrets(node: Node) -> set[str]:
    """Every name, id of a person, and fact in a node's file."""
    rows = node.see(lambda r: r.all("select subject, body, chain, salt, digest from facts where subject like 'person:%'"))
    found = {part for row in rows for part in (row[0].partition(":")[2], *row[2:]) if part}
    return found | {name for row in rows for name in _HAN.findall(row[1] or "")}


def _legible(found: Found) -> str:
    return json.dumps([found.head, found.rows], ensure_ascii=False)


def test_of_a_pack_no_key_but_the_receivers_opens_anything(family):
    province, county, one, other = family
    data = county.packed(one.id, whole=True).read_bytes()
    found = read(data)
    receivers = _own(one) | _own(county)
    held = set.union(*map(_keys_of, family)) - receivers
    assert len(held) > 200
    assert _own(other) | _own(province) <= held
    assert list(opened(found, held)) == []
    assert set(found.head) == _fields("pack")
    assert [[type(part) for part in row] for row in found.rows] == [[str, str, int, int, int, str]] * len(found.rows)
    for secret in _secrets(county):
        assert secret.encode() not in data
        assert secret not in _legible(found)


def test_the_same_reader_with_a_receivers_key_reads_all_of_it(family):
    _, county, one, _ = family
    found = read(county.packed(one.id, whole=True).read_bytes())
    for key in (_own(one), _own(county)):
        text = b"\n".join(opened(found, key)).decode()
        assert "欧阳S1" in text
        assert "欧阳S2" not in text


def test_a_receiver_of_a_part_reads_that_part(family):
    _, county, one, other = family
    found = read(county.packed(whole=True).read_bytes())
    mine, theirs = (b"\n".join(opened(found, _own(node))).decode() for node in (one, other))
    assert ("欧阳S1" in mine, "欧阳S2" in mine, "欧阳S1" in theirs, "欧阳S2" in theirs) == (True, False, False, True)
    assert "欧阳S2" in b"\n".join(opened(found, _own(family[0]))).decode()


def test_of_a_receipt_no_key_but_the_receivers_opens_anything(family):
    province, county, one, other = family
    data = county.takes(one.packed(county.id)).receipt
    found = read(data)
    held = set.union(*map(_keys_of, family)) - _own(one)
    assert _own(other) | _own(province) | _own(county) <= held
    assert list(opened(found, held)) == []
    assert set(found.head) == _fields("receipt")
    for secret in _secrets(county) | {county.unit("S1")}:
        assert secret.encode() not in data
    assert county.unit("S1").encode() in b"".join(opened(found, _own(one)))
