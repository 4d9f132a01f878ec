"""What a data file holds of streams, for whoever asks which facts lead to which heads (`facts/limits.py`)."""

from __future__ import annotations

from collections.abc import Mapping

from campmgr.ledger.envelope import Stream
from campmgr.store import ledger
from campmgr.store.door import Reader


class HeldStreams:
    """The streams of a data file, as of one look at it."""

    def __init__(self, r: Reader) -> None:
        self._r = r

    def is_forked(self, stream: Stream) -> bool:
        """Whether two facts of a stream bear one number."""
        return ledger.is_forked(self._r, stream)

    def chain_at(self, stream: Stream, seq: int) -> str | None:
        """The chain value at a place of a stream that is not forked; None where nothing is held."""
        return next((fact.chain for fact in ledger.of_stream(self._r, stream, after=seq - 1, upto=seq)), None)

    def predecessors(self, stream: Stream) -> Mapping[str, str]:
        """Of each fact of a stream the chain value before it."""
        return ledger.predecessors(self._r, stream)
