"""What was recorded since a copy of this data file was made: what would be lacking if it came back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from campmgr.clock import minute_text
from campmgr.facts.catalogue import kinds_of
from campmgr.ledger.envelope import Stream
from campmgr.store import ledger
from campmgr.store.door import Reader

_MOST = 300

_BEYOND = """select f.kind, f.recorded_at, coalesce(p.name, '') from facts f left join people p on f.subject = 'person:' || p.person
    where f.scope = :scope and f.writer = :writer and f.seq > :end"""


@dataclass(frozen=True, slots=True)
class Since:
    """How many of what, the most first; and the newest, each with when and what about whom (names, as they are shown elsewhere)."""

    counts: tuple[tuple[str, int], ...]
    lines: tuple[tuple[str, str, str], ...]

    @property
    def whole(self) -> int:
        """How many in all."""
        return sum(count for _, count in self.counts)


def recorded_since(r: Reader, ends: Mapping[Stream, int]) -> Since:
    """What stands here beyond the ends that a copy holds of each stream; of very many the newest lines alone."""
    kinds, counts, lines = kinds_of(r), Counter[str](), list[tuple[str, str, str]]()
    for stream in ledger.streams(r):
        rows = r.all(_BEYOND, **stream._asdict(), end=ends.get(stream, 0))
        for kind, at, name in rows:
            known = kinds.get(kind)
            called = (known.called if known else "") or "电脑之间的记录"
            counts[called] += 1
            lines.append((minute_text(at), called, name))
    return Since(tuple(counts.most_common()), tuple(sorted(lines, reverse=True)[:_MOST]))
