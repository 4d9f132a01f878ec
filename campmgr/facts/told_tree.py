"""The unit tree from the ledger: whole, or with what has just been said added to the tree that is known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from itertools import chain

from campmgr.facts.births import FOLDED, Added, Births
from campmgr.facts.catalogue import kinds_of
from campmgr.facts.held import HeldStreams
from campmgr.facts.limits import Ways
from campmgr.facts.standing_units import Counting, as_born, described, stated_by, tree_of
from campmgr.facts.trust import Trust
from campmgr.facts.units import NO_STORY, Tree, Unit
from campmgr.ledger.envelope import Fact, Stream, family_of, subject, subject_key
from campmgr.ledger.kinds import Body, Kinds, read_body
from campmgr.ledger.order import ReadFact, read_facts
from campmgr.store import ledger
from campmgr.store.door import Reader

_FAMILY = "units"
_PLAIN = {"unit_added", "unit_changed", "unit_counted"}
_OFF = "batch_withdrawn"

Gone = Callable[[Fact], bool]
"""Whether a fact was withdrawn."""


def told_tree(r: Reader, births: Births, trust: Trust, ways: Ways, *, folded: bool = False) -> Tree:
    """The tree from every fact in `units/*`. Of most units one fact tells all: those are read one by one, and not kept.

    `folded`: the table of units holds what came of these facts, and is believed of units of which one fact tells all.
    """
    kinds, several = kinds_of(r), ledger.subjects_told_more(r, "unit")
    told = _by_unit(read_facts(kinds, _of_family(ledger.of_subjects(r, several))))
    beside = read_facts(kinds, ledger.beside(r, _FAMILY, "unit"))
    is_gone = _withdrawn(trust, ways, chain(beside, *told.values()))
    known = {subject: one for subject, one in _folded(r) if subject not in several} if folded else {}
    single = _of_family(ledger.of_subjects(r, _others(r, known))) if known else ledger.of_scopes(r, _FAMILY)
    plain = (_of_one(kinds, births, fact, is_gone) for fact in single if fact.subject not in several)
    adding = ([one for one in some if one.fact.kind == "unit_added" and not is_gone(one.fact)] for some in told.values())
    births.find(
        trust, ways, filter(None, chain(((one,) for one in known.values()), (_read(births, some) for some in adding), plain))
    )
    tree = tree_of(births, Counting(trust, ways, is_gone), told)
    births.stand_in(tree.units)
    return tree


def _of_family(facts: Iterable[Fact]) -> Iterator[Fact]:
    return (fact for fact in facts if family_of(fact.scope) == _FAMILY)


_FOLDED = """
    select f.subject, u.unit, u.parent, u.code, u.name, u.kind, u.own_line, u.expected, u.participating, f.recorded_at
    from units u join units a on a.unit = u.parent join facts f on f.subject = 'unit:' || u.unit
    where a.participating and u.parents = '[["","' || u.parent || '"]]'
    order by u.path"""
"""Units that stand where they were born, neither moved nor merged, below one that takes part: of these their row tells all that the
word did that added them, where it is the only word about them.
"""


def _folded(r: Reader) -> Iterator[tuple[str, Added]]:
    for told, unit, parent, code, name, kind, own_line, expected, takes_part, recorded_at in r.each(_FOLDED):
        yield told, Added(unit, parent, code, name, kind, own_line, expected, bool(takes_part), recorded_at[:10], FOLDED, 0, "")


def _others(r: Reader, known: Container[str]) -> Iterator[str]:
    """The units that anything is said of beside those that are known."""
    return (told for (told,) in r.each(_SPOKEN_OF) if told not in known)


_SPOKEN_OF = "select distinct subject from facts where subject >= 'unit:' and subject < 'unit;'"


def _by_unit(told: Iterable[ReadFact]) -> dict[str, list[ReadFact]]:
    found: dict[str, list[ReadFact]] = defaultdict(list)
    for one in told:
        found[subject_key(one.fact.subject)].append(one)
    return found


def _of_one(kinds: Kinds, births: Births, fact: Fact, is_gone: Gone, body: Body | None = None) -> Sequence[Added]:
    """What the only fact about a unit says, where it adds it; `body`: where that has been read."""
    if fact.kind != "unit_added" or is_gone(fact):
        return ()
    body = body or read_body(kinds, fact)
    added = births.read(fact, body) if body else None
    return (added,) if added else ()


def _read(births: Births, adding: Iterable[ReadFact]) -> Sequence[Added]:
    return [added for one in adding if (added := births.read(one.fact, one.body))]


def _withdrawn(trust: Trust, ways: Ways, said: Iterable[ReadFact]) -> Gone:
    """Whether a fact was withdrawn, by itself or with its batch: by its own writer or by the root, before they were revoked. The
    withdrawal of a batch may be withdrawn itself: then it takes nothing off.
    """
    by: dict[str, dict[str, Fact]] = defaultdict(dict)
    for one in said:
        what = one.body["fact"] if one.fact.kind == "fact_withdrawn" else subject_key(one.fact.subject)
        if one.fact.kind in {"fact_withdrawn", _OFF} and ways.counts(
            trust.until_revoked(Stream(one.fact.scope, one.fact.writer)), one.fact
        ):
            by[what][one.id] = one.fact

    def is_gone(fact: Fact) -> bool:
        return bool(by) and (is_off(fact, fact.chain) or (bool(fact.batch) and is_off(fact, fact.batch or "")))

    def is_off(fact: Fact, what: str) -> bool:
        return any(
            (word.writer == fact.writer or trust.is_root(word.writer)) and not is_off(word, word.chain)
            for word in by.get(what, {}).values()
        )

    return is_gone


def grown_tree(r: Reader, tree: Tree, trust: Trust, said: Sequence[Fact], bodies: Mapping[str, Body]) -> tuple[Tree, Trust] | None:
    """The tree with what this file has just said of it, and trust that knows of it; None where it must be read whole.
    `bodies`: what some of it says, by id.

    Whole it must be read where a word does more than add a unit that nobody has spoken of, or describe otherwise one that stays
    where it is, under the code and in the line it had.
    """
    if any(fact.kind not in _PLAIN or subject_key(fact.subject) in tree.waited_for for fact in said):
        return None
    several = ledger.told_more(r, (fact.subject for fact in said))
    told = _told_of(r, several)
    batches = {fact.batch for fact in said if fact.batch}
    if told is None or _any_withdrawn(r, batches) or any(unit not in tree.units for unit in told):
        return None
    ways, births = Ways(HeldStreams(r)), Births(trust.campaign, tree.units)
    grown, kinds = trust.with_births(births), kinds_of(r)
    plain = (fact for fact in said if fact.subject not in several)
    births.find(grown, ways, filter(None, (_of_one(kinds, births, fact, _nothing_gone, bodies.get(fact.chain)) for fact in plain)))
    units: dict[str, Unit] = {}
    for unit, born in births.found().items():  # parents before children
        above = units.get(born.parent) or tree.units[born.parent]
        units[unit] = born if above is born.above else described(born, above, as_born(born), NO_STORY)
    counting = Counting(grown, ways, _nothing_gone)
    for known in (tree.units[unit] for unit in told):
        links = told[known.unit]
        said_now = stated_by(counting.heard(births, known.unit, links), links)
        now = described(known.at_birth, known.above, said_now, known.story)
        if not _stands_alike(known, now):
            return None
        units[known.unit] = now._replace(is_code_shared=known.is_code_shared)
    if len(units) != len({fact.subject for fact in said}):
        return None
    more = tree.with_more(units)
    births.stand_in(more.units)
    return more, grown


def _nothing_gone(fact: Fact) -> bool:
    del fact
    return False


def _told_of(r: Reader, subjects: Iterable[str]) -> dict[str, list[ReadFact]] | None:
    """All that is said of these units; None where something of it may have been withdrawn."""
    facts = [fact for fact in ledger.of_subjects(r, subjects) if family_of(fact.scope) == _FAMILY]
    if any(fact.kind not in _PLAIN for fact in facts) or _any_withdrawn(r, {fact.batch for fact in facts if fact.batch}):
        return None
    return _by_unit(read_facts(kinds_of(r), facts))


def _any_withdrawn(r: Reader, batches: Iterable[str]) -> bool:
    return any(fact.kind == _OFF for fact in ledger.of_subjects(r, (subject("batch", batch) for batch in batches)))


def _stands_alike(before: Unit, now: Unit) -> bool:
    """Whether whatever stands below a unit stands as it did."""
    return (before.code, before.line, before.takes_part) == (now.code, now.line, now.takes_part) and bool(
        now.code or before.name == now.name
    )
