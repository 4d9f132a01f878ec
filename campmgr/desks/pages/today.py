"""What waits at a unit today, each with its number and where it leads: a page or a list that holds just as many."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from flask import url_for

from campmgr.accounts.queries import Account, sees_activity
from campmgr.areas.certificates.queries.certificates import Whom, certificates_in_all
from campmgr.areas.duties.queries import duties_in
from campmgr.areas.hours.queries.declarations import count_waiting_in
from campmgr.areas.hours.queries.set_aside import WAITING_SCAN
from campmgr.areas.judging.queries.own import works_waiting
from campmgr.areas.nodes.queries.neighbours import to_carry_up
from campmgr.areas.people.queries.entrants import count_entrants
from campmgr.areas.people.queries.roster import roster_count
from campmgr.areas.people.queries.taking_part import units_with_left
from campmgr.areas.points.queries.items import waiting_in_unit
from campmgr.areas.points.queries.tasks import owed_now
from campmgr.areas.summaries.queries import summary_of
from campmgr.areas.summaries.settings import Summaries
from campmgr.clock import today_of
from campmgr.desks.queries.families import FEDERATION, FamilySums
from campmgr.desks.queries.review import Span, count_found, review_count
from campmgr.facts.catalogue import CAMP
from campmgr.facts.units import Unit
from campmgr.facts.world import World
from campmgr.store.door import Reader
from campmgr.web.i18n import _


@dataclass(frozen=True, slots=True)
class Task:
    """Something that waits: how many of what, what more is to be said, where it is done and by which verb; `due`: it presses;
    `is_beside`: it is of an activity beside the camp, in which a unit may have a part with nobody who learns.
    """

    count: int
    what: str
    verb: str
    address: str
    more: str = ""
    due: bool = False
    is_beside: bool = False


def own_tasks(r: Reader, world: World, account: Account) -> tuple[Task, ...]:
    """What whoever is logged in does beside the work of their unit, even where nothing waits: it leads there."""
    waiting = works_waiting(r, world, account.account)
    if waiting is None:
        return ()
    return (
        Task(waiting, _("件作品等您评审"), _("去评") if waiting else _("去看"), url_for("judging_own.listed"), due=waiting > 0),
    )


def tasks(r: Reader, world: World, account: Account, unit: Unit, sums: FamilySums | None = None) -> tuple[Task, ...]:
    """What waits at a unit without units below it, for who works there; nothing that is 0. What presses stands first.

    `sums`: of a federation, how its families stand.
    """
    found = [*_tasks(r, world, account, unit), *(_of_families(unit, sums) if sums else ())]
    return tuple(sorted((each for each in found if each.count), key=lambda each: not each.due))


def _of_families(unit: Unit, sums: FamilySums) -> Iterator[Task]:
    """What families of a federation lack, each with the list of just those."""
    to = {show: url_for("families.shown", code=unit.address, show=show) for show in ("unsigned", "schoolless", "childless")}
    yield Task(sums.unsigned, _("人课时满了，只差签到"), _("签到"), to["unsigned"], _("补一次签到就能发证书"))
    yield Task(sums.schoolless, _("个孩子还没写学校"), _("补上"), to["schoolless"], _("写了学校，学校也能看到"))
    yield Task(sums.childless, _("户还没有孩子参加"), _("看名单"), to["childless"], _("家庭码一扫，家长一次给全家报名"))


def _tasks(r: Reader, world: World, account: Account, unit: Unit) -> Iterator[Task]:
    code, line, span = unit.address, account.line, Span(unit.unit, account.line)
    yield Task(
        count_waiting_in(r, world, unit.unit, line),
        _("条申报等您确认"),
        _("确认"),
        url_for("declarations.waiting", code=code),
        due=True,
    )
    entered = count_entrants(r, world, unit.unit, line)
    yield Task(entered, _("人扫码报名，等您点头"), _("去看"), url_for("entrants.waiting", code=code), due=True)
    yield Task(review_count(r, world, span), _("件待核对"), _("去看"), url_for("review.page", code=code), due=True)
    scans = count_found(r, world, span, WAITING_SCAN)
    yield Task(
        scans, _("个编码的扫码还没有入账"), _("入账"), url_for("review.page", code=code, sort=WAITING_SCAN), _("本机不认识这些人")
    )
    ready = certificates_in_all(r, world, Whom(unit.unit, line)).ready
    yield Task(ready, _("人可以发证书了"), _("签发"), url_for("desk_certificates.looked", code=code), _("先看名单，再签发"))
    lacking = 0 if unit.kind == FEDERATION else roster_count(r, world, unit.unit, filter_by="lacking", line=line)
    yield Task(lacking, _("人课时满了，还缺签到等条件"), _("看名单"), url_for("roster.people", code=code, filter="lacking"))
    left = sum(count for _unit, count in units_with_left(r, unit)) if world.activity else 0
    yield Task(left, _("人上一届参加过，还没有带入本届"), _("带入"), url_for("carrying_over.choose", code=code))
    if unit.unit == account.unit and (above := to_carry_up(r, world)):
        since = _("最早的是 %(since)s 记的") % {"since": above.outgoing.since} if above.outgoing.since else ""
        yield Task(above.outgoing.facts, _("条记录还没带给上级"), _("去带"), url_for("carrying.owed", code=code), since)
    yield from _summary(r, world, unit)
    for each in (*_reports(r, world, account, unit), *_others(r, world, account, unit)):
        yield replace(each, is_beside=True)


def _summary(r: Reader, world: World, unit: Unit) -> Iterator[Task]:
    asked = world.rules[Summaries]
    if asked.asked and (found := summary_of(r, world, unit)).is_outstanding:
        yield Task(1, _("篇活动总结要报送"), _("去写"), url_for("summary.page", code=unit.address), found.words)


def _reports(r: Reader, world: World, account: Account, unit: Unit) -> Iterator[Task]:
    """What a unit still owes of this week's and this month's or quarter's items, and what of it waits for its own leaders."""
    own, today = replace(account, unit=unit.unit), today_of(r.clock)
    for each in world.activities.going_on():
        if each.sort == "points" and sees_activity(world, own, each):
            code, activity = unit.address, world.activities.address(each)
            lines = tuple(line for line in owed_now(r, world, each, unit.unit, today) if line.missing)
            more = "，".join(f"{line.sort} {line.done}/{line.due}" for line in lines)
            owed = sum(line.missing for line in lines)
            yield Task(
                owed, _("篇稿件还要报送"), _("去报"), url_for("reporting_week.week", code=code, activity=activity), more, due=True
            )
            waiting = waiting_in_unit(r, each, unit.unit)
            yield Task(
                waiting, _("篇稿件等本单位审"), _("去审"), url_for("passing.waiting", code=code, activity=activity), due=True
            )


def _others(r: Reader, world: World, account: Account, unit: Unit) -> Iterator[Task]:
    """Duties in other activities that go on."""
    own = replace(account, unit=unit.unit)
    for each in world.activities.going_on():
        if each.sort != CAMP and sees_activity(world, own, each):
            held = sum(1 for duty in duties_in(r, world, each, today_of(r.clock), own) if duty.goes_on)
            to = url_for("desk_activities.one_of_unit", code=unit.address, activity=world.activities.address(each))
            yield Task(held, _("人在“%(name)s”里有分工") % {"name": each.name}, _("去看"), to)
