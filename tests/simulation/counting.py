"""The count from nothing: what the acknowledged words come to. Shares no code with the program.

A word said knowing another of its register replaces it, whatever the clocks. Words that did not know of each other leave a choice:
then any of them may show, the same everywhere. Where a story leaves more open than that, a person is `open`, and only equality
is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product

from tests.simulation.words import LESSONS, Memory, Word

MOST_CHOICES = 64


@dataclass
class Group:
    """One person, or several who are one: where at home, under what name, with which hours; each a set of what may show."""

    labels: tuple[str, ...]
    homes: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    hours: set[int] = field(default_factory=set)
    open: bool = False
    disputed: bool = False
    erased: set[str] = field(default_factory=set)


def grouped(memory: Memory) -> Iterator[Group]:
    """Everybody, merged people together; people whose merges are a matter of choice one by one and open."""
    people = [word.about[0] for word in memory.standing(["登记"])]
    for component in _components(memory, people):
        merged = _merged(memory, component) if len(component) > 1 else False
        whole = [component] if merged else [(each,) for each in component]
        for labels in whole:
            yield _of(memory, tuple(sorted(labels)), is_open=merged is None)


def _components(memory: Memory, people: list[str]) -> Iterator[tuple[str, ...]]:
    left = list(dict.fromkeys(people))
    pairs = [word.about for word in memory.words if word.verb == "合"]
    while left:
        group, waiting = set(), [left[0]]
        while waiting:
            one = waiting.pop()
            if one not in group:
                group.add(one)
                waiting += [each for pair in pairs if one in pair for each in pair]
        left = [each for each in left if each not in group]
        yield tuple(sorted(group))


def _merged(memory: Memory, component: tuple[str, ...]) -> bool | None:
    """Whether these are one; None where the words leave it open."""
    told = [word for word in memory.standing(["合", "拆"]) if set(word.about) <= set(component)]
    if any(word.counts is None for word in told) or memory.open_withdrawals() & set(told):
        return None
    if len(component) > 2:
        return True if all(word.verb == "合" for word in told) and _joined(component, told) else None
    tips = memory.tips(told, [word for word in memory.words if word.verb in {"合", "拆"}])
    said = {word.verb for word in tips}
    if any(word.verb == "拆" for word in told) and _spoken_while_one(memory, component):
        return None
    return None if len(said) > 1 else said == {"合"}


def _joined(component: tuple[str, ...], told: list[Word]) -> bool:
    """Whether the merges that count hold them all together."""
    group = {component[0]}
    for _ in component:
        group |= {each for word in told for each in word.about if set(word.about) & group}
    return group == set(component)


def _spoken_while_one(memory: Memory, component: tuple[str, ...]) -> bool:
    """Whether something was said of one of them by somebody who held them for one: whose it is after a parting is open."""
    merges = {word for word in memory.words if word.verb == "合" and set(word.about) <= set(component)}
    return any(word.verb not in {"合", "拆"} and set(word.about) & set(component) and word.knew & merges for word in memory.words)


def _of(memory: Memory, labels: tuple[str, ...], *, is_open: bool) -> Group:
    group = Group(labels, open=is_open)
    about = [word for word in memory.words if set(word.about) & set(labels)]
    group.open |= any(word.counts is None for word in about)
    for label in labels:
        homes = _tips(memory, label, ("登记", "移"))
        group.homes |= {word.value[0] for word in homes}
        group.disputed |= len({word.value[0] for word in homes}) > 1
        erasing = [word for word in memory.standing(["删"]) if label in word.spoken_of()]
        group.open |= any(word.erases() is None for word in erasing)
        if erasing:  # nobody is asked which erased name was right
            group.erased.add(label)
        else:
            names = _tips(memory, label, ("登记", "改名"))
            group.names |= {word.value[-1] for word in names}
            group.disputed |= len({word.value[-1] for word in names}) > 1
    group.names = group.names or {""}
    group.hours = set(_hours(memory, labels))
    return group


def _tips(memory: Memory, label: str, verbs: tuple[str, ...]) -> list[Word]:
    register = [word for word in memory.standing(verbs) if label in word.about]
    return memory.tips(register, [word for word in memory.words if word.verb in verbs and label in word.about])


def _hours(memory: Memory, labels: tuple[str, ...]) -> Iterator[int]:
    """What the marks come to, for each choice among corrections that did not know of each other."""
    chains: dict[Word, list[Word]] = {}
    everything = [word for word in memory.words if word.verb in {"记", "改"} and set(word.about) & set(labels)]
    for word in memory.standing(["记", "改"]):
        if word in everything:
            chains.setdefault(_first(memory, word), []).append(word)
    choices: list[list[tuple[str, str, int]]] = []
    for first, words in chains.items():
        lesson, _, day = first.value
        ends = memory.tips(words, [each for each in everything if _first(memory, each) is first])
        choices.append([(lesson, day, int(word.value[1])) for word in ends])
    for number, chosen in enumerate(product(*choices)):
        if number == MOST_CHOICES:
            return
        yield credit(list(chosen))


def _first(memory: Memory, word: Word) -> Word:
    """The mark that a chain of corrections began with."""
    while word.verb == "改":
        word = memory.labels[word.value[0]]
    return word


def credit(seen: list[tuple[str, str, int]]) -> int:
    """Hundredths for (lesson, day, minutes)."""
    days: dict[tuple[str, str], int] = {}
    for lesson, day, minutes in seen:
        days[lesson, day] = max(minutes, days.get((lesson, day), 0))
    total = 0
    for lesson, (hundredths, length) in LESSONS.items():
        minutes = sum(worth for (which, _), worth in days.items() if which == lesson)
        total += hundredths * min(minutes, length) // length
    return total
