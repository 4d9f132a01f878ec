"""Altered packs by the thousand: every one is seen, nothing is written, the pack itself stays as it was."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Callable
from random import Random
from typing import Any

import pytest

from campmgr.areas.nodes.exchange.accept import accept
from campmgr.errors import BadInput
from campmgr.store.door import Reader, Writer
from tests.kit.story import Cast, Node

_HEAD = len(b"campmgr pack 1\n")


@pytest.fixture(scope="module")
def cast(tmp_path_factory):
    cast = Cast(tmp_path_factory.mktemp("mutations"))
    yield cast
    cast.close()


@pytest.fixture(scope="module")
def told(cast) -> tuple[Node, Node, bytes]:
    """A root, a county that has heard the opening, and the small pack it is to take."""
    root, county = cast.root(), cast.new("县")
    root.enrols(county, "350102")
    ana = root.joins("350102", "甲", "001")
    root.marks(ana, "V1")
    root.marks(ana, condition="sign_in")
    root.adds("S1", "350102", "学校")
    return root, county, root.packed(county.id).read_bytes()


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
def test_every_altered_pack_is_seen_and_nothing_is_written(told, tmp_path, draws):
    _, county, honest = told
    dice, before, seen, made = Random(6), county.see(_everything), 0, 0
    pack = tmp_path / "altered.pack"
    while made < draws:
        data = bytearray(honest)
        dice.choice((_flip, _flip, _cut, _remove, _repeat, _swap, _append))(data, dice)
        if data == honest:
            continue
        made += 1
        pack.write_bytes(data)
        try:
            county.do(accept, pack)
        except BadInput as refusal:
            seen += refusal.reason in {"damaged_pack", "newer_pack"}
        assert pack.read_bytes() == data
    assert seen == draws
    assert county.see(_everything) == before


# a relay that knows the form, and makes the outer digest fit again

Lines = list[Any]


def _lines(pack: bytes) -> Lines:
    return [json.loads(line) for line in zlib.decompress(pack[_HEAD + 65 :]).splitlines()]


def _packed(lines: Lines) -> bytes:
    body = zlib.compress(b"".join((line if isinstance(line, str) else json.dumps(line)).encode() + b"\n" for line in lines))
    return b"campmgr pack 1\n" + hashlib.sha256(body).hexdigest().encode() + b"\n" + body


def _alter_field(lines: Lines, dice: Random) -> None:
    line = dice.choice([line for line in lines if isinstance(line, list)])
    at = dice.randrange(len(line))
    line[at] = dice.choice((line[at - 1], None, True, 0, -1, 2**70, 1.5, "", "x", "person:x", "\ud800", [], {}))


def _alter_segment(lines: Lines, dice: Random) -> None:
    segment = dice.choice([line for line in lines if isinstance(line, dict) and "segment" in line])["segment"]
    at = dice.randrange(len(segment))
    values = ("", "zz", "people/S1", "public", 0, 1, -3, 5, 2**70, None, "0" * 64, "ed25519x", segment[at - 1])
    segment[at] = dice.choice(values)


def _alter_text(lines: Lines, dice: Random) -> None:
    at = dice.randrange(len(lines))
    text = json.dumps(lines[at])
    place = dice.randrange(len(text))
    lines[at] = text[:place] + dice.choice(("", "x", '"', "[", "{", "\\", "9" * 5000, "[" * 100_000)) + text[place + 1 :]


def _forge_body(lines: Lines, dice: Random) -> None:
    fact = dice.choice([line for line in lines if isinstance(line, list) and line[12]])
    fact[12] = dice.choice(('{"likes":1}', '{"minutes":999}', fact[12].replace("甲", "乙") + " "))
    fact[10] = hashlib.sha256(bytes.fromhex(fact[11]) + fact[12].encode()).hexdigest()


def _drop(lines: Lines, dice: Random) -> None:
    del lines[dice.randrange(len(lines))]


def _double(lines: Lines, dice: Random) -> None:
    lines.insert(dice.randrange(len(lines) + 1), dice.choice(lines))


def _exchange(lines: Lines, dice: Random) -> None:
    one, other = dice.randrange(len(lines)), dice.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]


def _alter_key(lines: Lines, dice: Random) -> None:
    key = dice.choice([line for line in lines if isinstance(line, dict) and "key" in line])["key"]
    key[dice.randrange(2)] = dice.choice(("", "00" * 32, "x", key[0], key[1]))


_FORGERIES: tuple[Callable[[Lines, Random], None], ...] = (
    _alter_field, _alter_field, _alter_segment, _alter_segment, _alter_text, _forge_body, _drop, _double, _exchange, _alter_key,
)  # fmt: skip


class _NotKept(Exception):
    """So that the next forgery meets the same file."""


@pytest.mark.drawn(whole=10_000, usual=120)
def test_what_a_forging_relay_makes_is_refused_or_adds_nothing_that_its_writer_did_not_seal(told, tmp_path, draws):
    root, county, honest = told
    dice, before = Random(7), county.see(_everything)
    sealed = {(row[0], row[1], row[2]): row[3:] for row in root.see(_sealed_facts)}
    refused = 0
    for at in range(draws):
        lines = _lines(honest)
        dice.choice(_FORGERIES)(lines, dice)
        pack = tmp_path / f"{at % 5}.pack"
        pack.write_bytes(_packed(lines))
        try:
            _take_and_forget(county, pack, sealed)
        except BadInput:
            refused += 1
        except _NotKept as taken:
            refused += taken.args[0]
    assert refused > draws // 2
    assert county.see(_everything) == before


def _sealed_facts(r: Reader) -> list[tuple[Any, ...]]:
    return r.all("select scope, writer, chain, seq, kind, subject, digest, salt, body from facts")


def _take_and_forget(county: Node, pack: Any, sealed: dict[Any, Any]) -> None:
    def take(w: Writer) -> None:
        taken = accept(w, pack)
        for row in _sealed_facts(w):
            known = sealed[row[0], row[1], row[2]]
            assert row[3:] in (known, (*known[:4], None, None))
        raise _NotKept(any(each.result in {"damaged", "refused"} for each in taken.segments))

    county.do(take)
