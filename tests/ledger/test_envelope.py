"""Canonical form, chains, bodies that can be erased."""

from __future__ import annotations

import hashlib
import json
import random
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campmgr.areas.whole import CATALOGUE
from campmgr.ids import canonical, random_ids
from campmgr.ledger.envelope import Draft, Fact, Pen, Stream, chain_of, digest_of, envelope_text, genesis
from campmgr.ledger.kinds import fits, read_body
from campmgr.ledger.segment import Damaged, fact_line, fact_of_line
from tests.ledger.writing import write_fact

_AT = "2023-06-10T12:00:00+08:00"
_STREAM = Stream("people/350102", "ab" * 16)
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


def _mark(minutes=20, **fields) -> Draft:
    body = {"activity": "", "lesson": "V1", "minutes": minutes, "source": "class", "reason": ""}
    return Draft(_STREAM.scope[7:], "mark_recorded", "person:1", body, happened_on="2023-06-09", **fields)


def _write(draft, head=None):
    return write_fact("camp", _STREAM, 1, head or genesis("camp", _STREAM), 5, _AT, draft)


@given(_VALUES)
def test_what_is_encoded_is_decoded_to_itself(value):
    assert json.loads(canonical(value)) == value
    assert canonical(json.loads(canonical(value))) == canonical(value)


@given(st.dictionaries(st.text(), st.integers(), max_size=8), st.integers())
def test_the_order_of_keys_never_matters(some, seed):
    keys = list(some)
    random.Random(seed).shuffle(keys)
    assert canonical({key: some[key] for key in keys}) == canonical(some)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"b": 1, "a": [True, None]}, '{"a":[true,null],"b":1}'),
        ("𠮷䶮 é", '"𠮷䶮 é"'),
        ('"\\/\n\t\x00', '"\\"\\\\/\\n\\t\\u0000"'),
        ({}, "{}"),
        (2**53, "9007199254740992"),
    ],
)
def test_canonical_form_is_compact_sorted_and_unescaped(value, text):
    assert canonical(value) == text


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_is_no_number_is_refused(value):
    with pytest.raises(ValueError, match="JSON"):
        canonical(value)


def test_bodies_with_fractions_do_not_fit_any_kind():
    kind = CATALOGUE.kinds["mark_recorded"]
    assert fits(kind, _mark(20).body)
    for minutes in (20.0, "20", True, [20]):
        assert not fits(kind, _mark(minutes).body)
    assert not fits(kind, _mark().body | {"more": 1})
    assert not fits(kind, {"activity": "", "lesson": "V1"})
    assert not fits(kind, [])


def test_an_unknown_kind_or_version_is_no_kind_of_ours():
    assert "marks_dreamt" not in CATALOGUE.kinds
    assert CATALOGUE.kinds["mark_recorded"].v == 1
    assert read_body(CATALOGUE.kinds, _write(_mark())._replace(v=2)) is None
    assert read_body(CATALOGUE.kinds, _write(_mark())._replace(kind="marks_dreamt")) is None


def test_each_fact_follows_the_one_before():
    first = _write(_mark())
    second = _write(_mark(30), genesis("camp", _STREAM)._replace(seq=1, chain=first.chain))
    assert (first.seq, second.seq) == (1, 2)
    assert second.chain == chain_of(first.chain, envelope_text("camp", second))


def test_equal_bodies_have_different_digests():
    assert _write(_mark()).digest != _write(_mark()).digest


def test_a_body_can_go_and_the_chain_still_holds():
    fact = _write(_mark())
    erased = fact._replace(body=None, salt=None)
    assert envelope_text("camp", erased) == envelope_text("camp", fact)
    assert read_body(CATALOGUE.kinds, erased) is None


@pytest.mark.parametrize("field", ["scope", "writer", "seq", "clock", "kind", "v", "subject", "actor", "batch", "client_id",
                                   "replaces", "happened_on", "recorded_at", "digest"])  # fmt: skip
def test_every_field_of_the_envelope_is_chained(field):
    fact = _write(_mark())
    before = getattr(fact, field)
    other = fact._replace(**{field: before + 1 if isinstance(before, int) else f"{before}x"})
    assert envelope_text("camp", other) != envelope_text("camp", fact)
    assert envelope_text("other camp", fact) != envelope_text("camp", fact)


@given(st.lists(st.text(), min_size=10, max_size=10), st.none() | st.text(), st.none() | st.text(), st.integers(0, 2**53 - 1),
       st.lists(st.integers(0, 2**256 - 1), max_size=3))  # fmt: skip
def test_an_envelope_is_the_canonical_text_of_its_fields(texts, batch, client_id, number, replaces):
    scope, writer, kind, subject, actor, happened_on, recorded_at, digest, campaign, body = texts
    ids = sorted(f"{each:064x}" for each in replaces)
    fact = Fact(scope, writer, number, number, kind, 1, subject, actor, batch, client_id, " ".join(ids), happened_on, recorded_at,
                digest, "", "", None, body)  # fmt: skip
    told = {name: value for name, value in fact._asdict().items() if name not in {"previous", "chain", "salt", "body"}}
    assert envelope_text(campaign, fact) == canonical({**told, "campaign": campaign, "replaces": ids})


_AWKWARD = st.text() | st.sampled_from(["", "𠮷", '"\\\b\f\n\r\t\x00\x1f\x7f\u2028', "%s{}", "e\u0301", "长" * 70_000, "😀\u200d"])


@given(st.lists(st.tuples(_AWKWARD, _AWKWARD, st.none() | _AWKWARD, st.none() | _AWKWARD, _AWKWARD,
                          st.dictionaries(_AWKWARD, _VALUES | _AWKWARD, max_size=5), st.lists(st.sampled_from("abc"), max_size=4)),
                min_size=1, max_size=5), _AWKWARD, _AWKWARD)  # fmt: skip
def test_facts_that_one_pen_writes_are_chained_as_their_canonical_envelopes(some, campaign, scope):
    stream = Stream(scope, "w")
    pen, head = Pen(campaign, stream, _AT, random_ids()), genesis(campaign, stream)
    for clock, (kind, actor, batch, client_id, about, body, tips) in enumerate(some, 7):
        draft = Draft("", kind, about, body, actor, "2023-06-09", batch, client_id, tuple(each * 64 for each in tips))
        fact = pen.write(draft, 1, head, clock)
        told = {
            "actor": actor, "batch": batch, "campaign": campaign, "client_id": client_id, "clock": clock, "digest": fact.digest,
            "happened_on": "2023-06-09", "kind": kind, "recorded_at": _AT, "replaces": sorted({each * 64 for each in tips}),
            "scope": scope, "seq": head.seq + 1, "subject": about, "v": 1, "writer": "w",
        }  # fmt: skip
        envelope = json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        assert fact.chain == hashlib.sha256(bytes.fromhex(head.chain) + envelope.encode()).hexdigest()
        assert fact.digest == hashlib.sha256(bytes.fromhex(fact.salt or "") + (fact.body or "").encode()).hexdigest()
        assert json.loads(fact.body or "") == body
        assert (fact.previous, fact.replaces) == (head.chain, " ".join(told["replaces"]))
        head = head._replace(seq=fact.seq, chain=fact.chain)


@pytest.mark.parametrize("half", [{"subject": "\ud842"}, {"client_id": "\ud842"}, {"actor": "\ud842"}, {"batch": "\ud842"},
                                  {"body": {"reason": "\ud842"}}])  # fmt: skip
def test_a_text_that_is_no_unicode_is_never_chained(half):
    with pytest.raises(UnicodeEncodeError):
        _write(_mark()._replace(**half))


def test_no_two_salts_are_alike():
    salts = list(islice(random_ids(), 2_000))
    assert len(set(salts)) == 2_000
    assert {len(bytes.fromhex(each)) for each in salts} == {16}


def test_a_day_not_told_is_the_day_of_recording():
    assert _write(Draft("", "rules_amended", "camp", {})).happened_on == "2023-06-10"


def test_a_line_gives_its_fact_back():
    fact = _write(_mark(batch="b", client_id="c", replaces=("d" * 64,)))
    line = json.loads(fact_line(fact))
    assert fact_of_line("camp", _STREAM, 1, genesis("camp", _STREAM).chain, line) == fact


def test_a_line_without_its_body_gives_the_same_id():
    fact = _write(_mark())
    line = json.loads(fact_line(fact._replace(body=None, salt=None)))
    assert fact_of_line("camp", _STREAM, 1, genesis("camp", _STREAM).chain, line).chain == fact.chain


@pytest.mark.parametrize("place", range(13))
@pytest.mark.parametrize("value", [7.5, ["x"], {}, True])
def test_a_field_of_another_type_is_damage(place, value):
    line = json.loads(fact_line(_write(_mark())))
    line[place] = value
    with pytest.raises(Damaged):
        fact_of_line("camp", _STREAM, 1, genesis("camp", _STREAM).chain, line)


@pytest.mark.parametrize("line", [None, {}, [], "x", [1, 2], 7])
def test_what_is_no_line_is_damage(line):
    with pytest.raises(Damaged):
        fact_of_line("camp", _STREAM, 1, genesis("camp", _STREAM).chain, line)


@pytest.mark.parametrize(("salt", "body"), [("zz", "{}"), (None, "{}"), ("", "{}"), ("00" * 16, '{"lesson":"V2"}')])
def test_a_body_that_is_not_the_digests_is_damage(salt, body):
    line = json.loads(fact_line(_write(_mark())))
    line[-2:] = [salt, body]
    with pytest.raises(Damaged):
        fact_of_line("camp", _STREAM, 1, genesis("camp", _STREAM).chain, line)


def test_digests_depend_on_salt_and_body():
    assert len({digest_of("00", "{}"), digest_of("01", "{}"), digest_of("00", "[]")}) == 3
