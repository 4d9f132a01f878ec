"""The one way facts get into the ledger: append, seal, close the touched set, fold, in one transaction (docs/ledger.md#folds)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from campmgr.clock import local_text, next_tick, utc_text
from campmgr.facts.catalogue import kinds_of
from campmgr.facts.folding import Touched, fold
from campmgr.facts.trust import succession_message
from campmgr.ledger.envelope import Draft, Fact, Head, Stream, write_fact
from campmgr.ledger.kinds import breach, scope_of
from campmgr.ledger.scopes import subject
from campmgr.ledger.seal import seal, sign
from campmgr.store import ledger
from campmgr.store.door import Writer
from campmgr.store.identity import PREDECESSOR, WRITER, own_key

_OWN_CLOCK, _SEEN_CLOCK, _WRITTEN = "clock_own", "clock_seen", "written"


def record(w: Writer, drafts: Sequence[Draft]) -> list[Fact]:
    """Append drafts as facts of this file's writer, sealed, and fold what they touch; the facts come back in order."""
    recording = Recording(w)
    facts = recording.append(drafts)
    recording.finish()
    return facts


class Recording:
    """One run of facts by this file's writer: append in as many pieces as fit into memory, then finish once."""

    def __init__(self, w: Writer) -> None:
        self._w = w
        self._kinds = kinds_of(w)
        self._campaign = w.meta("campaign")
        self._writer = w.meta(WRITER)
        self._key = own_key(w)
        self._heads: dict[Stream, Head] = {}
        self._own = int(w.meta(_OWN_CLOCK, "0"))
        self._seen = int(w.meta(_SEEN_CLOCK, "0"))
        self._wall = w.clock.now()
        self._recorded_at = local_text(utc_text(self._wall))
        self._count = 0
        self._touched = Touched(self._w)

    def append(self, drafts: Iterable[Draft]) -> list[Fact]:
        """The drafts as the next facts of their streams."""
        facts = [self._write(draft) for draft in drafts]
        ledger.append(self._w, facts)
        self._touched.add(facts)
        self._count += len(facts)
        return facts

    def finish(self) -> None:
        """Seal every stream written to, keep the clock, and fold what was touched."""
        if not self._count:
            return
        ledger.add_seals(
            self._w,
            [(stream, seal(self._key, self._campaign, stream, head.seq, head.chain)) for stream, head in self._heads.items()],
        )
        self._w.set_meta(_OWN_CLOCK, str(self._own))
        self._w.set_meta(_WRITTEN, str(int(self._w.meta(_WRITTEN, "0")) + self._count))
        self.fold()

    def fold(self) -> None:
        """Fold what was touched, before more is appended that depends on it; sealing can wait until the end."""
        touched, self._touched = self._touched, Touched(self._w)
        fold(self._w, touched)

    def _write(self, draft: Draft) -> Fact:
        kind = self._kinds[draft.kind]
        stream = Stream(scope_of(kind, draft.place), self._writer)
        if wrong := breach(kind, stream.scope, draft.subject, draft.body):
            raise ValueError(wrong)
        head = self._heads.get(stream) or ledger.head(self._w, self._campaign, stream)
        self._own = next_tick(self._own, self._seen, self._wall)
        fact = write_fact(self._campaign, stream, kind.v, head, self._own, self._recorded_at, draft)
        self._heads[stream] = Head(fact.seq, fact.chain, fact.clock)
        return fact


def introduce(w: Writer) -> None:
    """What a copied or restored file says before anything else: who it was, and who it is now.

    Every transaction that writes begins with it (`Catalogue.begin`), so that nobody who asks what a file may say need think of it.
    """
    predecessor, campaign = w.meta(PREDECESSOR), w.meta("campaign")
    if not predecessor or not campaign:
        return
    w.drop_meta(PREDECESSOR)
    key = own_key(w)
    signature = sign(own_key(w, predecessor), succession_message(campaign, predecessor, key.public))
    body = {"key": key.public, "predecessor": predecessor, "signature": signature}
    record(w, [Draft("", "writer_succeeded", subject("node", predecessor), body)])


def see_clocks(w: Writer, clocks: Iterable[int]) -> None:
    """Remember the furthest clock met, so that what is written from now on comes after it (within limits)."""
    highest = max(clocks, default=0)
    if highest > int(w.meta(_SEEN_CLOCK, "0")):
        w.set_meta(_SEEN_CLOCK, str(highest))
