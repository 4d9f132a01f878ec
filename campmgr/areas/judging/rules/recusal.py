"""Whether a judge stands too near to a work, found from the unit tree and not from how names are spelt (003 §6)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from campmgr.areas.judging.kinds import AUTHOR, SAME_CITY, SAME_UNIT

REGIONS = frozenset({"省", "市", "县", "乡", "村"})
"""Kinds of units that hold others by where they are, not because they are their own branches."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A unit with those above it, itself first: (id, kind) each; merged units stand as what they were merged into."""

    line: tuple[tuple[str, str], ...]

    @property
    def unit(self) -> str:
        """The unit itself."""
        return self.line[0][0]

    @property
    def city(self) -> str:
        """The city it stands in, "" for none: a unit of the province itself is in no city. A county right below the root, as 平潭, is
        one of its own.
        """
        city = next((unit for unit, kind in self.line if kind == "市"), "")
        below_root = self.line[-2] if len(self.line) > 1 else None
        return city or (below_root[0] if below_root and below_root[1] in REGIONS else "")

    def is_of(self, other: Standing) -> bool:
        """Whether both are one unit, or one is a branch of the other; a region is nobody's head office."""
        if self.unit == other.unit:
            return True
        return any(
            one.unit == unit and kind not in REGIONS
            for one, another in ((self, other), (other, self))
            for unit, kind in another.line[1:]
        )


def found_whys(judge: Iterable[Standing], work: Iterable[Standing], *, is_author: bool, asked: Collection[str]) -> tuple[str, ...]:
    """Why a judge of these units does not judge a work of these, of the reasons that the rules know."""
    judge, work = tuple(judge), tuple(work)
    pairs = [(one, other) for one in judge for other in work]
    found: Mapping[str, bool] = {
        SAME_UNIT: any(one.is_of(other) for one, other in pairs),
        SAME_CITY: any(one.city and one.city == other.city for one, other in pairs),
        AUTHOR: is_author,
    }
    return tuple(why for why, holds in found.items() if holds and why in asked)
