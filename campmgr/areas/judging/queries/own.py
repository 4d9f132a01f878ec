"""What a judge sees: the own works in the order drawn for them, the own answers, the own spread; nobody else's anything."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from campmgr.accounts.queries import Account
from campmgr.areas.duties.queries import has_duty
from campmgr.areas.entries.kinds import ENTRIES
from campmgr.areas.judging.kinds import DUTY
from campmgr.areas.judging.local import judge_of
from campmgr.areas.judging.queries.judges import Seats, seats_of_judge
from campmgr.areas.judging.queries.rounds import RoundLine, round_named
from campmgr.areas.judging.queries.scores import Held, assigned_to, own_marks
from campmgr.areas.judging.rules.rounds import mark_text
from campmgr.clock import utc_text
from campmgr.errors import NotAllowed, NotFound
from campmgr.facts.activities import Activity
from campmgr.facts.inventory_rows import rows_by_id
from campmgr.facts.world import World
from campmgr.ids import sha256
from campmgr.store.door import Reader


class OwnRound(NamedTuple):
    """A round in which somebody judges."""

    activity: Activity
    line: RoundLine


@dataclass(frozen=True, slots=True)
class OwnWork:
    """A work as its judge sees it: `number` in the own order; `unit` "" where the round is blind; `held`: what they gave, without
    marks and note where another account said it, or a sheet: whoever is bound to a judge sees nothing that was given before.
    """

    number: int
    entry: str
    title: str
    kind: str
    theme: str
    words: str
    link: str
    unit: str
    held: Held | None


@dataclass(frozen=True, slots=True)
class OwnBallot:
    """A judge's works of a round; `spread`: (mark, how often it was given), highest first; `recused`: how many are not theirs."""

    judge: str
    round: OwnRound
    works: tuple[OwnWork, ...]
    spread: tuple[tuple[str, int], ...]
    recused: int
    seats: Seats

    @property
    def left(self) -> int:
        """How many wait."""
        return sum(each.held is None for each in self.works)


def rounds_for(r: Reader, world: World, account: str) -> tuple[str, tuple[OwnRound, ...]]:
    """Who an account judges as, and the rounds in which they were given works. Raises NotAllowed for who is no judge."""
    judge = judge_of(r, account)
    if not judge:
        raise NotAllowed("这个账号不是评委的账号。", hint="请主办单位在“评审”页把您的账号和评委绑定。")
    found = []
    for activity, name in assigned_to(r, judge):
        known = world.activities.get(activity)
        if known is not None and known.is_open and has_duty(r, judge, activity, DUTY):
            found.append(OwnRound(known, round_named(r, known, name)))
    return judge, tuple(found)


def works_waiting(r: Reader, world: World, account: str) -> int | None:
    """How many works wait for the judge who marks with an account, in rounds that go on; None for an account that is no judge's."""
    if not judge_of(r, account):
        return None
    judge, rounds = rounds_for(r, world, account)
    now = utc_text(r.clock.now())
    return sum(works_left(r, world, judge, each) for each in rounds if each.line.takes_marks(now))


def works_left(r: Reader, world: World, judge: str, own: OwnRound) -> int:
    """How many works of a round wait for a judge."""
    seats = seats_of_judge(r, world, own.activity, own.line, judge)
    return len(seats.active() - seats.said.keys())


def may_see(r: Reader, world: World, account: Account, name: str, entry: str, activity: str = "") -> bool:
    """Whether a work is on a judge's ballot: asked of this work alone. Raises as `ballot_of` does."""
    judge, own = _own_round(r, world, account, name, activity)
    return (entry, judge) in seats_of_judge(r, world, own.activity, own.line, judge, entry).active()


def ballot_of(r: Reader, world: World, account: Account, name: str, activity: str = "") -> OwnBallot:
    """A judge's ballot. `activity`: what names it in an address, where several have such a round. Raises NotFound, NotAllowed."""
    return _ballot(r, world, *_own_round(r, world, account, name, activity), account.actor)


def _own_round(r: Reader, world: World, account: Account, name: str, activity: str) -> tuple[str, OwnRound]:
    judge, rounds = rounds_for(r, world, account.account)
    some = [each for each in rounds if each.line.name == name and activity in {"", world.activities.address(each.activity)}]
    if not some:
        raise NotFound("没有分给您的作品，或这一轮已经结束。", reason="unknown_activity", hint="请问一问主办单位。")
    return judge, some[0]


def _ballot(r: Reader, world: World, judge: str, own: OwnRound, actor: str) -> OwnBallot:
    seats = seats_of_judge(r, world, own.activity, own.line, judge)
    mine = sorted((entry for entry, _ in seats.active()), key=lambda each: sha256(f"{own.line.round.seed}/{judge}/{each}"))
    held, rows = own_marks(r, own.activity, own.line, judge), rows_by_id(r, ENTRIES, mine)
    held = {entry: each if each.actor == actor else each._replace(marks={}, note="") for entry, each in held.items()}
    units = world.tree.units
    works = []
    for number, entry in enumerate(mine, 1):
        values: Mapping[str, Any] = rows[entry].values
        unit = units.get(rows[entry].unit)
        link = str(values["link"]) if str(values["link"]).lower().startswith(("http://", "https://")) else ""
        shown = "" if own.line.round.blind or unit is None else unit.name
        works.append(
            OwnWork(number, entry, str(values["title"]), str(values["class"]), str(values["theme"]), str(values["words"]),
                    "" if own.line.round.blind else link, shown, held.get(entry))
        )  # fmt: skip
    given = Counter(mark for work in works if work.held for mark in work.held.marks.values())
    spread = tuple((mark_text(mark), count) for mark, count in sorted(given.items(), reverse=True))
    recused = sum(pair in seats.recusals.of for pair in seats.assigned)
    return OwnBallot(judge, own, tuple(works), spread, recused, seats)
