"""What the demo's call for works is judged by: five judges, a round that is open and disputed with its awards, one being marked."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from campmgr.accounts import local
from campmgr.accounts.governing import NewAccount, Place, login_link, open_account, set_password
from campmgr.areas.activities.actions import amend
from campmgr.areas.judging.actions.assigning import Plan, assign_judges, name_judge, plan_assignment
from campmgr.areas.judging.actions.award_publicity import post_awards
from campmgr.areas.judging.actions.awards import drafted_awards, freeze_awards, note_fit
from campmgr.areas.judging.actions.nominees import as_team, name_nominee, rate_unit
from campmgr.areas.judging.actions.rounds import open_round, set_round
from campmgr.areas.judging.actions.scoring import Given, give_score, recuse, score_draft
from campmgr.areas.judging.local import bind_judge
from campmgr.areas.judging.queries.judges import seats_of
from campmgr.areas.judging.queries.nominees import nominees_draft
from campmgr.areas.judging.queries.rounds import RoundLine, round_named
from campmgr.areas.judging.rules.starting import round_from_rules
from campmgr.areas.judging.settings import Awards, names_of
from campmgr.areas.people.actions.people import Registration, register
from campmgr.areas.people.queries.finding import people_by_id
from campmgr.areas.whole import CATALOGUE
from campmgr.clock import FixedClock
from campmgr.demo.called_works import CODE
from campmgr.demo.cast import Guest
from campmgr.facts import world as worlds
from campmgr.facts.activities import Activity
from campmgr.facts.finding import find_unit
from campmgr.facts.saying import say
from campmgr.ids import hash_id, random_id
from campmgr.store import data_file
from campmgr.store.door import Writer

_AT = "2023-06-29T09:00"
_JUDGES = (
    ("周明远", "3502", "影视"),
    ("吴静", "3503", "媒体"),
    ("郑立", "3505", "艺术"),
    ("王海涛", "3506", "工业"),
    ("冯楠", "3507", "影视"),
)
_CRITERIA = (("思想性", 2), ("创新性", 1), ("传播性", 1))
_BELOW = 850
"""The best mark of any work but the two that are disputed."""

_LOGIN = "demo-judge"
"""The log-in name of the first judge, who gave their marks in the browser."""
_FIRST, _SECOND = "初评", "复评"
_OWN = "特别推荐"
_TEAMS = ("少年安全社", "平安校园工作室")
_LENIENT, _HARSH = 2, 4
"""Places of the judge who gives all high marks, and of the one who disagrees with everybody."""


def add_judging(path: Path) -> None:
    """Judge the call for works in the made-up camp's file."""
    store = data_file.open_file(path, CATALOGUE, FixedClock(_AT))
    try:
        with store.writing(alone=True) as w:
            activity = worlds.load(w).activities.called(CODE)[0]
            judges = _named(w, activity)
            actor = _let_mark(w, judges[0])
            first, plan = _begun(w, activity, _FIRST, 3)
            declared, own = plan.assigned.pairs[0]
            recuse(w, activity, first, declared, own, "拍摄时担任过顾问")
            _mark(w, activity, first, judges, len(plan.assigned.pairs), actor)
            entry, judge = plan.assigned.pairs[-1]
            corrected = Given(dict.fromkeys(first.round.names, 800), "核对纸质评分表以后改", "paper")
            give_score(w, activity, first, entry, judge, corrected)
            open_round(w, activity, _FIRST, "评委都已交齐，评审会议决定开启")
            _award(w, activity)
            second, plan = _begun(w, activity, _SECOND, 5)
            _mark(w, activity, second, judges, len(plan.assigned.pairs) // 2, actor)
    finally:
        data_file.close(store)


def _award(w: Writer, activity: Activity) -> None:
    """An award for each class and one by a fit note, frozen and put up; one mark of the recused judge is lacking, which is said."""
    rules = {"awards.classes": json.dumps((*(f"{name}=1" for name in names_of(activity.rules[Awards].classes)), _OWN)),
             "awards.people_awards": json.dumps(("优秀创客=2",)), "awards.unit_awards": json.dumps(("优秀组织单位=2",)),
             "awards.unit_weights": json.dumps(("数量=30", "质量=50", "组织=20")),
             "blend.decided": "是", "blend.votes_percent": "0"}  # fmt: skip
    amend(w, activity, rules, "评审会议定下名额")
    activity = worlds.load(w).activities[activity.id]
    draft, _ = drafted_awards(w, worlds.load(w), activity, _FIRST)
    last = draft.ranked[-1].entry
    note_fit(w, activity, last, _OWN, "选题最贴近基层班组的日常，评审会议一致同意")
    _name(w, activity)
    number = freeze_awards(w, activity, _FIRST, remark="一位评委回避，评审会议同意按其余评委的分数定")
    post_awards(w, activity, number)


def _name(w: Writer, activity: Activity) -> None:
    """Points for how each unit organised its share; who of equals gets an award is said with a reason."""
    draft, _ = drafted_awards(w, worlds.load(w), activity, _FIRST)
    named = nominees_draft(w, worlds.load(w), activity, draft)
    for at, unit in enumerate(named.nominees.units):
        rate_unit(w, activity, unit.line, {"组织": str(70 + at * 13 % 30)}, "看了各地的征集通知、培训和报送记录")
    for name, unit in zip(_TEAMS, named.nominees.units, strict=False):
        name_nominee(w, activity, as_team(activity, unit.line, name), "优秀创客", "作品在班级群和社区转发最多，评审会议一致同意")
    for each in (named.people, named.units):
        for cut in each.filled.cuts:
            known = {one.nominee.line: one.nominee for one in each.placed}
            for line in cut.entries[: cut.left]:
                name_nominee(w, activity, known[line], cut.award, "作品在基层反响更好，评审会议一致同意")


def judging_guests(w: Writer, password: str) -> tuple[Guest, ...]:
    """A way in for the first judge; made when the camp is served, since its link ends. The host is the organizer of the camp."""
    account = next(each for each in local.all_accounts(w) if each.login == _LOGIN)  # `add_judging` made it
    set_password(w, account, password)
    words = f"评委 {account.name}（登录以后打开 /judge/，登录名 {account.login}）"
    return (Guest("judge", words, f"/link/{login_link(w, account.account, timedelta(days=365))}"),)


def _let_mark(w: Writer, judge: str) -> str:
    """The first judge gets an account, with a password that nobody knows yet; who says the marks, as a fact names it."""
    name, unit, _field = _JUDGES[0]
    account = open_account(w, NewAccount(_LOGIN, name, random_id()), Place("viewer", unit))
    bind_judge(w, account.account, judge)
    return account.actor


def _named(w: Writer, activity: Activity) -> list[str]:
    found = []
    for number, (name, unit, field) in enumerate(_JUDGES, 1):
        world = worlds.load(w)
        person = register(w, Registration(find_unit(world, "35").code, name, f"PW{number:02}"))
        name_judge(w, people_by_id(w, [person])[person], activity, find_unit(world, unit).unit, field)
        found.append(person)
    return found


def _begun(w: Writer, activity: Activity, name: str, per_work: int) -> tuple[RoundLine, Plan]:
    one = replace(round_from_rules(activity.id, name, activity.rules), criteria=_CRITERIA, per_work=per_work)
    set_round(w, activity, one)
    line = round_named(w, activity, name)
    plan = plan_assignment(w, worlds.load(w), activity, line, per_work, one.seed)
    assign_judges(w, activity, plan, hash_id("demo", "judging", name))
    return line, plan


def _mark(w: Writer, activity: Activity, line: RoundLine, judges: Sequence[str], many: int, actor: str) -> None:
    """Marks of the first pairs; `actor`: the account of the first judge, whose marks are given in the browser."""
    seats = seats_of(w, worlds.load(w), activity, line)
    pairs = sorted(seats.active())[:many]
    drafts = (score_draft(w, activity, line, entry, judge, given, seats, actor=actor if judge == judges[0] else "")
              for (entry, judge), given in _given(line, judges, pairs))  # fmt: skip
    say(w, [draft for draft in drafts if draft])


def _disputed(first: str, second: str, pairs: Sequence[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """Marks of two works of which the first is before the second by one judge alone, whoever was given them."""
    own = {work: [judge for entry, judge in pairs if entry == work] for work in (first, second)}
    fond = own[first][0]
    other = next((judge for judge in own[second] if judge != fond), "")
    return {
        **{(first, judge): 1000 if judge == fond else 900 for judge in own[first]},
        **{(second, judge): 950 if judge == other else 900 for judge in own[second]},
    }


def _given(line: RoundLine, judges: Sequence[str], pairs: Sequence[tuple[str, str]]) -> Iterator[tuple[tuple[str, str], Given]]:
    """Marks by how good a work is said to be, and by who says it; all steps of half a point. The first place is disputed."""
    entries = sorted({entry for entry, _ in pairs})
    disputed = _disputed(entries[0], entries[1], pairs)
    for entry, judge in pairs:
        if (entry, judge) in disputed:
            yield (entry, judge), Given(dict.fromkeys(line.round.names, disputed[entry, judge]), "", "page")
            continue
        good, who = entries.index(entry) * 7 % 10, judges.index(judge)
        base = 9 - good if who == _HARSH else 5 + good // 2
        marks = {
            name: max(0, min(_BELOW, 100 * (base + (2 if who == _LENIENT else 0)) + 50 * ((good + at + who) % 3) - 50))
            for at, name in enumerate(line.round.names)
        }
        yield (entry, judge), Given(marks, "节奏好，收尾略急" if good == 3 else "", "page")
