"""What was recorded about a person, line by line, as they read it: corrections with reason and by whom (issue 4, 3)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from campmgr.clock import local_text
from campmgr.ledger.order import Told, standing, tell
from campmgr.ledger.scopes import subject
from campmgr.projections.carrying import withdrawals_of
from campmgr.projections.world import World
from campmgr.queries.finding import Person
from campmgr.rules import terms
from campmgr.store import ledger
from campmgr.store.door import Reader


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One thing recorded: when (YYYY-MM-DD HH:MM), for which day, what, why, by whom ("" for oneself or an import), stands still."""

    recorded_at: str
    happened_on: str
    words: str
    reason: str
    by: str
    stands: bool


def my_history(r: Reader, world: World, person: Person) -> tuple[HistoryLine, ...]:
    """Everything recorded about a person that they may want to know, the newest first."""
    same_as = [row[0] for row in r.all("select person from aliases where stands_for = :id", id=person.person)]
    told = tell(ledger.of_subjects(r, (subject("person", each) for each in (person.person, *same_as))))
    stands = {one.id for one in standing(told, withdrawals_of(r, [told]))}
    names: dict[str, str] = dict(r.among("select account, name from local_accounts where account in (:keys)",
                                         sorted({one.fact.actor for one in told})))  # fmt: skip
    tellers = _Tellers(world, {one.id: one for one in told})
    lines = [_line(one, tellers.words(one), names, stands=one.id in stands) for one in told]
    return tuple(reversed([line for line in lines if line.words]))


def _line(one: Told, words: str, names: dict[str, str], *, stands: bool) -> HistoryLine:
    fact = one.fact
    at = local_text(fact.recorded_at)[:16].replace("T", " ")
    return HistoryLine(at, fact.happened_on, words, str(one.body.get("reason", "")), names.get(fact.actor, fact.actor), stands)


class _Tellers:
    """A sentence for each kind of fact; a fact that names another looks it up here."""

    def __init__(self, world: World, known: dict[str, Told]) -> None:
        self._world = world
        self._known = known
        self._say: dict[str, Callable[[Told], str]] = {
            "person_registered": lambda one: f"加入{self._unit(one.body['unit'])}",
            "person_details_changed": lambda one: "更改个人资料" if one.fact.replaces else "登记个人资料",
            "person_moved": lambda one: f"从{self._unit(one.body['source'])}转到{self._unit(one.body['target'])}",
            "membership_added": lambda one: f"同时计入{self._unit(one.body['unit'])}",
            "membership_ended": lambda one: f"不再计入{self._unit(one.body['unit'])}",
            "people_merged": lambda _: "两份登记合并为一人",
            "people_parted": lambda _: "合并的登记重新分开",
            "person_erased": lambda _: "删除个人信息",
            "consent_given": lambda one: f"同意告知内容（第 {one.body['version']} 版）",
            "consent_withdrawn": lambda _: "撤回同意",
            "mark_declared": lambda one: f"申报学习{self._lesson(one)}",
            "declaration_settled": self._settled,
            "mark_recorded": self._mark,
            "condition_recorded": lambda one: f"登记{terms.CONDITIONS.shown.get(one.body['condition'], one.body['condition'])}",
            "certificate_issued": lambda one: f"颁发证书 {one.body['number']}",
            "certificate_revoked": lambda one: f"收回证书 {one.body['number']}",
            "fact_withdrawn": self._withdrawn,
        }

    def words(self, one: Told) -> str:
        """What a fact says; "" for what concerns nobody but programs."""
        say = self._say.get(one.fact.kind)
        return say(one) if say else ""

    def _mark(self, one: Told) -> str:
        before = self._known.get(one.fact.replaces or "")
        if before is not None and "minutes" in before.body:
            return f"更正{self._lesson(before)}，改为{_minutes(one)}"
        return f"登记学习{self._lesson(one)}（{terms.say(terms.SOURCES, one.body['source'])}）"

    def _settled(self, one: Told) -> str:
        said = self._known.get(one.body["fact"])
        return ("确认" if one.body["accepted"] else "没有确认") + "申报" + (f"：{self._lesson(said)}" if said else "")

    def _withdrawn(self, one: Told) -> str:
        said = self._known.get(one.body["fact"])
        return f"撤回一条记录：{self.words(said)}" if said else "撤回一条记录"

    def _lesson(self, one: Told) -> str:
        code = one.body["lesson"]
        lesson = self._world.lessons.get(code)
        return f"《{lesson.name if lesson and lesson.name else code}》{_minutes(one)}"

    def _unit(self, code: str) -> str:
        unit = self._world.tree.units.get(code)
        return unit.name if unit else code


def _minutes(one: Told) -> str:
    return "全长" if one.body["minutes"] is None else f" {one.body['minutes']} 分钟"
