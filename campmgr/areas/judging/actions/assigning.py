"""Naming judges, and giving works to them: planned first, said in one batch that one press takes back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from campmgr.areas.duties.actions import give_duty
from campmgr.areas.judging.kinds import DUTY
from campmgr.areas.judging.queries.judges import Judge, Seats, judges_in
from campmgr.areas.judging.queries.recusals import Recusal
from campmgr.areas.judging.queries.rounds import RoundLine
from campmgr.areas.judging.rules.assigning import Assigned, assign
from campmgr.areas.people.queries.finding import Person
from campmgr.errors import BadInput, NotAllowed, Refused
from campmgr.facts.activities import Activity
from campmgr.facts.saying import may_say, say
from campmgr.facts.world import World
from campmgr.ledger.envelope import Draft, Fact, subject
from campmgr.store.door import Reader, Writer

OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class Plan:
    """What an assignment would give: new pairs, loads, works with too few judges; judges without a unit; recusals in the way."""

    line: RoundLine
    assigned: Assigned
    judges: tuple[Judge, ...]
    seats: Seats
    unplaced: tuple[Judge, ...]
    recused: tuple[Recusal, ...]

    @property
    def least(self) -> int:
        """The fewest works that a judge has."""
        return min(self.assigned.loads.values(), default=0)

    @property
    def most(self) -> int:
        """The most."""
        return max(self.assigned.loads.values(), default=0)


def name_judge(w: Writer, person: Person, activity: Activity, unit: str, field: str, *, actor: str = "") -> Fact:
    """Name somebody a judge, of a unit (an id, "" for where they are at home) and a field of work.

    Raises BadInput where nobody could tell conflicts, and as `give_duty` does.
    """
    if not unit and person.kind == OUTSIDE:
        raise BadInput("请写评委的工作单位，才能查出该回避的作品。", reason="missing_value", hint="单位树里没有的，请先登记。")
    field = field.strip()
    if len(field) > 20:
        raise BadInput("行业最多 20 个字。", reason="too_long")
    return give_duty(w, person, activity, DUTY, unit=unit, more={"field": field}, actor=actor)


def plan_assignment(r: Reader, world: World, activity: Activity, line: RoundLine, per_work: int, seed: str) -> Plan:
    """Who would be given what. Raises Refused where there is nobody to judge, or nothing."""
    judges, seats = judges_in(r, world, activity, line)
    placed = [each for each in judges if each.goes_on and each.unit]
    if not placed:
        raise Refused("还没有可以分派的评委。", hint="请先指定评委，并写明工作单位。")
    if not seats.works:
        raise Refused("这一轮还没有作品。", hint="请先在“作品”页把作品标为入围，或改这一轮评哪些作品。")
    ids = [each.person for each in placed]
    found = assign([work.entry for work in seats.works], ids, per_work, seed, seats.recusals.of.keys(), seats.active())
    recused = tuple(each for pair, each in sorted(seats.recusals.of.items()) if pair[1] in set(ids))
    return Plan(line, found, judges, seats, tuple(each for each in judges if each.goes_on and not each.unit), recused)


def assign_judges(w: Writer, activity: Activity, plan: Plan, batch: str, *, actor: str = "") -> Sequence[Fact]:
    """Say what was planned, as one batch. Raises Refused for a round that is open, NotAllowed."""
    if plan.line.is_opened:
        raise Refused(f"“{plan.line.name}”已经开启，不再分派。", hint="要再评的，请另设一轮。")
    drafts = [
        Draft(activity.host, "judge_assigned", subject("entry", entry),
              {"activity": activity.id, "round": plan.line.name, "judge": judge}, actor=actor, batch=batch)
        for entry, judge in plan.assigned.pairs
    ]  # fmt: skip
    if drafts and not may_say(w, drafts[0]):
        raise NotAllowed("评审由主办单位办理，这份数据文件没有主办单位的授权。", hint="请在主办单位的电脑上办理。")
    return [each.fact for each in say(w, drafts)]
