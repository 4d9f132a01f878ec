"""Altered packs by the thousand: every one is seen, nothing of an altered segment is written, the pack itself stays as it was."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest

from campmgr.areas.nodes.exchange.taking import Accepted
from campmgr.errors import BadInput
from campmgr.ids import canonical
from campmgr.store.door import Reader, Writer
from campmgr.store.ledger import own_key, own_sealing_key
from tests.kit.packs import Written, accept_within, lines_of_pack, pack_of_lines, places_of
from tests.kit.story import Cast, Node


@pytest.fixture(scope="module")
def cast(tmp_path_factory):
    cast = Cast(tmp_path_factory.mktemp("mutations"))
    yield cast
    cast.close()


@pytest.fixture(scope="module")
def told(cast) -> tuple[Node, Node, Path]:
    """A root, a county that has heard the opening, and the small pack it is to take."""
    root, county = cast.root(), cast.new("县")
    root.enrols(county, "350102")
    ana = root.joins("350102", "甲", "001")
    root.marks(ana, "V1")
    root.marks(ana, condition="sign_in")
    root.adds("S1", "350102", "学校")
    return root, county, root.packed(county.id)


class _NotKept(Exception):
    """So that the next alteration meets the same file."""


def _take_and_forget(county: Node, pack: Path, sealed: dict[Any, Any]) -> Accepted:
    """What becomes of a pack; every row of it is as its writer sealed it."""

    def take(w: Writer) -> None:
        taken = accept_within(w, pack)
        for row in _sealed_facts(w):
            known = sealed[row[0], row[1], row[2]]
            assert row[3:] in (known, (*known[:4], None, None))
        raise _NotKept(taken)

    try:
        county.do(take)
    except _NotKept as kept:
        taken: Accepted = kept.args[0]
        return taken
    raise AssertionError("the story ends before it is forgotten")


def _sealed(root: Node) -> dict[Any, Any]:
    return {(row[0], row[1], row[2]): row[3:] for row in root.see(_sealed_facts)}


def _sealed_facts(r: Reader) -> list[tuple[Any, ...]]:
    return r.all("select scope, writer, chain, seq, kind, subject, digest, salt, body from facts")


def _everything(r: Reader) -> str:
    """A digest of every row of the data file."""
    digest = hashlib.sha256()
    for (table,) in r.all("select name from sqlite_master where type = 'table' order by name"):
        for row in r.each(f"select * from {table}"):  # noqa: S608 - names from the file itself
            digest.update(repr(row).encode())
    return digest.hexdigest()


def _flip(data: bytearray, dice: Random) -> None:
    data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)


def _cut(data: bytearray, dice: Random) -> None:
    del data[dice.randrange(len(data)) :]


def _remove(data: bytearray, dice: Random) -> None:
    start = dice.randrange(len(data))
    del data[start : start + dice.randint(1, 200)]


def _repeat(data: bytearray, dice: Random) -> None:
    start = dice.randrange(len(data))
    data[start:start] = data[start : start + dice.randint(1, 200)]


def _swap(data: bytearray, dice: Random) -> None:
    one, other, size = dice.randrange(len(data)), dice.randrange(len(data)), dice.randint(1, 50)
    data[one : one + size], data[other : other + size] = data[other : other + size], data[one : one + size]


def _append(data: bytearray, dice: Random) -> None:
    data += dice.randbytes(dice.randint(1, 50))


@pytest.mark.drawn(whole=10_000, usual=240)
def test_altered_bytes_cost_the_segments_they_hit_or_all_where_they_hit_the_head(told, tmp_path, draws):
    root, county, honest_pack = told
    honest, (front, spans) = honest_pack.read_bytes(), places_of(honest_pack)
    dice, before, sealed, made = Random(6), county.see(_everything), _sealed(root), 0
    pack = tmp_path / "altered.pack"
    while made < draws:
        data = bytearray(honest)
        dice.choice((_flip, _flip, _flip, _cut, _remove, _repeat, _swap, _append))(data, dice)
        if data == honest:
            continue
        made += 1
        pack.write_bytes(data)
        hit = [data[start:end] != honest[start:end] for start, end in spans]
        if data[:front] != honest[:front] or all(hit):
            with pytest.raises(BadInput) as refusal:
                county.do(accept_within, pack)
            assert refusal.value.reason in {"damaged_pack", "newer_pack"}
        else:
            taken = _take_and_forget(county, pack, sealed)
            assert [each.result == "damaged" for each in taken.segments] == hit
            assert any(hit) or taken.notes  # something stands behind the end
        assert pack.read_bytes() == data
    assert county.see(_everything) == before


# a relay that knows the form, may open what is for it, and signs what it makes of it

Parts = list[Written]


def _some_line(parts: Parts, dice: Random) -> tuple[list[bytes], int]:
    lines = dice.choice(parts).lines
    return lines, dice.randrange(len(lines))


def _alter_field(parts: Parts, dice: Random) -> None:
    lines, place = _some_line(parts, dice)
    line = json.loads(lines[place])
    at = dice.randrange(len(line))
    line[at] = dice.choice((line[at - 1], None, True, 0, -1, 2**70, 1.5, "", "x", "person:x", "\ud800", [], {}))
    lines[place] = json.dumps(line).encode()


def _alter_row(parts: Parts, dice: Random) -> None:
    at = dice.randrange(len(parts))
    part, other = parts[at], parts[at - 1]
    changed = (
        part._replace(
            stream=part.stream._replace(scope=dice.choice(("", "zz", "people/S1", "public", "circle/x", other.stream.scope)))
        ),
        part._replace(stream=part.stream._replace(writer=dice.choice(("", "zz", "0" * 32)))),
        part._replace(start=part.start + 1),
        part._replace(end=part.end + dice.choice((1, 2**40))),
        part._replace(start=2, end=part.end + 1),
    )
    parts[at] = dice.choice(changed)


def _alter_text(parts: Parts, dice: Random) -> None:
    lines, place = _some_line(parts, dice)
    at = dice.randrange(len(lines[place]))
    mess = dice.choice((b"", b"x", b'"', b"[", b"{", b"\\", b"\xff", b"9" * 5000, b"[" * 100_000))
    lines[place] = lines[place][:at] + mess + lines[place][at + 1 :]


def _forge_body(parts: Parts, dice: Random) -> None:
    lines = dice.choice(parts).lines
    place = dice.randrange(1, len(lines))
    fact = json.loads(lines[place])
    fact[12] = dice.choice(('{"likes":1}', '{"minutes":999}', fact[12].replace("甲", "乙") + " "))
    fact[10] = hashlib.sha256(bytes.fromhex(fact[11]) + fact[12].encode()).hexdigest()
    lines[place] = canonical(fact).encode()


def _strip_body(parts: Parts, dice: Random) -> None:
    lines = dice.choice(parts).lines
    place = dice.randrange(1, len(lines))
    fact = json.loads(lines[place])
    fact[dice.choice((11, 12))] = None
    fact[dice.choice((11, 12))] = None
    lines[place] = canonical(fact).encode()


def _drop(parts: Parts, dice: Random) -> None:
    lines, place = _some_line(parts, dice)
    del lines[place]


def _double(parts: Parts, dice: Random) -> None:
    lines, place = _some_line(parts, dice)
    lines.insert(dice.randrange(len(lines) + 1), lines[place])


def _exchange(parts: Parts, dice: Random) -> None:
    (lines, place), (others, other) = _some_line(parts, dice), _some_line(parts, dice)
    lines[place], others[other] = others[other], lines[place]


def _shuffle(parts: Parts, dice: Random) -> None:
    dice.shuffle(parts)
    parts.append(parts[0])


_FORGERIES: tuple[Callable[[Parts, Random], None], ...] = (
    _alter_field, _alter_field, _alter_row, _alter_text, _forge_body, _strip_body, _drop, _double, _exchange, _shuffle,
)  # fmt: skip


@pytest.mark.drawn(whole=10_000, usual=160)
def test_what_a_forging_relay_makes_adds_nothing_that_its_writer_did_not_seal(told, tmp_path, draws):
    root, county, honest = told
    dice, before, sealed, seen = Random(7), county.see(_everything), _sealed(root), 0
    key, relay, campaign = county.see(own_sealing_key), county.see(own_key), root.world.campaign
    honestly = pack_of_lines(relay, campaign, tmp_path / "honest.pack", lines_of_pack(honest, key), key.public)
    assert {each.result for each in _take_and_forget(county, honestly, sealed).segments} == {"new", "known"}
    for at in range(draws):
        parts = lines_of_pack(honest, key)
        dice.choice(_FORGERIES)(parts, dice)
        pack = pack_of_lines(relay, campaign, tmp_path / f"{at % 5}.pack", parts, key.public)
        taken = _take_and_forget(county, pack, sealed)
        seen += any(each.result in {"damaged", "refused", "gap"} for each in taken.segments)
    assert seen > draws // 2
    assert county.see(_everything) == before
