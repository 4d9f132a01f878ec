"""What stands of a register, told in lines of text: who says what, knowing what, by whose clock (docs/ledger.md#registers).

A line is `NAME writer@clock [after NAME …]: what`, where what is `name=…`, `class=…`, `phone=…`, `home=…`, `gone NAME`.
A word in brackets before the colon: `(unheard)` for one that does not count, `(bare)` for one whose body is missing.
"""

from __future__ import annotations

import random
import re

import pytest

from campmgr.areas.whole import CATALOGUE
from campmgr.ledger.envelope import Draft, Fact, Stream, genesis
from campmgr.ledger.order import read_facts, stand, tips_of, unheard_of
from tests.ledger.make_golden import CAMPAIGN
from tests.ledger.writing import write_fact

_LINE = re.compile(r"(\w+) (\w+)@(-?\d+)(?: after ([\w ]+?))?(?: \((\w+)\))?: (.+)")
_FIELDS = {"name": "name", "class": "class_name", "phone": "phone"}


class Told:
    """The facts of a story, and what comes of them."""

    def __init__(self, story: str) -> None:
        self.facts: dict[str, Fact] = {}
        unheard = set()
        for line in filter(None, map(str.strip, story.splitlines())):
            match = _LINE.fullmatch(line)
            assert match, line
            name, writer, clock, after, how, what = match.groups()
            fact = self._fact(writer, int(clock), after or "", what)
            self.facts[name] = fact._replace(body=None, salt=None) if how == "bare" else fact
            unheard |= {fact.chain} if how == "unheard" else set()
        held = list(self.facts.values())
        random.Random(len(story)).shuffle(held)
        counting = [fact for fact in held if fact.chain not in unheard]
        told, rest = read_facts(CATALOGUE.kinds, counting), unheard_of(CATALOGUE.kinds, held, counting)
        self.stood = stand(told, {}, rest)
        self.tips = tips_of(told, {}, rest)

    def _fact(self, writer: str, clock: int, after: str, what: str) -> Fact:
        if what.startswith("gone "):
            kind, body = "fact_withdrawn", {"fact": self.facts[what[5:]].chain, "reason": ""}
        elif what.startswith("home="):
            kind = "person_moved" if after else "person_registered"
            body = {"source": "", "target": what[5:]} if after else {"unit": what[5:], "kind": "学生"}
        else:
            kind = "person_details_changed"
            body = {_FIELDS[part.partition("=")[0]]: part.partition("=")[2] for part in what.split(", ")}
        replaces = tuple(self.facts[name].chain for name in after.split())
        stream = Stream("people/A", writer)
        draft = Draft("A", kind, "person:1", body, replaces=replaces)
        return write_fact(CAMPAIGN, stream, 1, genesis(CAMPAIGN, stream), clock, "2023-06-10T00:00:00+08:00", draft)

    def says(self, field: str) -> str:
        return "".join(one.body[_FIELDS[field]] for one in self.stood.facts if _FIELDS[field] in one.body)

    @property
    def homes(self) -> list[str]:
        return [one.body.get("unit") or one.body["target"] for one in self.stood.facts if "home" in one.registers]

    @property
    def sides(self) -> list[tuple[str, list[str]]]:
        names = {fact.chain: name for name, fact in self.facts.items()}
        return [(each.register, [names[one.id] for one in each.facts]) for each in self.stood.sides]


def test_a_word_said_knowing_the_earlier_one_wins_though_the_earlier_clock_was_a_year_ahead():
    told = Told("""
        a ahead@900: name=张三
        b right@5 after a: name=张叁
    """)
    assert (told.says("name"), told.sides) == ("张叁", [])


def test_two_words_said_without_knowing_each_other_stand_side_by_side_and_the_order_picks_one():
    told = Told("""
        a first@1: name=张三
        b school@5 after a: name=张叁
        c county@7 after a: name=张姗
    """)
    assert (told.says("name"), told.sides) == ("张姗", [("name", ["b", "c"])])
    assert [one.id for one in told.tips["person:1", "name"]] == [told.facts["b"].chain, told.facts["c"].chain]


def test_a_third_word_that_saw_both_settles_it():
    told = Told("""
        a first@1: name=张三
        b school@5 after a: name=张叁
        c county@7 after a: name=张姗
        d school@6 after b c: name=张叁
    """)
    assert (told.says("name"), told.sides) == ("张叁", [])


def test_a_third_word_that_saw_only_one_leaves_the_other():
    told = Told("""
        b school@5: name=张叁
        c county@7: name=张姗
        d school@6 after b: name=张珊
    """)
    assert told.sides == [("name", ["d", "c"])]


def test_changes_of_different_fields_are_no_disagreement():
    told = Told("""
        a first@1: name=张三, class=一年1班, phone=138
        b school@5 after a: class=一年2班
        c county@7 after a: phone=139
    """)
    assert ([told.says(each) for each in ("name", "class", "phone")], told.sides) == (["张三", "一年2班", "139"], [])


def test_equal_values_are_no_disagreement_however_they_are_written():
    assert Told("a school@1: phone=138 0000-1111\nb county@2: phone=１３８００００１１１１").sides == []


def test_naming_what_sets_another_register_takes_nothing_off():
    told = Told("""
        a first@1: phone=138
        b school@5: name=张三
        c county@7 after b: phone=139
    """)
    assert told.sides == [("phone", ["a", "c"])]


def test_a_withdrawn_word_gives_back_what_it_replaced():
    told = Told("""
        a first@1: name=张三
        b school@5 after a: name=张叁
        c school@6: gone b
    """)
    assert (told.says("name"), told.sides) == ("张三", [])


@pytest.mark.parametrize("how", ["unheard", "bare"])
def test_a_link_lost_in_the_middle_brings_nothing_back(how):
    told = Told(f"""
        a ahead@900: name=张三
        b revoked@5 after a ({how}): name=李四
        c county@7 after b: name=王五
    """)
    assert (told.says("name"), told.sides) == ("王五", [])


def test_what_does_not_count_takes_nothing_off():
    assert Told("a first@1: name=张三\nb revoked@5 after a (unheard): name=李四").says("name") == "张三"


def test_the_history_of_a_home_is_the_way_back_from_the_one_that_stands():
    told = Told("""
        a first@900: home=A
        b county@5 after a: home=B
        c city@6 after b: home=C
    """)
    assert told.homes == ["A", "B", "C"]


def test_of_two_moves_side_by_side_only_the_way_to_the_one_that_stands_is_history():
    told = Told("""
        a first@1: home=A
        b county@5 after a: home=B
        c city@7 after a: home=C
    """)
    assert (told.homes, told.sides) == (["A", "C"], [("home", ["b", "c"])])
    settled = Told("""
        a first@1: home=A
        b county@5 after a: home=B
        c city@7 after a: home=C
        d county@6 after b c: home=B
    """)
    assert (settled.homes, settled.sides) == (["A", "C", "B"], [])


def test_a_withdrawn_step_is_taken_out_of_the_history():
    told = Told("""
        a first@1: home=A
        b county@5 after a: home=B
        c city@7 after b: home=C
        d county@8: gone b
    """)
    assert told.homes == ["A", "C"]


def test_ten_thousand_tips_are_told_apart_in_one_go():
    lines = [f"t{number} hostile@{number}: name={number}" for number in range(10_000)]
    told = Told("\n".join(lines))
    assert told.says("name") == "9999"
    assert len(told.sides[0][1]) == 10_000
