"""The count of rights from nothing: what each office may hold and say, by the grants and revocations that were acknowledged.

Shares no code with the program. What an office said in a unit counts where its grant covered the unit; where a later grant covers
it no longer, what the giver had seen by then stands and nothing else; where it is covered again, what the giver had seen by then
stays as it was, and all else counts. Nothing beyond a revocation counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from tests.simulation.words import Word

PARENTS = {
    "省": "",
    "市1": "省",
    "市2": "省",
    "县1": "市1",
    "妇联": "市1",
    "学校1": "县1",
    "学校2": "县1",
    "社区": "县1",
    "学校3": "市2",
}
"""Nine nodes and who stands above whom."""

GRANTS = {"省": "35", "市1": "3501", "市2": "3502", "县1": "350102", "妇联": "3501-FL", "学校1": "S1", "学校2": "S2",
          "社区": "C1", "学校3": "S3"}  # fmt: skip
"""The unit that each is given at first."""

UNITS = {"S1": "350102", "S2": "350102", "C1": "350102", "S3": "350203", "350102": "3501", "350103": "3501", "350203": "3502",
         "3501-FL": "3501", "3501": "35", "3502": "35", "35": ""}  # fmt: skip
"""Where the units of the stories stood at birth: what a grant covers."""

KINDS = {"S": "学校", "C": "社区"}
"""The units that the stories add to the preset's, by the first letter of their codes."""


def is_above(one: str, other: str) -> bool:
    """Whether one of the nine stands above another."""
    return bool(PARENTS[other]) and (PARENTS[other] == one or is_above(one, PARENTS[other]))


@dataclass(frozen=True)
class Given:
    """A unit with all below it, some left out, and some beside it without what is below them."""

    unit: str
    without: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()

    def covers(self, unit: str) -> bool:
        """Whether a unit lies within."""
        path = [unit]
        while path[-1]:
            path.append(UNITS.get(path[-1], ""))
        return unit in self.beside or (self.unit in path and self.without.isdisjoint(path))


class Rights:
    """What was said of the rights of offices and stands. An office is named by its key: a laptop with a new one is another."""

    def __init__(self, words: Iterable[Word], first: Mapping[str, Given]) -> None:
        standing = [word for word in words if word.counts]
        self.revoked = {word.value[0] for word in standing if word.verb == "撤权"}
        self._ends = [word for word in standing if word.verb == "撤权"]
        self._first = first
        self._later: dict[str, list[Word]] = {}
        for word in standing:
            if word.verb in {"改授", "新授"}:
                self._later.setdefault(word.value[0], []).append(word)

    def now(self, office: str) -> Given | None:
        """What an office was given last; None where it has no grant that stands."""
        steps = self._steps(office)
        return steps[-1][0] if steps and office not in self.revoked else None

    def is_disputed(self, office: str) -> bool:
        """Whether its grants were given without knowing of each other: which of them is in force is a matter of choice."""
        said = self._later.get(office, [])
        return any(before not in after.knew for before, after in pairwise(said))

    def knew_any(self, office: str, word: Word) -> bool:
        """Whether whoever said a word knew of any grant of an office."""
        return office in self._first or any(each in word.knew for each in self._later.get(office, []))

    def counts(self, word: Word) -> bool | None:
        """Whether what an office said counts; None where only a part of it does, or where that is a matter of choice."""
        places = {fact: unit for fact, unit in word.places.items() if fact in word.facts}
        answers = {self.fact_counts(word.office, fact, unit) for fact, unit in places.items()}
        if len(answers) != 1:
            return None if answers else True
        (answer,) = answers
        return None if answer and self.is_disputed(word.office) else answer

    def fact_counts(self, office: str, fact: str, unit: str) -> bool:
        """Whether one fact of an office in the scope of a unit counts; `unit` is "" for what every office receives."""
        covered, answer = False, False
        for given, seen in self._steps(office):
            covers = not unit or given.covers(unit)
            if covers and not covered:
                answer = answer or fact not in seen
            elif covered and not covers:
                answer = answer and fact in seen
            covered = covers
        return answer and all(fact in end.cut for end in self._ends if end.value[0] == office)

    def _steps(self, office: str) -> list[tuple[Given, frozenset[str]]]:
        begun = [(self._first[office], frozenset[str]())] if office in self._first else []
        return begun + [(_given(word), word.cut) for word in self._later.get(office, [])]


def _given(word: Word) -> Given:
    unit, *without = word.value[1].split("!")
    return Given(unit, frozenset(without))
