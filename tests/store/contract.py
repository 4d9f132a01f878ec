"""What every engine that keeps the ledger promises (docs/ledger.md#folds). Run for each engine by `test_contract.py`.

An engine is a store: `writing()` and `reading()` give handles. Nothing here knows a word of any engine.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

import pytest

from campmgr.ledger.envelope import Draft, Fact, Head, Stream, genesis
from campmgr.ledger.seal import Seal
from campmgr.store import ledger
from campmgr.store.door import Store
from campmgr.store.tables import Table, add_amounts, all_rows, empty, replace_rows, rows_of, sync_rows
from tests.ledger.writing import write_fact

LINKS = Table("alias_links", ("person", "other", "said"), 2, "person")
TOTALS = Table("unit_totals", ("unit", "line", "joined", "learning", "completed", "ready", "certified", "hours", "works", "likes"),
               2, "unit")  # fmt: skip
_A, _B = Stream("people/A", "w1"), Stream("people/B", "w1")


def facts_of(stream: Stream, count: int, head: Head | None = None, **fields: Any) -> list[Fact]:
    """A run of facts in one stream, about persons 0, 1, 2, 0 …"""
    head, made = head or genesis("camp", stream), []
    for number in range(count):
        draft = Draft(stream.scope[7:], "membership_ended", f"person:{number % 3}", {"unit": stream.scope[-1]}, **fields)
        fact = write_fact("camp", stream, 1, head, head.clock + 10, "2023-06-10T00:00:00+08:00", draft)
        head = Head(fact.seq, fact.chain, fact.clock)
        made.append(fact)
    return made


def _in_order(facts: Iterable[Fact]) -> list[Fact]:
    return sorted(facts, key=lambda fact: (fact.chain, fact.body or ""))


def _kept(store: Store, *runs: list[Fact]) -> None:
    with store.writing() as w:
        for run in runs:
            assert ledger.append(w, run) == len(run)


def _write_and_fail(store: Store, problem: BaseException) -> None:
    with store.writing() as w:
        ledger.append(w, facts_of(_A, 3))
        w.set_meta("story", "half")
        raise problem


def _amounts(*leading: int) -> tuple[int, ...]:
    return (*leading, *[0] * (8 - len(leading)))


class LedgerContract:
    """Appending facts and finding them again."""

    def test_a_new_store_is_empty(self, store):
        with store.reading() as r:
            assert ledger.streams(r) == []
            assert ledger.head(r, "camp", _A) == genesis("camp", _A)

    def test_what_is_appended_is_read_back_unchanged(self, store):
        facts = facts_of(_A, 5, batch="b", client_id="𠮷 x", actor="联络员", replaces="f" * 64)
        _kept(store, facts)
        with store.reading() as r:
            assert list(ledger.of_stream(r, _A)) == facts

    def test_the_head_is_the_last_fact(self, store):
        facts = facts_of(_A, 3)
        _kept(store, facts)
        with store.reading() as r:
            assert ledger.head(r, "camp", _A) == Head(3, facts[2].chain, facts[2].clock)
            assert ledger.head(r, "camp", _B) == genesis("camp", _B)

    def test_appending_again_adds_nothing(self, store):
        facts = facts_of(_A, 3)
        _kept(store, facts)
        with store.writing() as w:
            assert ledger.append(w, facts) == 0
            assert ledger.append(w, facts_of(_B, 1) + facts) == 1

    def test_order_of_arrival_does_not_matter(self, store):
        facts = facts_of(_A, 12)
        shuffled = random.Random(4).sample(facts, len(facts))
        _kept(store, shuffled)
        with store.reading() as r:
            assert list(ledger.of_stream(r, _A)) == facts
            assert list(ledger.of_stream(r, _A, after=3, upto=7)) == facts[3:7]

    def test_streams_are_listed_once_each(self, store):
        wanted = sorted(Stream(f"people/{number % 7}", f"w{number % 3}") for number in range(21))
        for stream in wanted:
            _kept(store, facts_of(stream, 2))
        with store.reading() as r:
            assert ledger.streams(r) == wanted

    def test_both_branches_of_a_fork_are_kept(self, store):
        first = facts_of(_A, 1)
        head = Head(1, first[0].chain, first[0].clock)
        left, right = facts_of(_A, 1, head), facts_of(_A, 2, head)
        _kept(store, first, left, right)
        with store.reading() as r:
            assert {fact.chain for fact in ledger.of_stream(r, _A)} == {fact.chain for fact in first + left + right}
            assert ledger.head(r, "camp", _A).chain == right[-1].chain

    def test_facts_are_found_by_subject_across_scopes(self, store):
        _kept(store, facts_of(_A, 6), facts_of(_B, 6))
        with store.reading() as r:
            found = list(ledger.of_subjects(r, ["person:1", "person:nobody"]))
            assert len(found) == 4
            assert {fact.scope for fact in found} == {"people/A", "people/B"}
            assert list(ledger.of_subjects(r, [])) == []
            assert sorted(ledger.subjects(r, "person")) == ["person:0", "person:1", "person:2"]
            assert list(ledger.subjects(r, "per")) == []

    def test_what_a_long_write_has_just_appended_is_found_as_it_is_later(self, store):
        """Remembered or read from the file: before and after a part was taken back, a body erased, a pack's fact taken in."""
        old, own, more = facts_of(_A, 60), facts_of(_A, 70), facts_of(_B, 90)
        subjects = sorted({fact.subject for fact in (*old, *own, *more)})

        def found(r):
            return _in_order(ledger.of_subjects(r, [*subjects, *subjects]))

        _kept(store, old)
        with store.writing() as w:
            ledger.append_own(w, own[60:65])  # too few to be remembered
            ledger.append_own(w, more[:60])
            ledger.append_own(w, more[60:61])
            assert found(w) == _in_order([*old, *own[60:65], *more[:61]])
            with suppress(KeyError), w.attempt():
                ledger.append_own(w, more[61:])
                raise KeyError
            assert found(w) == _in_order([*old, *own[60:65], *more[:61]])
            ledger.append_own(w, more[61:])
            assert {fact.kind for fact in ledger.of_subjects(w, subjects, {"of none"})} == set()
            ledger.erase_bodies(w, [more[0].chain])
            ledger.append(w, own[65:])
            in_the_write = found(w)
        with store.reading() as r:
            assert found(r) == in_the_write
        assert len(in_the_write) == 60 + 10 + 90

    def test_more_keys_than_one_question_takes(self, store):
        _kept(store, facts_of(_A, 3))
        with store.reading() as r:
            assert len(list(ledger.of_subjects(r, [f"person:{number}" for number in range(1500)]))) == 3

    def test_facts_are_found_by_client_id_batch_and_id(self, store):
        with_id, without = facts_of(_A, 2, client_id="c", batch="b"), facts_of(_B, 2)
        _kept(store, with_id, without)
        with store.reading() as r:
            assert {fact.chain for fact in ledger.by_client_id(r, ["c", "d"])} == {fact.chain for fact in with_id}
            assert {row[0] for row in r.all("select chain from facts where batch = 'b'")} == {fact.chain for fact in with_id}
            assert ledger.subjects_of_batches(r, ["b", "x"], "person") == {"person:0", "person:1"}
            assert ledger.subjects_of_batches(r, ["b", "x"], "work") == set()
            assert (ledger.is_spoken_of(r, "person:0"), ledger.is_spoken_of(r, "person:9")) == (True, False)
            assert ledger.by_chain(r, [without[0].chain, "unknown"]) == {without[0].chain: without[0]}
            assert ledger.by_chain_prefix(r, without[0].chain[:20]) == [without[0]]
            assert ledger.by_chain_prefix(r, "g") == []

    @pytest.mark.parametrize("text", ["'; drop table facts; --", "%", "_", '"', "\\", "𠮷", "a\nb", ""])
    def test_any_text_is_only_a_text(self, store, text):
        fact = facts_of(_A, 1, client_id=text or "-", actor=text)[0]
        _kept(store, [fact])
        with store.reading() as r:
            assert list(ledger.by_client_id(r, [text or "-"])) == [fact]
            assert list(ledger.of_subjects(r, [text])) == []
            assert list(ledger.of_stream(r, _A)) == [fact]

    def test_erasing_takes_body_and_salt_and_nothing_else(self, store):
        facts = facts_of(_A, 2)
        _kept(store, facts)
        with store.writing() as w:
            ledger.erase_bodies(w, [facts[0].chain])
            ledger.erase_bodies(w, [])
        with store.reading() as r:
            assert list(ledger.of_stream(r, _A)) == [facts[0]._replace(body=None, salt=None), facts[1]]

    def test_a_missing_body_can_be_given_back_once(self, store):
        facts = facts_of(_A, 2)
        _kept(store, [fact._replace(body=None, salt=None) for fact in facts])
        with store.writing() as w:
            assert ledger.restore_bodies(w, [facts[0], facts[1]._replace(body=None)]) == 1
            assert ledger.restore_bodies(w, [facts[0]._replace(body="{}")]) == 0
        with store.reading() as r:
            assert next(ledger.of_stream(r, _A)) == facts[0]

    def test_seals_are_kept_once_and_in_order(self, store):
        marks = [Seal(seq, f"c{seq}", "ed25519", "ff") for seq in (1, 2, 10)]
        with store.writing() as w:
            ledger.add_seals(w, [(_A, mark) for mark in reversed(marks)])
            ledger.add_seals(w, [(_A, marks[0]._replace(signature="other")), (_B, marks[1])])
        with store.reading() as r:
            assert ledger.seals_of(r, _A) == marks
            assert ledger.seals_of(r, _B) == [marks[1]]

    def test_a_purged_scope_leaves_nothing_and_names_what_it_spoke_of(self, store):
        _kept(store, facts_of(_A, 2), facts_of(_B, 1))
        with store.writing() as w:
            ledger.add_seals(w, [(_A, Seal(2, "c", "ed25519", "ff"))])
            assert ledger.purge_scope(w, "people/A") == {"person:0", "person:1"}
        with store.reading() as r:
            assert ledger.streams(r) == [_B]
            assert ledger.seals_of(r, _A) == []

    def test_public_keys_stay_as_first_told(self, store):
        with store.writing() as w:
            ledger.add_public_keys(w, [("w1", "one"), ("w2", "two")])
            ledger.add_public_keys(w, [("w1", "other")])
        with store.reading() as r:
            assert {name: key for name, key in ledger.public_keys(r).items() if name in {"w1", "w2"}} == {"w1": "one", "w2": "two"}


class TablesContract:
    """Folded tables, kept by difference."""

    def test_rows_of_an_owner_become_the_new_ones(self, store):
        with store.writing() as w:
            assert sync_rows(w, LINKS, ["p"], [("p", "A", "1"), ("p", "B", "1")]) == []
            old = sync_rows(w, LINKS, ["p"], [("p", "B", "2"), ("p", "C", "1")])
            assert sorted(old) == [("p", "A", "1"), ("p", "B", "1")]
            assert sorted(rows_of(w, LINKS, ["p"])) == [("p", "B", "2"), ("p", "C", "1")]

    def test_other_owners_rows_are_left_alone(self, store):
        with store.writing() as w:
            sync_rows(w, LINKS, ["p", "q"], [("p", "A", "1"), ("q", "A", "1")])
            sync_rows(w, LINKS, ["p"], [])
            assert list(all_rows(w, LINKS)) == [("q", "A", "1")]

    def test_random_differences_always_end_at_the_new_rows(self, store):
        dice = random.Random(7)
        with store.writing() as w:
            before: set = set()
            for _ in range(60):
                after = {(owner, unit, str(dice.randrange(3))) for owner in "pqr" for unit in "ABC" if dice.random() < 0.5}
                replace_rows(w, LINKS, before, after)
                assert list(all_rows(w, LINKS)) == sorted(after)
                before = after

    def test_amounts_add_up_and_zero_rows_go(self, store):
        with store.writing() as w:
            add_amounts(w, TOTALS, [(("A", ""), _amounts(1, 2)), (("B", ""), _amounts(5))])
            add_amounts(w, TOTALS, [(("A", ""), _amounts(2, -2)), (("B", ""), _amounts(-5)), (("C", ""), _amounts())])
            assert list(all_rows(w, TOTALS)) == [("A", "", *_amounts(3))]

    def test_one_key_told_twice_in_a_run_counts_twice(self, store):
        with store.writing() as w:
            add_amounts(w, TOTALS, [(("A", ""), _amounts(1)), (("A", ""), _amounts(1)), (("A", ""), _amounts(2))])
            assert list(all_rows(w, TOTALS)) == [("A", "", *_amounts(4))]

    def test_a_row_may_go_below_zero_and_come_back(self, store):
        with store.writing() as w:
            add_amounts(w, TOTALS, [(("A", ""), _amounts(-1, 7))])
            add_amounts(w, TOTALS, [(("A", ""), _amounts(1, -7))])
            assert list(all_rows(w, TOTALS)) == []

    def test_numbers_of_64_bits(self, store):
        with store.writing() as w:
            add_amounts(w, TOTALS, [(("A", ""), _amounts(2**62))])
            assert rows_of(w, TOTALS, ["A"])[0][2] == 2**62

    def test_an_emptied_table_is_empty(self, store):
        with store.writing() as w:
            sync_rows(w, LINKS, ["p"], [("p", "A", "1")])
            empty(w, LINKS)
            assert list(all_rows(w, LINKS)) == []


class DoorContract:
    """Transactions."""

    def test_an_exception_leaves_nothing(self, store):
        with pytest.raises(KeyError):
            _write_and_fail(store, KeyError())
        with store.reading() as r:
            assert ledger.streams(r) == []
            assert r.meta("story") == ""
        _kept(store, facts_of(_A, 1))

    def test_an_interrupt_leaves_nothing(self, store):
        with pytest.raises(KeyboardInterrupt):
            _write_and_fail(store, KeyboardInterrupt())
        with store.reading() as r:
            assert ledger.streams(r) == []

    def test_a_reader_sees_one_view(self, store):
        _kept(store, facts_of(_A, 1))
        with store.reading() as r:
            assert len(list(ledger.of_stream(r, _A))) == 1
            _kept(store, facts_of(_B, 4))
            assert ledger.streams(r) == [_A]
        with store.reading() as r:
            assert ledger.streams(r) == [_A, _B]

    def test_nobody_reads_what_is_not_committed(self, store):
        with store.writing() as w:
            ledger.append(w, facts_of(_A, 1))
            with store.reading() as r:
                assert ledger.streams(r) == []

    def test_settings_are_kept(self, store):
        with store.writing() as w:
            w.set_meta("k", "1")
            w.set_meta("k", "2")
        with store.reading() as r:
            assert (r.meta("k"), r.meta("other"), r.meta("other", "d")) == ("2", "", "d")
