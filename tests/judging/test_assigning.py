"""Loads are as even as recusals allow, told by a maximum flow of the test's own; the seed alone draws."""

from __future__ import annotations

import random
from collections import Counter, deque

import pytest

from campmgr.areas.judging.rules.assigning import assign


def flow(pairs: set[tuple[str, str]], needs: dict[str, int], caps: dict[str, int]) -> int:
    """The most (work, judge) pairs that can be taken: Edmonds and Karp, nothing clever."""
    room: Counter[tuple[str, str]] = Counter()
    near: dict[str, set[str]] = {}
    edges = [("S", f"e{entry}", need) for entry, need in needs.items()] + [(f"j{judge}", "T", cap) for judge, cap in caps.items()]
    edges += [(f"e{entry}", f"j{judge}", 1) for entry, judge in pairs]
    for one, other, size in edges:
        room[one, other] += size
        near.setdefault(one, set()).add(other)
        near.setdefault(other, set()).add(one)
    found = 0
    while True:
        came: dict[str, str] = {"S": ""}
        waiting = deque(["S"])
        while waiting and "T" not in came:
            here = waiting.popleft()
            for there in sorted(near.get(here, ())):
                if there not in came and room[here, there] > 0:
                    came[there] = here
                    waiting.append(there)
        if "T" not in came:
            return found
        there = "T"
        while came[there]:
            room[came[there], there] -= 1
            room[there, came[there]] += 1
            there = came[there]
        found += 1


def evenest(pairs: set[tuple[str, str]], needs: dict[str, int], judges: list[str]) -> bool:
    """Whether loads within one of each other are possible: some level below fills every judge, and one more holds everything."""
    total = sum(needs.values())
    low = total // len(judges)
    return (
        flow(pairs, needs, dict.fromkeys(judges, low)) == low * len(judges)
        and flow(pairs, needs, dict.fromkeys(judges, low + 1)) == total
    )


def drawn(seed: int) -> tuple[list[str], list[str], int, set[tuple[str, str]]]:
    dice = random.Random(seed)
    entries, judges = [f"{n:02}" for n in range(dice.randint(1, 24))], [chr(97 + n) for n in range(dice.randint(1, 8))]
    odds = dice.choice((0, 0.1, 0.3, 0.6))
    return entries, judges, dice.randint(1, 5), {(e, j) for e in entries for j in judges if dice.random() < odds}


@pytest.mark.drawn(whole=600, usual=60)
def test_loads_are_as_even_as_they_can_be(seed):
    entries, judges, per_work, recused = drawn(seed)
    found = assign(entries, judges, per_work, str(seed), recused)
    assert not set(found.pairs) & recused
    assert len(set(found.pairs)) == len(found.pairs)
    free = {(entry, judge) for entry in entries for judge in judges} - recused
    needs = {entry: min(per_work, sum(pair[0] == entry for pair in free)) for entry in entries}
    assert Counter(entry for entry, _ in found.pairs) == Counter(needs), "every work has all the judges it can have"
    assert set(found.short) == {(entry, need, per_work) for entry, need in needs.items() if need < per_work}
    loads = found.loads
    assert loads == {judge: sum(pair[1] == judge for pair in found.pairs) for judge in judges}
    if evenest(free, needs, judges):
        assert max(loads.values()) - min(loads.values()) <= 1
    most = max(loads.values())
    if most:
        assert flow(free, needs, dict.fromkeys(judges, most - 1)) < sum(needs.values()), "nobody could have fewer at most"


def test_the_order_of_names_does_not_matter_and_another_seed_draws_otherwise():
    entries, judges, per_work, recused = drawn(3)
    one = assign(entries, judges, per_work, "s", recused)
    assert one == assign(entries[::-1], judges[::-1], per_work, "s", sorted(recused)[::-1])
    many = [f"{n}" for n in range(40)]
    assert assign(many, "abcdefg", 3, "s").pairs != assign(many, "abcdefg", 3, "t").pairs


def test_what_is_held_stays_and_only_what_is_missing_is_drawn():
    first = assign("ABCDEF", "abcd", 2, "s")
    again = assign("ABCDEF", "abcd", 2, "s", held=first.pairs)
    assert again.pairs == ()
    assert again.loads == first.loads
    more = assign("ABCDEFG", "abcde", 3, "s", held=first.pairs)
    assert not set(more.pairs) & set(first.pairs)
    assert Counter(entry for entry, _ in (*more.pairs, *first.pairs)) == Counter(dict.fromkeys("ABCDEFG", 3))
    assert max(more.loads.values()) - min(more.loads.values()) <= 1


def test_example_16_ten_works_five_judges_three_each():
    works, judges = [f"{n}" for n in range(10)], ["J1", "J2", "J3", "J4", "J5"]
    assert set(assign(works, judges, 3, "种子").loads.values()) == {6}
    recused = {("0", "J1"), ("1", "J1")}
    found = assign(works, judges, 3, "种子", recused)
    assert set(found.loads.values()) == {6}
    assert not set(found.pairs) & recused
