"""What stands of a register when something is about to be said of it: a new word names it, so that later means said knowing it.

(docs/ledger.md#registers)
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from campmgr.facts import world as worlds
from campmgr.facts.admission import Admission
from campmgr.facts.batches import withdrawals_of
from campmgr.facts.catalogue import Catalogue, catalogue, kinds_of
from campmgr.facts.kinds import WITHDRAWN
from campmgr.ledger.carrier import CARRIERS
from campmgr.ledger.envelope import Draft, Fact
from campmgr.ledger.kinds import registers_of, scope_of
from campmgr.ledger.order import ReadFact, read_facts, tips_of, unheard_of
from campmgr.store import ledger
from campmgr.store.door import Reader


class Tips:
    """The tips of what is spoken of in one run of saying, kept up with what the run itself says."""

    def __init__(self, r: Reader, subjects: Collection[str]) -> None:
        """Read what stands of these subjects."""
        self._kinds = kinds_of(r)
        held = list(ledger.of_subjects(r, subjects, catalogue(r).joined(_setting)))
        counting = list(Admission(worlds.load(r), r).of(held)) if held else []
        told = read_facts(self._kinds, counting)
        self._tips = tips_of(told, withdrawals_of(r, [told]), unheard_of(self._kinds, held, counting))
        self._spoken_of = {subject for subject, _ in self._tips}
        self._fresh: dict[str, list[Fact]] = {}

    def is_first(self, draft: Draft) -> bool:
        """Whether nothing stands yet of what a draft speaks of: so with whatever is registered or added."""
        return draft.subject not in self._spoken_of and draft.subject not in self._fresh

    def of(self, draft: Draft) -> list[list[ReadFact]]:
        """Of each register that a draft fills, what stands now."""
        for one in read_facts(self._kinds, self._fresh.pop(draft.subject, ())):
            self._tips |= {(draft.subject, register): [one] for register in one.registers}
            self._spoken_of.add(draft.subject)
        return [self._tips.get((draft.subject, register), []) for register in self._registers(draft)]

    def known(self, draft: Draft) -> Fact | None:
        """The fact that says just this already, there where it is to be said; None when it is new or settles something."""
        kind, stands = self._kinds[draft.kind], self.of(draft)
        scope = scope_of(kind, draft.place)
        if not stands or any(len(tips) != 1 for tips in stands):
            return None
        same = all(_says(tips[0], draft) and scope in tips[0].scopes for tips in stands)
        return stands[0][0].fact if same else None

    def naming(self, draft: Draft, writer: str) -> Draft:
        """The draft with what it takes the place of: what its form showed, and what this writer said meanwhile; else all tips."""
        stands = {one for tips in self.of(draft) for one in ((tip.id, tip.fact.writer) for tip in tips)}
        named = {*draft.replaces, *(tip for tip, by in stands if by == writer or not draft.replaces)}
        if not named:
            return draft
        return draft._replace(replaces=tuple(sorted(named)))

    def add(self, fact: Fact) -> None:
        """What was just said stands from now on; it is looked at when somebody asks."""
        self._fresh.setdefault(fact.subject, []).append(fact)

    def _registers(self, draft: Draft) -> Sequence[str]:
        return registers_of(self._kinds[draft.kind], draft.body)


def _setting(every: Catalogue) -> frozenset[str]:
    """The kinds that set registers, carry such or take them back: of a pupil with a hundred marks these few alone are read."""
    return CARRIERS.union([WITHDRAWN], (kind.name for kind in every.kinds.values() if kind.registers))


def _says(tip: ReadFact, draft: Draft) -> bool:
    """Whether a tip says what a draft wants to say; of a partial kind only what the draft sets is looked at."""
    if tip.fact.kind != draft.kind:
        return False
    return all(tip.body.get(name) == value for name, value in draft.body.items()) if tip.row.partial else tip.body == draft.body
