"""What was said of a node, as data: grants, revocations, admitted stretches, each with what its giver had seen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from campmgr.facts.limits import Heads, Reach, Stretch
from campmgr.facts.units import Unit
from campmgr.ledger.envelope import Stream
from campmgr.ledger.order import ReadFact


class Word(NamedTuple):
    """A grant or a revocation that counts: the fact, the node that said it, and where it cut each stream.

    `public`: what of the node's own streams in `public`, by writer, its giver had seen.
    """

    told: ReadFact
    giver: str
    cuts: Mapping[Stream, Heads]
    public: Mapping[str, Reach]

    @property
    def unit(self) -> str:
        """The unit granted."""
        return str(self.told.body["unit"])

    @property
    def line(self) -> str:
        """The line granted, "" for all."""
        return self.told.body["line"] or ""

    @property
    def excluding(self) -> list[str]:
        """Units left out."""
        return [str(unit) for unit in self.told.body["excluding"]]

    @property
    def number(self) -> int:
        """Which of its unit's laptops the node is."""
        return int(self.told.body["number"])

    def covers(self, birth: Unit, line: str) -> bool:
        """Whether the grant covers a unit by its birth path; `line`: also as a grant of that line could."""
        body = self.told.body
        if f"/{body['unit']}/" not in birth.path or any(f"/{unit}/" in birth.path for unit in body["excluding"]):
            return False
        return not body["line"] or body["line"] in {birth.line, line} or birth.unit == body["unit"]


def cuts_of(body: Mapping[str, object]) -> dict[Stream, Heads]:
    """Where a word cut streams: of a forked stream several heads. What is no cut is passed over."""
    found: dict[Stream, Heads] = {}
    listed = body["cuts"]
    for cut in listed if isinstance(listed, list) else ():
        if isinstance(cut, list) and [type(part) for part in cut] == [str, str, int, str] and cut[2] > 0:
            stream = Stream(cut[0], cut[1])
            found[stream] = (*found.get(stream, ()), (cut[2], cut[3]))
    return found


class Admission(NamedTuple):
    """A stretch of a stream that somebody above lets count."""

    told: ReadFact
    giver: str
    stream: Stream
    stretch: Stretch


def admission_of(one: ReadFact, giver: str) -> Admission:
    """What a `facts_admitted` says."""
    body = one.body
    return Admission(one, giver, Stream(body["scope"], body["writer"]), Stretch(body["from"], body["to"], body["chain"]))
