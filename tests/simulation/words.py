"""What was acknowledged, and what each speaker had before their eyes: all that the count from nothing knows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

LESSONS = {"V1": (100, 60), "V2": (700, 315), "V3": (99, 45)}
"""Hundredths and minutes."""


@dataclass(eq=False)
class Word:
    """One acknowledged verb. `about` is whom: labels of people; `knew`: the words whose facts its speaker held;
    `places`: the unit in whose scope each fact stands, "" for what every office receives.

    `counts` is False for what a revocation cut off, None where the story leaves it open.
    """

    number: int
    line: str
    machine: str
    office: str
    verb: str
    about: tuple[str, ...]
    value: tuple[str, ...]
    facts: frozenset[str]
    places: Mapping[str, str]
    knew: frozenset[Word] = frozenset()
    counts: bool | None = True
    label: str = ""
    cut: frozenset[str] = frozenset()
    """Of a grant or a revocation: the facts that its speaker held."""

    def spoken_of(self) -> set[str]:
        """Whom it may move: `about`, and whom its speaker knew as one with them: whoever stands is moved."""
        merges = [word.about for word in self.knew if word.verb == "合"]
        found = set(self.about)
        for _ in merges:
            found |= {label for pair in merges if found & set(pair) for label in pair}
        return found

    def erases(self) -> set[str] | None:
        """Whom an erasure forgets: all who were one to its speaker; None where that speaker knew one of them for parted."""
        found = self.spoken_of()
        return None if any(word.verb == "拆" and found & set(word.about) for word in self.knew) else found

    def __repr__(self) -> str:
        return f"{self.number}: {self.line}"


@dataclass
class Memory:
    """All words of a story, in the order in which they were said."""

    words: list[Word] = field(default_factory=list)
    labels: dict[str, Word] = field(default_factory=dict)

    def known_of(self, held: set[str]) -> frozenset[Word]:
        """The words of which somebody holds a fact."""
        return frozenset(word for word in self.words if word.facts & held)

    def hears(self, word: Word) -> None:
        """Another word was acknowledged."""
        self.words.append(word)
        if word.label:
            self.labels[word.label] = word

    def withdrawn(self) -> set[Word]:
        """What somebody took back whose word counts."""
        return {
            target
            for word in self.words
            if word.verb == "撤" and word.counts is not False and (target := self.labels.get(word.value[0]))
        }

    def open_withdrawals(self) -> set[Word]:
        """What was taken back by a word that may or may not count."""
        return {
            target
            for word in self.words
            if word.verb == "撤" and word.counts is None and (target := self.labels.get(word.value[0]))
        }

    def meant(self, unit: str, knew: Collection[Word]) -> str:
        """The unit that a code means to somebody who knew these words: one that was merged is the one it was merged into."""
        gone = {word.value[0] for word in knew if word.verb == "撤"}
        return next(
            (word.value[0] for word in knew if word.verb == "并" and word.value[1] == unit and word.label not in gone), unit
        )

    def standing(self, verbs: Iterable[str]) -> list[Word]:
        """Words of these sorts that count and were not taken back."""
        gone, wanted = self.withdrawn(), set(verbs)
        return [word for word in self.words if word.verb in wanted and word.counts is not False and word not in gone]

    def tips(self, register: list[Word], everything: list[Word]) -> list[Word]:
        """Of one register the words that no standing word replaced: it knew them, or a word of the register that knew them."""
        off: set[Word] = set()
        for word in register:
            waiting = [each for each in word.knew if each in everything]
            while waiting:
                one = waiting.pop()
                if one not in off and one is not word:
                    off.add(one)
                    waiting += [each for each in one.knew if each in everything]
        return [word for word in register if word not in off]
