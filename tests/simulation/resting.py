"""What must be so when nobody says anything any more and every stick has gone round."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from campmgr.errors import BadInput, CampError, NotAllowed, NotFound
from tests.simulation.counting import Group, grouped
from tests.simulation.machines import Machine, Who
from tests.simulation.rights import PARENTS, UNITS
from tests.simulation.telling import Telling

MOST_ROUNDS = 8

HOLDS_LESS = ("比它原来的位置", "别的电脑存有这份数据文件以前写的")


@dataclass(frozen=True)
class Problem:
    """What is not so: its sort, and the particulars."""

    sort: str
    text: str

    def __str__(self) -> str:
        return f"{self.sort}: {self.text}"


Told = Callable[[Sequence[str]], list[Problem]]
"""Tells lines to the nine, and says what is not as it must be."""


def check(story: Telling) -> list[Problem]:
    """Let everything come to rest and say what is not as it must be; nothing if all is well."""
    story.settle()
    problems = list(rest(story))
    if problems:
        return problems
    groups = list(grouped(story.memory))
    shown = {name: machine.people() for name, machine in _taking_part(story).items()}
    problems += [Problem("known", f"acknowledged, and it does not count: {line}") for line in story.uncounted]
    problems += _sound(story)
    problems += _held(story, groups)
    problems += _one_truth(story, shown)
    problems += _as_counted(story, groups, shown)
    problems += _certificates(story, shown)
    problems += _totals(story, groups, shown["省"])
    problems += _names(story, groups)
    problems += _twins(story)
    problems += _unseen_disputes(story, groups)
    return problems


def _taking_part(story: Telling) -> dict[str, Machine]:
    return {name: machine for name, machine in story.machines.items() if name in story.taking_part()}


def _depth(story: Telling, name: str) -> int:
    above = story.above(name)
    return 1 + _depth(story, above) if above else 0


def rest(story: Telling) -> list[Problem]:
    """Everything goes up and down until nothing changes, not even where each hands over to each: so nothing grows at rest."""
    names = sorted(_taking_part(story), key=lambda name: (_depth(story, name), name))
    story.world.begins("静")
    handed: dict[tuple[str, str], tuple[set[str], set[str]]] = {}
    try:
        for _ in range(MOST_ROUNDS):
            # a copied file is told from its twin by a receipt, so that quiet means two rounds
            if not _round(story, names, handed) and not _round(story, names, {}):
                return []
    except CampError as problem:
        return [Problem("refused", f"{problem.reason} {problem.sentence}")]
    return [Problem("growth", f"still new after {MOST_ROUNDS} rounds")]


def _round(story: Telling, names: list[str], handed: dict[tuple[str, str], tuple[set[str], set[str]]]) -> dict[str, int]:
    """Each hands over to the one above and each above to those below, where either has changed since; how much each took in."""
    ways: list[tuple[str, str, tuple[str, ...]]] = [(name, story.above(name), ()) for name in reversed(names) if story.above(name)]
    # an office to which two gave a first grant hands its packs to the one it knows of, until it hears of the other
    elsewhere = [name for name in names if PARENTS.get(name) not in {None, story.above(name)}]
    ways += [(name, PARENTS[name], ()) for name in elsewhere]
    ways += [(PARENTS[name], name, ("--for", story.node_of(name))) for name in elsewhere]
    ways += [(story.above(name), name, ("--for", story.node_of(name))) for name in names if story.above(name)]
    before = {name: story.machines[name].held() for name in names}
    for giver, taker, whom in ways:
        both = (story.machines[giver].held(), story.machines[taker].held())
        if handed.get((giver, taker)) != both:
            try:
                results = _answered(story, giver, taker, whom)
            except (NotAllowed, NotFound) as closed:
                # closed for the taker, or the giver has not heard of the taker's new grant yet: what does not come through
                # for it in any round is missed by the checks
                if closed.reason not in {"sealed_pack", "unknown_node"}:
                    raise
                continue
            if {"refused", "damaged"} & set(results):
                raise BadInput(f"{giver} 给 {taker}：{results}", reason="wrong_usage")
            handed[giver, taker] = (story.machines[giver].held(), story.machines[taker].held())
    after = {name: story.machines[name].held() for name in names}
    return {name: len(after[name] - before[name]) for name in names if after[name] - before[name]}


def _answered(story: Telling, giver: str, taker: str, whom: tuple[str, ...]) -> list[str]:
    """Sticks to and fro until the last receipt says that nothing lacks: an older disk, or one of two, asks for what it has not."""
    machine, found, node = story.machines[giver], list[str](), story.node_of(taker)
    for _ in range(3):
        found += story.hands_over(machine, taker, *whom, surely=True)
        if not any(each["to_carry"] for each in machine("pack", "due")["neighbours"] if each["node"] == node and each["answered"]):
            break
    return found


def _sound(story: Telling) -> list[Problem]:
    found = []
    for name, machine in _taking_part(story).items():
        # an older disk says that it holds, or held, less than was written (docs/ledger.md), and nothing else is wrong with it
        faults = [each for each in machine.faults() if not (machine.older and any(words in each for words in HOLDS_LESS))]
        found += [Problem("verify", f"{name}: {each}") for each in faults]
        if machine("rebuild")["changed"]:
            found.append(Problem("rebuild", name))
    return found


def _held(story: Telling, groups: list[Group]) -> list[Problem]:
    held = {name: machine.held() for name, machine in _taking_part(story).items()}
    said = [word for word in story.memory.words if word.counts is not False]
    found = [Problem("lost", f"{word} is not at the root") for word in said if not word.facts <= held["省"]]
    for group in groups:
        if len(group.homes) != 1 or group.open:
            continue
        (home,) = group.homes
        told = [word for word in story.memory.standing("记签改移") if set(word.about) <= set(group.labels)]
        for name, facts in held.items():
            if story.covers(name, home):
                found += [Problem("missing", f"{word} is not at {name}") for word in told if not word.facts & facts]
    return found


def _one_truth(story: Telling, shown: dict[str, dict[str, Who]]) -> list[Problem]:
    """All who show somebody name one home, and all who cover it name the same hours."""
    homes: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    hours: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for name, people in shown.items():
        for person, who in people.items():
            if not who.home:
                continue
            homes[person][who.home].append(name)
            if story.covers(name, who.home):
                hours[person][who.credited].append(name)
    found = []
    for sort, told in (("two homes", homes), ("two hours", hours)):
        for person, views in told.items():
            if len(views) > 1:
                label = [each for each, (known, _) in story.ids.items() if known == person]
                found.append(Problem(sort, f"{label}: {dict(views)}"))
    return found


def _as_counted(story: Telling, groups: list[Group], shown: dict[str, dict[str, Who]]) -> list[Problem]:
    found = []
    for name, people in shown.items():
        stands_for = story.machines[name].stands_for()
        for group in groups:
            if group.open or not any(story.covers(name, home) for home in group.homes):
                continue
            ids = {stands_for.get(story.ids[label][0], story.ids[label][0]) for label in group.labels if label in story.ids}
            rows = [people[each] for each in ids if each in people]
            if len(group.homes) > 1 and not rows:
                continue
            if len(rows) != 1:
                found.append(Problem("people", f"{group.labels} at {name}: {rows}"))
                continue
            (who,) = rows
            if who.home not in group.homes:
                found.append(Problem("home", f"{group.labels} at {name}: {who.home}, not {group.homes}"))
            if who.credited not in group.hours and story.covers(name, who.home):
                found.append(Problem("hours", f"{group.labels} at {name}: {who.credited}, not {group.hours}"))
            elsewhere = any(not story.covers(name, home) for home in group.homes)
            names = group.names | ({""} if group.erased and elsewhere else set())  # a merge carries nobody's name to another's home
            if who.name not in names and story.covers(name, who.home):
                found.append(Problem("name", f"{group.labels} at {name}: {who.name!r}, not {names}"))
    return found


def _totals(story: Telling, groups: list[Group], shown: dict[str, Who]) -> list[Problem]:
    """The root's rows against the people it shows, who were counted one by one before."""
    rows: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    merged = {word.value[1]: word.value[0] for word in story.memory.standing(["并"])}
    parents = UNITS | _moved(story) | merged
    for who in shown.values():
        unit = who.home
        while unit:
            rows[unit][0] += 1
            rows[unit][1] += who.credited
            unit = parents.get(unit, "")
    found = []
    for by in ("city", "county"):
        for row in story.machines["省"]("report", "units", "--by", by)["rows"]:
            told = [int(row["joined"]), int(row["hours"].replace(".", ""))]
            if told != rows[row["code"]]:
                found.append(Problem("totals", f"{row['code']}: {told}, not {rows[row['code']]}"))
    if not any(group.open for group in groups) and len(shown) != len(groups):
        found.append(Problem("totals", f"{len(shown)} people at the root, not {len(groups)}"))
    return found


def _moved(story: Telling) -> dict[str, str]:
    """Where moved units stand: where two offices disagree, or a merged unit was moved, at the root's choice."""
    told = story.memory.standing(["迁"])
    found = {}
    for unit in {word.value[0] for word in told}:
        register = [word for word in told if word.value[0] == unit]
        tips = story.memory.tips(register, [word for word in story.memory.words if word.verb == "迁" and word.value[0] == unit])
        may = {word.value[1] for word in tips}
        stands = story.machines["省"].parent_of(unit)
        found[unit] = stands if stands in may else min(may)
    return found


def _certificates(story: Telling, shown: dict[str, dict[str, Who]]) -> list[Problem]:
    """All who have somebody at home show the same certificates."""
    views: dict[str, dict[str, set[tuple[str, str]]]] = defaultdict(dict)
    for name, people in shown.items():
        held = story.machines[name].certificates()
        for person, who in people.items():
            if who.home and story.covers(name, who.home):
                views[person][name] = held.get(person, set())
    return [Problem("certificates", str(seen)) for seen in views.values() if len({frozenset(each) for each in seen.values()}) > 1]


def _names(story: Telling, groups: list[Group]) -> list[Problem]:
    """No byte of a name where nobody may see it, and none of an erased one anywhere."""
    found = []
    written = {name: machine.bytes() for name, machine in _taking_part(story).items()}
    erased = {label for word in story.memory.standing(["删"]) if word.counts for label in word.erases() or ()}
    for label, names in story.names.items():
        for text, whose in names:
            living = {word for word in story.memory.words if word.verb in {"登记", "移"} and whose & word.spoken_of()}
            homes = {word.value[0] for word in living}
            for name, content in written.items():
                allowed = story.is_disputed(name) or any(story.covers(name, home) for home in homes) or homes & _kept(story, name)
                if text.encode() in content and (label in erased or not allowed):
                    found.append(Problem("erased name" if allowed else "foreign name", f"{text} in {name}"))
    return found


def _kept(story: Telling, name: str) -> set[str]:
    """The units that an office lost and in which it said what does not count: it is nowhere else, and is not thrown away."""
    own = [word for word in story.memory.words if story.office[name].startswith(word.office) and not word.counts]
    return {unit for word in own for unit in word.places.values()}


def _twins(story: Telling) -> list[Problem]:
    """Equal grants, equal tables."""
    hashes: dict[str, dict[str, str]] = defaultdict(dict)
    for name, machine in _taking_part(story).items():
        if list(story.office.values()).count(story.office[name]) > 1 and not _keeps_unsent(story, name):
            hashes[story.office[name]][name] = machine("state-hash")["hash"]
    return [Problem("hashes", str(told)) for told in hashes.values() if len(set(told.values())) > 1]


def _keeps_unsent(story: Telling, name: str) -> bool:
    """Whether a machine keeps a unit that its office lost, for what was said on it there and nobody had heard of."""
    said = [word for word in story.memory.words if word.machine == name and not word.counts]
    return any(unit and not story.covers(name, unit) for word in said for unit in word.places.values())


def _unseen_disputes(story: Telling, groups: list[Group]) -> list[Problem]:
    """Wherever two offices disagreed about a person, somebody above both is asked."""
    rows = story.machines["省"]("review", "list")["rows"]
    asked = {row["subject"] for row in rows}
    found = []
    for group in groups:
        ids = {f"person:{story.ids[label][0]}" for label in group.labels if label in story.ids}
        if group.disputed and not group.open and not ids & asked:
            found.append(Problem("unseen", f"nobody is asked about {group.labels}: {group.homes} {group.names}"))
    return found
