"""Batches: what one import or one class marking recorded, and what is withdrawn together; so what stands of any subject."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from campmgr.errors import Refused
from campmgr.facts.catalogue import kinds_of
from campmgr.facts.fold import Fold, Folding
from campmgr.facts.tables import IMPORTS, WITHDRAWN
from campmgr.ids import hash_id
from campmgr.ledger.envelope import Fact, scope_unit, subject, subject_key
from campmgr.ledger.order import ReadFact, Stood, read_facts, stand, standing, unheard_of
from campmgr.store import ledger
from campmgr.store.door import Reader, Row
from campmgr.store.tables import has_rows, sync_rows

BATCHES = "batches"
"""Whoever takes off what was withdrawn (`standing_of` does) reads this fold."""


Withdrawals = Mapping[str, Mapping[str, str]]
"""Withdrawn batch -> scope its withdrawal stands in -> the withdrawal's id."""


def withdrawals_of(r: Reader, told: Iterable[Sequence[ReadFact]]) -> Withdrawals:
    """The withdrawals among the batches of these facts."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    if has_rows(r, WITHDRAWN):
        batches = {one.fact.batch for some in told for one in some if one.fact.batch}
        for batch, scope, fact in r.among("select batch, scope, fact from withdrawn where batch in (:keys)", batches):
            # two nodes may have withdrawn it in one scope: all must name the same of the two when it is carried on
            found[batch][scope] = min(fact, found[batch].get(scope, fact))
    return found


def standing_of(folding: Folding, sort: str, keys: Collection[str]) -> dict[str, list[ReadFact]]:
    """What stands of each of these subjects, by key, of what counts and in order."""
    facts, kinds = defaultdict(list), kinds_of(folding.w)
    held = list(ledger.of_subjects(folding.w, (subject(sort, key) for key in keys)))
    counting = list(folding.admission.of(held))
    for fact in counting:
        facts[subject_key(fact.subject)].append(fact)
    told = {key: read_facts(kinds, facts.get(key, ())) for key in keys}
    withdrawn, unheard = withdrawals_of(folding.w, told.values()), unheard_of(kinds, held, counting)
    return {key: standing(some, withdrawn, unheard) for key, some in told.items()}


def told_by_unit(
    folding: Folding, sort: str, keys: Collection[str], kinds: frozenset[str] = frozenset()
) -> dict[tuple[str, str], Stood]:
    """(Key, unit in whose scope it was said; "" in public) -> what stands of it there; of these kinds alone, or of all.

    Of each scope by itself: what another says in its own scope takes nothing away.
    """
    wanted, known = kinds and kinds | {"fact_withdrawn"}, kinds_of(folding.w)
    about = (subject(sort, key) for key in keys)
    held = [fact for fact in ledger.of_subjects(folding.w, about) if not wanted or fact.kind in wanted]
    counting = list(folding.admission.of(held))
    facts: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    for fact in counting:
        facts[subject_key(fact.subject), fact.scope].append(fact)
    told = {key: read_facts(known, some) for key, some in facts.items()}
    withdrawn, unheard = withdrawals_of(folding.w, told.values()), unheard_of(known, held, counting)
    return {
        (key, scope_unit(scope) or ""): stand(some, withdrawn, [one for one in unheard if one.fact.scope == scope])
        for (key, scope), some in told.items()
    }


def spoken_of(sort: str) -> Callable[[Folding, Collection[str]], Iterable[str]]:
    """How a fold of this sort follows withdrawn batches: whatever their facts speak of."""

    def follow(folding: Folding, batches: Collection[str]) -> Iterable[str]:
        return map(subject_key, ledger.subjects_of_batches(folding.w, batches, sort))

    return follow


def all_of(sort: str) -> Callable[[Folding, Collection[str]], Iterable[str]]:
    """How a fold of this sort follows what concerns everything it folds: with other rights, other words count."""

    def follow(folding: Folding, _: Collection[str]) -> Iterable[str]:
        return map(subject_key, ledger.subjects(folding.w, sort))

    return follow


def fold_batches(folding: Folding, batches: Sequence[str]) -> set[str]:
    """Imported files, and withdrawn batches with the scopes their withdrawals stand in.

    Those whose withdrawals are now others come back: a file that was imported changes nothing of what its batch speaks of.
    """
    rows: list[Row] = []
    files: list[Row] = []
    for batch, told in standing_of(folding, "batch", batches).items():
        rows += {(batch, scope, one.id) for one in told if one.fact.kind == "batch_withdrawn" for scope in one.scopes}
        files += [_imported(batch, one) for one in told if one.fact.kind == "file_imported"]
    sync_rows(folding.w, IMPORTS, batches, files)
    old = sync_rows(folding.w, WITHDRAWN, batches, rows)
    return {row[0] for row in set(old) ^ set(rows)}


def _imported(batch: str, one: ReadFact) -> Row:
    fact, body = one.fact, one.body
    counts = (body[each] for each in ("rows", "new", "changed", "unchanged", "rejected"))
    return (batch, one.id, scope_unit(fact.scope) or "", body["kind"], body["file"], body["sha256"], body["read_at"], *counts,
            fact.actor, fact.recorded_at, fact.clock)  # fmt: skip


def scopes_of_batch(r: Reader, batch: str) -> list[str]:
    """The scopes in which a batch said something, in order; none for an unknown batch."""
    return [row[0] for row in r.all("select distinct scope from facts where batch = :batch order by scope", batch=batch)]


def kinds_of_batch(r: Reader, batch: str) -> list[str]:
    """The kinds of what was recorded as this batch."""
    return [row[0] for row in r.all("select distinct kind from facts where batch = :batch order by kind", batch=batch)]


def batch_of_press(r: Reader, *press: object) -> str:
    """The batch that what a form records goes into: pressed twice it is one.

    Raises Refused where it was taken back: what would be said in it counts for nothing, and must not be told as done.
    """
    batch = hash_id(*press)
    if is_withdrawn(r, batch):
        raise Refused("这次提交已经撤销过，没有再做一次。", hint="要再做一次的，请重新打开这一页，再按一次。")
    return batch


def is_batch(r: Reader, batch: str) -> bool:
    """Whether anything was recorded as this batch."""
    return r.one("select 1 from facts where batch = :batch limit 1", batch=batch) is not None


def is_of_batch(r: Reader, fact: str, batch: str) -> bool:
    """Whether a fact was recorded as part of a batch."""
    return r.one("select 1 from facts where chain = :fact and batch = :batch", fact=fact, batch=batch) is not None


def is_withdrawn(r: Reader, batch: str) -> bool:
    """Whether a batch was taken back, wherever that was said."""
    return has_rows(r, WITHDRAWN) and r.one("select 1 from withdrawn where batch = :batch limit 1", batch=batch) is not None


def withdrawals_of_batch(r: Reader, batch: str) -> list[tuple[str, str]]:
    """(Scope, fact) of every withdrawal of a batch that stands."""
    sql = "select scope, fact from withdrawn where batch = :batch order by scope, fact"
    return [(scope, fact) for scope, fact in r.all(sql, batch=batch)]


def withdrawn_among(r: Reader, batches: Iterable[str]) -> set[str]:
    """Those of these batches that were taken back."""
    return {row[0] for row in r.among("select batch from withdrawn where batch in (:keys)", batches)}


FOLDS = (Fold(name=BATCHES, sort="batch", run=fold_batches, tables=(IMPORTS, WITHDRAWN)),)
