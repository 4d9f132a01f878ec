"""Which facts of a subject stand, and in which order: pure, so that every node decides alike (docs/ledger.md#order)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any, NamedTuple

from campmgr.ids import canonical
from campmgr.ledger.carrier import CARRIERS, carried_original
from campmgr.ledger.envelope import Fact
from campmgr.ledger.kinds import Kind, Kinds, read_body, registers_of, value_in
from campmgr.wording import normal


class ReadFact(NamedTuple):
    """A fact as a fold sees it: carrier unwrapped, body decoded, with every scope it was met in.

    `row`: its kind. `registers`: what of its subject it sets. One that is known only as a link has an empty body.
    """

    fact: Fact
    body: dict[str, Any]
    scopes: tuple[str, ...]
    row: Kind
    registers: tuple[str, ...]

    @property
    def id(self) -> str:
        """The fact's id: its chain value."""
        return self.fact.chain


def order_key(fact: Fact) -> tuple[int, str, int, str]:
    """The total order: clock, writer, number, chain."""
    return (fact.clock, fact.writer, fact.seq, fact.chain)


_ORDER = itemgetter(*map(Fact._fields.index, ("clock", "writer", "seq", "chain")))


def read_facts(kinds: Kinds, facts: Iterable[Fact]) -> list[ReadFact]:
    """Facts in total order, carriers unwrapped, each original once; what cannot be read is left out."""
    met: dict[str, ReadFact] = {}
    for carrier in facts:
        fact, body = carrier, read_body(kinds, carrier)
        if body is None:
            continue
        if carrier.kind in CARRIERS:
            fact = carried_original(carrier, body)
            body = read_body(kinds, fact)
            if body is None:
                continue
        known = met.get(fact.chain)
        scopes = (carrier.scope,) if known is None else tuple(sorted({*known.scopes, carrier.scope}))
        kind = kinds[fact.kind]
        met[fact.chain] = ReadFact(fact, body, scopes, kind, registers_of(kind, body) if kind.registers else ())
    told = list(met.values())
    if len(told) > 1:
        told.sort(key=_by_order)
    return told


def _by_order(one: ReadFact) -> tuple[int, str, int, str]:
    return _ORDER(one[0])  # type: ignore[no-any-return] # what `order_key` gives, in half the time


def unheard_of(kinds: Kinds, held: Sequence[Fact], counting: Sequence[Fact]) -> list[ReadFact]:
    """Of facts that are held those that do not count, or have lost their bodies: no link may be lost in the middle."""
    if not any(fact.replaces for fact in held):
        return []
    counts = {fact.chain for fact in counting}
    facts = [fact for fact in held if fact.chain not in counts or fact.body is None]
    found = read_facts(kinds, facts)
    read = {one.id for one in found}
    for fact in facts:
        kind = kinds.get(fact.kind)
        if fact.chain not in read and fact.replaces and kind is not None:
            found.append(ReadFact(fact, {}, (fact.scope,), kind, ()))
    return found


Withdrawn = Mapping[str, Collection[str]]
"""Withdrawn batches, each with the scopes its withdrawal was met in."""


def standing(tolds: Sequence[ReadFact], withdrawn: Withdrawn, unheard: Iterable[ReadFact] = ()) -> list[ReadFact]:
    """What stands of a subject's facts, in order: see `stand`."""
    return stand(tolds, withdrawn, unheard).facts


class Sides(NamedTuple):
    """What was said of one register side by side, without knowing of each other; the last one is what stands meanwhile."""

    subject: str
    register: str
    facts: tuple[ReadFact, ...]


class Stood(NamedTuple):
    """What was said and not withdrawn; what of it stands; what contradicts each other. Facts are in order."""

    said: list[ReadFact]
    facts: list[ReadFact]
    sides: list[Sides]


def stand(tolds: Sequence[ReadFact], withdrawn: Withdrawn, unheard: Iterable[ReadFact] = ()) -> Stood:
    """What is left of facts once withdrawals, what was said knowing them, and repeats are taken off (docs/ledger.md#registers).

    A batch's withdrawal takes the batch's facts in the scopes it was met in. A fact that stands takes what it replaces where both
    set the same register, and all that those had replaced, through facts that do not stand themselves. `unheard`: facts that do
    not count (quarantined, without body), known only for what they replace. Of tips side by side the last in order stands; of a
    fact that sets several registers, what no longer stands is taken out of its body. Of equal client ids the first counts.
    """
    said = _not_withdrawn(tolds, withdrawn)
    registers, entries = _by_register(said)
    everything = (*tolds, *unheard)
    off = _repeats(entries)
    if any(one.fact.replaces for one in entries):
        replaced = _replaced_entries(entries, everything)
        off = replaced | _repeats([one for one in entries if one.id not in replaced])
    kept: dict[str, set[str]] = defaultdict(set)
    history: list[ReadFact] = []
    sides: list[Sides] = []
    for (about, register), some in registers.items():
        tips = some if len(some) == 1 else _tips(register, some, everything)
        if len(tips) > 1 and _differ(register, tips):
            sides.append(Sides(about, register, tuple(tips)))
        if tips[-1].row.dated and len(some) > 1:
            history += _way_back(register, tips[-1], some, everything)
        else:
            kept[tips[-1].id].add(register)
    ways = {one.id for one in history}
    facts = [
        _trimmed(one, kept[one.id]) if one.registers else one
        for one in said
        if (one.id in kept and one.id not in ways if one.registers else not off or one.id not in off)
    ]
    return Stood(said, facts + history, sides)


def tips_of(
    tolds: Sequence[ReadFact], withdrawn: Withdrawn, unheard: Iterable[ReadFact] = ()
) -> dict[tuple[str, str], list[ReadFact]]:
    """(subject, register) -> the facts that stand side by side in it, the last in order last; mostly one."""
    said = _not_withdrawn(tolds, withdrawn)
    of_subject: dict[str, list[ReadFact]] = defaultdict(list)
    for one in (*tolds, *unheard):
        of_subject[one.fact.subject].append(one)
    return {
        (about, register): some if len(some) == 1 else _tips(register, some, of_subject[about])
        for (about, register), some in _by_register(said)[0].items()
    }


def history_of(register: str, tolds: Sequence[ReadFact], unheard: Iterable[ReadFact] = ()) -> list[ReadFact]:
    """The way back from what stands of a dated register of one subject, the first first; nothing of it may be withdrawn."""
    some, everything = [one for one in tolds if register in one.registers], (*tolds, *unheard)
    return _way_back(register, _tips(register, some, everything)[-1], some, everything) if some else []


def _not_withdrawn(tolds: Sequence[ReadFact], withdrawn: Withdrawn) -> list[ReadFact]:
    gone = {one.body["fact"] for one in tolds if one.fact.kind == "fact_withdrawn"}
    if not gone and not withdrawn:
        return list(tolds)
    return [one for one in tolds if one.id not in gone and not _batch_withdrawn(one, withdrawn)]


def _batch_withdrawn(one: ReadFact, withdrawn: Withdrawn) -> bool:
    batch = one.fact.batch
    if batch is None or batch not in withdrawn or one.fact.kind == "batch_withdrawn":
        return False
    scopes = withdrawn[batch]
    return one.fact.scope in scopes or any(scope in scopes for scope in one.scopes)


def _by_register(said: Iterable[ReadFact]) -> tuple[dict[tuple[str, str], list[ReadFact]], list[ReadFact]]:
    """By subject and register what sets it; and beside that, the facts that set none."""
    registers: dict[tuple[str, str], list[ReadFact]] = {}
    entries = []
    for one in said:
        for register in one.registers:
            registers.setdefault((one.fact.subject, register), []).append(one)
        if not one.registers:
            entries.append(one)
    return registers, entries


def _tips(register: str, some: list[ReadFact], everything: Iterable[ReadFact]) -> list[ReadFact]:
    """Those that no other of them replaces, in order. A link whose body is gone may have set any register."""
    links = {one.id: one.fact.replaces.split() for one in everything if register in one.registers or not one.body}
    replaced: set[str] = set()
    waiting = [target for one in some for target in one.fact.replaces.split()]
    while waiting:
        target = waiting.pop()
        if target in links and target not in replaced:
            replaced.add(target)
            waiting += links[target]
    return [one for one in some if one.id not in replaced]


def _way_back(register: str, tip: ReadFact, some: Sequence[ReadFact], everything: Iterable[ReadFact]) -> list[ReadFact]:
    """The history of a dated register: the tip and, back through what each replaced, all that still stands; the first first."""
    known = {one.id: one for one in everything if register in one.registers or not one.body}
    stands, way, passed = {one.id for one in some}, [tip], {tip.id}
    waiting = tip.fact.replaces.split()
    while waiting:
        found = [known[each] for each in waiting if each in known and each not in passed]
        if not found:
            break
        before = max(found, key=lambda one: order_key(one.fact))
        passed.add(before.id)
        if before.id in stands:
            way.append(before)
        waiting = before.fact.replaces.split()
    return way[::-1]


def sides_among(tips: Mapping[tuple[str, str], Sequence[ReadFact]]) -> list[Sides]:
    """What contradicts each other among tips, as `tips_of` finds them."""
    return [
        Sides(about, register, tuple(some)) for (about, register), some in tips.items() if len(some) > 1 and _differ(register, some)
    ]


def _differ(register: str, tips: Sequence[ReadFact]) -> bool:
    """Whether tips contradict each other. What nodes tell each other is told anew, and nobody has to decide."""
    return not tips[-1].row.between_nodes and len({_folded(value_in(one.row, one.body, register)) for one in tips}) > 1


def _folded(value: object) -> str:
    """A value as people would call it equal: width, case, blanks and dashes left out."""
    text = normal(canonical(value)).casefold()
    return "".join(each for each in text if each not in " -\t\u3000")


def _trimmed(one: ReadFact, registers: set[str]) -> ReadFact:
    """A fact with what of it still stands."""
    if len(registers) == len(one.registers):
        return one
    if one.row.partial:
        return one._replace(body={name: value for name, value in one.body.items() if name in registers})
    maps = [each.removesuffix(".*") for each in one.row.registers if each.endswith(".*")]
    return one._replace(body=one.body | {
        name: {key: value for key, value in one.body[name].items() if f"{name} {key}" in registers} for name in maps
    })  # fmt: skip


def _replaced_entries(left: Iterable[ReadFact], everything: Iterable[ReadFact]) -> set[str]:
    """Ids of all entries that a standing entry of the same kind replaces, their equals by client id included."""
    by_id = {one.id: one for one in everything}
    equals: dict[str, list[str]] = defaultdict(list)
    for one in by_id.values():
        if one.fact.client_id:
            equals[one.fact.client_id].append(one.id)
    replaced: set[str] = set()
    waiting = [(one.fact.kind, target) for one in left for target in one.fact.replaces.split()]
    while waiting:
        kind, target = waiting.pop()
        known = by_id.get(target)
        if target in replaced or known is None or known.fact.kind != kind:
            continue
        replaced.add(target)
        waiting += [(kind, each) for each in (*known.fact.replaces.split(), *equals.get(known.fact.client_id or "", ()))]
    return replaced


def _repeats(entries: Iterable[ReadFact]) -> set[str]:
    """Ids of the entries whose client id an earlier one bears."""
    seen: set[str] = set()
    again = set()
    for one in entries:
        client_id = one.fact.client_id
        if client_id is not None:
            if client_id in seen:
                again.add(one.id)
            seen.add(client_id)
    return again
