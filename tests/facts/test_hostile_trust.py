"""Whatever enrolled children say of others is bounded to their own units: forged parents, cycles, the root, clocks of 2255, floods.

An honest province enrols counties, and these enrol schools. Some schools turn hostile and say a hundred things that no honest
program says. Nobody else's limits change by that, and nothing of theirs counts outside their own units.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from random import Random

import pytest

from campmgr.areas.whole import CATALOGUE
from campmgr.facts.births import Births
from campmgr.facts.limits import NONE, Limit, Ways
from campmgr.facts.placing import MOST_WORDS
from campmgr.facts.rootship import campaign_id
from campmgr.facts.trust import Trust
from campmgr.ids import sha256, unit_id
from campmgr.ledger.envelope import PUBLIC, Fact, Stream, people_scope
from campmgr.ledger.order import ReadFact, order_key
from campmgr.ledger.seal import writer_of

ROOT_KEY, PAPER, PAPER_SEALING = "aa" * 32, "bb" * 32, "cc" * 32
ROOT = writer_of(ROOT_KEY)
CAMPAIGN = campaign_id(ROOT_KEY, PAPER + PAPER_SEALING)
YEAR_2255 = 9_007_199_254_740_991
CODES = {"35": None, **{f"C{c}": "35" for c in range(3)}, **{f"C{c}S{s}": f"C{c}" for c in range(3) for s in range(3)}}
ID: dict[str, str] = {}
for _code, _parent in CODES.items():
    ID[_code] = unit_id(ID[_parent] if _parent else CAMPAIGN, _code, _code)
UNITS = {ID[code]: ID[parent] if parent else None for code, parent in CODES.items()}
"""Units by their ids, with their parents: a province, three counties, three schools in each."""

TOP = ID["35"]


class Heard(list[ReadFact]):
    """What was said, stream by stream, each fact with a chain value of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.heads: dict[Stream, tuple[int, str]] = {}

    def say(
        self, scope: str, writer: str, kind: str, subject: str, body: Mapping[str, object], clock: int, *replaces: str
    ) -> ReadFact:
        stream, row = Stream(scope, writer), CATALOGUE.kinds[kind]
        assert body.keys() == row.body.keys()
        seq, previous = self.heads.get(stream, (0, ""))
        chain = sha256(f"{scope}|{writer}|{seq + 1}|{previous}")
        fact = Fact(scope, writer, seq + 1, clock, kind, 1, subject, "", None, None, " ".join(sorted(replaces)), "2023-06-01",
                    "2023-06-01T09:00:00+08:00", "", previous, chain, "", "{}")  # fmt: skip
        self.heads[stream] = (seq + 1, chain)
        self.append(ReadFact(fact, dict(body), (scope,), row, ()))
        return self[-1]

    def enrols(
        self, giver: str, key: str, unit: str, clock: int, *replaces: str, cuts: Sequence[object] = (), line: str | None = None
    ) -> str:
        node = writer_of(key)
        body = {"key": key, "sealing_key": "dd" * 32, "unit": unit, "number": 1, "line": line, "excluding": [], "cuts": [*cuts]}
        return self.say(PUBLIC, giver, "node_enrolled", f"node:{node}", body, clock, *replaces).id


class Streams:
    """Nothing is forked here, and everything said is held."""

    def __init__(self, heard: Iterable[ReadFact]) -> None:
        self._chains = {(Stream(one.fact.scope, one.fact.writer), one.fact.seq): one.id for one in heard}

    def is_forked(self, _: Stream) -> bool:
        return False

    def chain_at(self, stream: Stream, seq: int) -> str | None:
        return self._chains.get((stream, seq))

    def predecessors(self, _: Stream) -> Mapping[str, str]:
        return {}


def trust_of(heard: Iterable[ReadFact]) -> Trust:
    """Trust, from what was heard in whatever order."""
    told = sorted(heard, key=lambda one: order_key(one.fact))
    added: dict[str, list[ReadFact]] = {}
    for one in told:
        if one.fact.kind == "unit_added":
            added.setdefault(one.fact.subject.partition(":")[2], []).append(one)
    births, ways = Births(CAMPAIGN), Ways(Streams(told))
    trust = Trust(CAMPAIGN, [one for one in told if one.fact.scope == PUBLIC], births, ways)
    read = ([word for one in some if (word := births.read(one.fact, one.body))] for some in added.values())
    births.find(trust, ways, filter(None, read))
    return trust


def key(name: str) -> str:
    """A public key of that name."""
    return sha256(f"key of {name}")


def opened(heard: Heard) -> None:
    """The camp, its units, its counties and schools, said in good order."""
    body = {"name": "营", "root_key": ROOT_KEY, "sealing_key": "dd" * 32, "recovery_key": PAPER,
            "recovery_sealing_key": PAPER_SEALING, "secret": "", "root_unit": TOP, "province": "35", "rules": {},
            "rules_digest": ""}  # fmt: skip
    heard.say(PUBLIC, ROOT, "campaign_opened", "camp", body, 1)
    for number, (unit, parent) in enumerate(UNITS.items(), 2):
        code = next(code for code, each in ID.items() if each == unit)
        about = {
            "code": code,
            "nonce": "",
            "name": code,
            "kind": "学校",
            "parent": parent,
            "line": None,
            "expected": None,
            "participating": True,
        }
        heard.say("units/35", ROOT, "unit_added", f"unit:{unit}", about, number)
    for number, unit in enumerate(UNITS, 100):
        if unit != TOP:
            parent = UNITS[unit] or ""
            heard.enrols(ROOT if parent == TOP else writer_of(key(parent)), key(unit), unit, number)


def limits(trust: Trust, nodes: Iterable[str]) -> dict[tuple[str, str], Limit]:
    """How much of these nodes' streams counts, for every unit, and in `public`."""
    found = {(node, unit): trust.limit(Stream(people_scope(unit), node), unit) for node in nodes for unit in UNITS}
    return found | {(node, ""): trust.until_revoked(Stream(PUBLIC, node)) for node in nodes}


class Hostile:
    """Schools that say whatever they like, as often as they like, at any clock."""

    def __init__(self, heard: Heard, dice: Random) -> None:
        self.heard, self.dice = heard, dice
        self.units = dice.sample([ID[code] for code in CODES if "S" in code], 2)
        self.keys = [key(unit) for unit in self.units]
        self.honest = [key(unit) for unit in UNITS if unit not in {*self.units, TOP}] + [ROOT_KEY]

    @property
    def writers(self) -> list[str]:
        """Their writers, and those of all keys they have enrolled."""
        return [writer_of(each) for each in self.keys]

    def speaks(self) -> None:
        """One lie."""
        dice = self.dice
        clock = dice.choice((0, 1, 50, dice.randrange(1000), YEAR_2255))
        dice.choice((self._enrols, self._enrols, self._revokes, self._admits, self._succeeds, self._recovers, self._opens))(clock)

    def _writer(self) -> str:
        return self.dice.choice(self.writers)

    def _somebody(self) -> str:
        return self.dice.choice([*self.keys, *self.honest])

    def _cuts(self) -> list[object]:
        some = [[*stream, *head] for stream, head in self.heard.heads.items()]
        return [*self.dice.sample(some, min(3, len(some))), ["people/C0", "x", -1, ""], "nonsense"]

    def _replaced(self) -> list[str]:
        return [one.id for one in self.dice.sample(self.heard, 2)] if self.dice.random() < 0.5 else []

    def _enrols(self, clock: int) -> None:
        who = self._somebody()
        if self.dice.random() < 0.3:
            who = sha256(f"new {len(self.heard)}")
            self.keys.append(who)
        line = self.dice.choice((None, None, "教育"))
        self.heard.enrols(self._writer(), who, self.dice.choice([*UNITS]), clock, *self._replaced(), cuts=self._cuts(), line=line)

    def _revokes(self, clock: int) -> None:
        about = f"node:{writer_of(self._somebody())}"
        body = {"reason": "", "cuts": self._cuts()}
        self.heard.say(PUBLIC, self._writer(), "node_revoked", about, body, clock, *self._replaced())

    def _admits(self, clock: int) -> None:
        writer = writer_of(self._somebody())
        stream = Stream(people_scope(self.dice.choice([*UNITS])), writer)
        body = {"scope": stream.scope, "writer": writer, "from": 1, "to": 10**6, "chain": "ff" * 32, "reason": ""}
        self.heard.say(PUBLIC, self._writer(), "facts_admitted", f"node:{writer_of(self._somebody())}", body, clock)

    def _succeeds(self, clock: int) -> None:
        predecessor = writer_of(self._somebody())
        body = {"key": self._somebody(), "sealing_key": "", "predecessor": predecessor, "signature": "00" * 64}
        self.heard.say(PUBLIC, self._writer(), "writer_succeeded", f"node:{predecessor}", body, clock)

    def _recovers(self, clock: int) -> None:
        mine = self.dice.choice(self.keys)
        if self.dice.random() < 0.5:
            body: Mapping[str, object] = {"key": mine, "sealing_key": "", "cuts": [], "signature": "00" * 64}
            self.heard.say(PUBLIC, writer_of(mine), "root_recovered", f"node:{ROOT}", body, clock)
        else:
            body = {"recovery_key": mine, "recovery_sealing_key": "", "secret": "", "signature": "00" * 64}
            self.heard.say(PUBLIC, writer_of(mine), "recovery_replaced", "camp", body, clock)

    def _opens(self, clock: int) -> None:
        mine = self.dice.choice(self.keys)
        body = {"name": "假", "root_key": mine, "sealing_key": "", "recovery_key": mine, "recovery_sealing_key": "", "secret": "",
                "root_unit": TOP, "province": "35", "rules": {}, "rules_digest": ""}  # fmt: skip
        self.heard.say(PUBLIC, writer_of(mine), "campaign_opened", "camp", body, clock)


@pytest.mark.drawn(whole=400, usual=40)
def test_hostile_children_are_bounded_to_their_own_units(seed):
    heard, dice = Heard(), Random(seed)
    opened(heard)
    hostile = Hostile(heard, dice)
    honest = [ROOT, *(writer_of(each) for each in hostile.honest if each != ROOT_KEY)]
    before = limits(trust_of(heard), honest)
    for _ in range(100):
        hostile.speaks()
    dice.shuffle(heard)
    trust = trust_of(heard)
    assert limits(trust, honest) == before
    assert [trust.above(node) for node in honest] == [rightly_above(node) for node in honest]
    theirs = {unit for unit in UNITS if any(unit == each or UNITS[unit] == each for each in hostile.units)}
    for writer in hostile.writers:
        for unit in UNITS.keys() - theirs:
            assert trust.limit(Stream(people_scope(unit), writer), unit) == NONE
            assert not trust.holds(trust.node_of(writer) or writer, unit)
    dice.shuffle(heard)
    again = trust_of(heard)
    assert [(node, again.state(node), again.above(node)) for node in again.nodes()] == [
        (node, trust.state(node), trust.above(node)) for node in trust.nodes()
    ]


def rightly_above(node: str) -> list[str]:
    """Who stands above an honest node: by the units alone."""
    unit = next((unit for unit in UNITS if writer_of(key(unit)) == node), "")
    parent = UNITS.get(unit)
    if node == ROOT or parent is None:
        return []
    return [ROOT] if parent == TOP else [writer_of(key(parent)), ROOT]


@pytest.mark.drawn(whole=100, usual=10)
def test_whatever_part_of_it_has_come_nothing_breaks_and_the_rest_makes_it_whole(seed):
    """Streams arrive cut short; what arrives later changes nothing but what it must, and the end is the same for everyone."""
    heard, dice = Heard(), Random(seed)
    opened(heard)
    hostile = Hostile(heard, dice)
    for _ in range(60):
        hostile.speaks()
    nodes = trust_of(heard).nodes()
    for _ in range(5):
        cut = {stream: dice.randint(0, seq) for stream, (seq, _) in heard.heads.items()}
        some = [one for one in heard if one.fact.seq <= cut[Stream(one.fact.scope, one.fact.writer)]]
        limits(trust_of(some), nodes)
    assert limits(trust_of([*heard]), nodes) == limits(trust_of(reversed(heard)), nodes)


def test_a_flood_of_grants_is_worked_out_and_the_last_is_in_force():
    """A county grants its school ten thousand times, now this and now that; the school does the same to a child of its own."""
    heard = Heard()
    opened(heard)
    county, school, child = writer_of(key(ID["C0"])), writer_of(key(ID["C0S0"])), writer_of(key("孙"))
    last = next(one.id for one in heard if one.fact.subject == f"node:{school}")
    for number in range(10_000):
        last = heard.enrols(county, key(ID["C0S0"]), (ID["C0"], ID["C0S0"])[number % 2], 1000 + number, last)
    before = [heard.enrols(school, key("孙"), ID["C0S0"], 20_000)]
    for number in range(10_000):
        before = [heard.enrols(school, key("孙"), (ID["C0S0"], ID["C1"])[number % 2], 20_001 + number, *before)]
    trust = trust_of(heard)
    assert len(trust.grants(school)) == MOST_WORDS
    assert trust.grants(school)[-1].unit == ID["C0S0"]
    assert trust.holds(school, ID["C0S0"])
    assert not trust.holds(child, ID["C1"])
    assert trust.limit(Stream(people_scope(ID["C0S0"]), child), ID["C0S0"]) != NONE


def test_a_long_chain_of_children_ends_somewhere():
    heard = Heard()
    opened(heard)
    giver = ID["C0S0"]
    for number in range(3000):
        heard.enrols(writer_of(key(giver)), key(f"{number}"), ID["C0S0"], 1000 + number)
        giver = f"{number}"
    trust = trust_of(heard)
    assert trust.holds(writer_of(key("0")), ID["C0S0"])
    assert trust.state(writer_of(key("2999"))) == "unknown"
