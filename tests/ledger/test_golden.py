"""What was once written is read and proved for ever."""

from __future__ import annotations

import hashlib
import json

import pytest

from campmgr.areas.whole import CATALOGUE
from campmgr.ledger.envelope import Draft, envelope_text
from campmgr.ledger.kinds import read_body
from tests.ledger.make_golden import FOLDER, SUMS, draft_of, fixed_fact, golden_path

_GOLDEN = sorted(FOLDER.glob("*.json"))


def _read(path):
    return json.loads(path.read_text("utf-8"))


def _bytes(value) -> bytes:
    """Canonical form, said a second time without our own code."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


_VERSIONS = [row for kind in CATALOGUE.kinds.values() for v in range(1, kind.v + 1) if (row := kind.of_version(v))]


@pytest.mark.parametrize("kind", _VERSIONS, ids=lambda kind: f"{kind.name}.v{kind.v}")
def test_every_kind_and_version_has_a_golden_file(kind):
    assert golden_path(kind).is_file(), "run `python -m tests.ledger.make_golden` once and keep what it writes"
    assert _read(golden_path(kind))["draft"]["body"].keys() == kind.body.keys()


def test_no_golden_file_was_changed_or_taken_away():
    told = {name: told for told, name in (line.split("  ") for line in SUMS.read_text("utf-8").splitlines())}
    assert {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in _GOLDEN} == told


@pytest.mark.parametrize("path", _GOLDEN, ids=lambda path: path.stem)
def test_the_same_draft_still_gives_the_same_bytes(path):
    golden = _read(path)
    said = golden["draft"]
    fact = fixed_fact(Draft(**{**said, "replaces": tuple(said["replaces"])}), golden["v"])
    assert envelope_text(golden["campaign"], fact) == golden["envelope"]
    assert (fact.digest, fact.chain) == (golden["digest"], golden["chain"])
    read = read_body(CATALOGUE.kinds, fact)
    assert read is not None
    assert read.keys() == CATALOGUE.kinds[fact.kind].body.keys() >= said["body"].keys()
    assert {name: read[name] for name in said["body"]} == said["body"], "what an earlier version has said is read as it was said"


@pytest.mark.parametrize("path", _GOLDEN, ids=lambda path: path.stem)
def test_digest_and_chain_are_what_the_design_says(path):
    golden = _read(path)
    body = _bytes(golden["draft"]["body"])
    assert hashlib.sha256(bytes.fromhex(golden["salt"]) + body).hexdigest() == golden["digest"]
    first = _bytes([golden["campaign"], golden["scope"], golden["writer"]])
    assert hashlib.sha256(first).hexdigest() == golden["previous"]
    envelope = golden["envelope"].encode()
    assert _bytes(json.loads(envelope)) == envelope
    assert hashlib.sha256(bytes.fromhex(golden["previous"]) + envelope).hexdigest() == golden["chain"]


def test_the_envelope_holds_exactly_the_fields_of_the_design():
    envelope = json.loads(_read(_GOLDEN[0])["envelope"])
    wanted = "campaign scope writer seq clock kind v subject actor batch client_id replaces happened_on recorded_at digest"
    assert set(envelope) == set(wanted.split())


def test_samples_fill_every_field():
    for kind in CATALOGUE.kinds.values():
        assert draft_of(kind).body.keys() == kind.body.keys()
