"""What stands of a subject in each unit's scope by itself: what another says in its own scope takes nothing away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from campmgr.facts.batches import withdrawals_of
from campmgr.facts.catalogue import kinds_of
from campmgr.facts.fold import Folding
from campmgr.ledger.envelope import Fact, scope_unit, subject, subject_key
from campmgr.ledger.order import Stood, read_facts, stand, unheard_of
from campmgr.store import ledger


def told_by_unit(
    folding: Folding, sort: str, keys: Sequence[str], kinds: frozenset[str] = frozenset()
) -> dict[tuple[str, str], Stood]:
    """(Key, unit in whose scope it was said; "" in public) -> what stands of it there; of these kinds alone, or of all."""
    wanted = kinds and kinds | {"fact_withdrawn"}
    held = [
        fact for fact in ledger.of_subjects(folding.w, (subject(sort, key) for key in keys)) if not wanted or fact.kind in wanted
    ]
    counting = list(folding.admission.of(held))
    known = kinds_of(folding.w)
    facts: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    for fact in counting:
        facts[subject_key(fact.subject), fact.scope].append(fact)
    told = {key: read_facts(known, some) for key, some in facts.items()}
    withdrawn, unheard = withdrawals_of(folding.w, told.values()), unheard_of(known, held, counting)
    return {
        (key, scope_unit(scope) or ""): stand(some, withdrawn, [one for one in unheard if one.fact.scope == scope])
        for (key, scope), some in told.items()
    }
