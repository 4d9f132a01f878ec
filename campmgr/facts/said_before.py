"""Whether something was said before: the fact of the same client id that is held, counts and stands (docs/ledger.md#repeats)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import repeat

from campmgr.errors import Refused
from campmgr.facts import world as worlds
from campmgr.facts.admission import Admission
from campmgr.facts.catalogue import kinds_of
from campmgr.facts.kinds import WITHDRAWN
from campmgr.ids import canonical
from campmgr.ledger.carrier import CARRIERS
from campmgr.ledger.envelope import Draft, Fact
from campmgr.ledger.kinds import Kind, scope_of
from campmgr.store import ledger
from campmgr.store.door import Reader


def said_before(r: Reader, drafts: Sequence[Draft]) -> Iterator[Fact | None]:
    """For each draft the fact that already said it, is held, counts and stands, if any."""
    kinds = kinds_of(r)
    wanted = [draft.client_id for draft in drafts if draft.client_id]
    if not wanted:
        return repeat(None, len(drafts))
    found: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    held = list(ledger.by_client_id(r, wanted))
    if not held:
        return repeat(None, len(drafts))
    for fact in _not_withdrawn(r, list(Admission(worlds.load(r), r).of(held))):
        found[fact.client_id or "", fact.scope].append(fact)
    return iter([
        _equal(kind, draft, found.get((draft.client_id or "", scope_of(kind, draft.place)), []))
        for kind, draft in ((kinds[draft.kind], draft) for draft in drafts)
    ])  # fmt: skip


def _equal(kind: Kind, draft: Draft, facts: Iterable[Fact]) -> Fact | None:
    for fact in facts:
        same = (fact.kind, fact.v, fact.subject, fact.body) == (kind.name, kind.v, draft.subject, canonical(draft.body))
        if not same and kind.name not in CARRIERS:  # a carrier's id says what it carries, and that never changes
            raise Refused(
                f"同一编号的记录已经存在且内容不同。已有：{fact.body or '（已删除）'}；新的：{canonical(draft.body)}",
                reason="conflict", hint="如需更改，请用更正，并说明原因。")  # fmt: skip
        return fact
    return None


def _not_withdrawn(r: Reader, facts: list[Fact]) -> list[Fact]:
    """Facts without those whose batch, or which themselves, were withdrawn: a withdrawal frees the id."""
    batches = {fact.batch for fact in facts if fact.batch}
    gone = set(r.among("select batch, scope from withdrawn where batch in (:keys)", batches)) if batches else set()
    left = [fact for fact in facts if (fact.batch, fact.scope) not in gone]
    if not left:
        return left
    about = {fact.subject for fact in left}
    withdrawn = {one.body for one in ledger.of_subjects(r, about, {WITHDRAWN}) if one.body}
    return [fact for fact in left if not any(fact.chain in body for body in withdrawn)]
