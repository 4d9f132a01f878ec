"""What somebody who keeps two lists would write down of two camps: who is in, who learnt what; and what their reports must say.

It knows nothing of facts, folds and tables; of certificates alone it takes from the ledger who was issued one.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

WORTH = ({"V1": 100, "V2": 700, "V3": 99, "Z1": 200}, {"V1": 300, "W1": 500})
"""What each lesson is worth in the first camp and in the second, in hundredths."""
SIGN_IN = "sign_in"

Row = tuple[int, ...]
"""Joined, learning, completed, ready, certified, hundredths."""


@dataclass
class CampNoted:
    """One camp. `required`: in hundredths; `joined`: who registered or was carried over; `seen`: lessons and sign-ins of each."""

    worth: dict[str, int]
    required: int = 800
    joined: set[str] = field(default_factory=set)
    seen: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def row(self, people: Iterable[str], certified: set[str]) -> Row:
        """What the report must say of a unit whose people these are."""
        rows = [self._counts(each, each in certified) for each in people]
        return tuple(map(sum, zip(*rows, strict=True))) if rows else (0,) * 6

    def _counts(self, who: str, is_certified: bool) -> Row:
        seen = self.seen.get(who, set())
        total = sum(worth for lesson, worth in self.worth.items() if lesson in seen)
        is_in = who in self.joined or bool(seen) or is_certified
        complete = total >= self.required
        return (int(is_in), int(total > 0), int(complete), int(complete and SIGN_IN in seen), int(is_certified), total)


class TwoCampsNoted:
    """Both camps, and where everybody is at home."""

    def __init__(self) -> None:
        self.camps = tuple(CampNoted(worth) for worth in WORTH)
        self.homes: dict[str, str] = {}

    def of(self, activity: str) -> CampNoted:
        """The camp that a node says is going on: the first bears no id."""
        return self.camps[1 if activity else 0]

    def rows(self, issued: Iterable[tuple[str, str]], units: Iterable[str]) -> tuple[dict[str, Row], dict[str, Row]]:
        """The rows of both reports, from what was noted and the certificates that stand in the ledger as (subject, body)."""
        certified: tuple[set[str], set[str]] = (set(), set())
        for subject, body in issued:
            certified[1 if json.loads(body)["activity"] else 0].add(subject.partition(":")[2])
        first, second = (
            {unit: camp.row([who for who, home in self.homes.items() if home == unit], holders) for unit in units}
            for camp, holders in zip(self.camps, certified, strict=True)
        )
        return first, second
