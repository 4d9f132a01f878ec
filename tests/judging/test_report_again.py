"""The report of drawn rounds, from judges' answers through the ledger to its JSON, is that of a script of decimals."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest

from campmgr.areas.entries.actions.staging import stage_entries
from campmgr.areas.entries.kinds import ENTRIES
from campmgr.areas.judging.actions.scoring import Given, score_draft
from campmgr.areas.judging.queries.judges import seats_of
from campmgr.areas.judging.queries.rounds import round_named
from campmgr.facts import world as worlds
from campmgr.facts.inventory_rows import row_draft, row_of
from campmgr.facts.saying import say
from campmgr.ledger.envelope import Draft, subject
from tests.judging.methods_oracle import drawn_round, told
from tests.judging.stage import GOOD, Contest

METHODS = ("raw", "trimmed", "centred", "standard", "borda")


def staged(contest: Contest, works: list[str], judges: list[str]) -> None:
    """Works and judges under the script's names."""
    activity, unit = contest.activity, contest.node.unit("3502")
    values = [GOOD | {"title": title} for title in works]
    contest.node.do(lambda w: say(w, [draft for each in values if (draft := row_draft(ENTRIES, activity.id, unit, each, None))]))
    blank = {each.name: each.blank for each in ENTRIES.fields}
    contest.works = {each["title"]: ENTRIES.row_id(activity.id, unit, blank | each) for each in values}
    contest.node.do(lambda w: stage_entries(w, [row_of(w, ENTRIES, each) for each in contest.works.values()], "入围"))
    for judge in judges:
        contest.has_judge(judge, "3507")


@pytest.mark.parametrize("part", range(5))
@pytest.mark.drawn(whole=100, usual=1)
def test_reports_are_those_of_another_script(contest, draws, part):
    works, judges = [f"w{at:02}" for at in range(60)], [f"j{at:02}" for at in range(9)]
    staged(contest, works, judges)
    for seed in range(1000 * part, 1000 * part + draws):
        dice, name = random.Random(seed), f"轮{seed}"
        marks, weights, scale, _, _ = drawn_round(dice)
        if not marks:
            continue
        criteria = tuple((f"标准{at}", weight) for at, weight in enumerate(weights))
        contest.sets(name, criteria=criteria, scale=scale, step=1, per_work=9)
        contest.node.do(_assigned, contest, name, marks)
        contest.node.do(_given, contest, name, marks, dice)
        contest.opened(name)
        sheet = {contest.judges[judge]: {contest.works[work]: given for work, given in own.items()} for judge, own in marks.items()}
        due = told(sheet, weights, scale, 5, 5)
        for method in METHODS:
            report = contest.report(name, method=method).told()
            rows = [row for row in report["rows"] if row["marks"]]
            assert {row["entry"]: row[method] for row in rows} == _texts(due["methods"][method]), (seed, method)
            assert {row["entry"]: row["place"] for row in rows if row["place"]} == due["places"][method], (seed, method)
        assert sorted(report["unadjusted"]) == sorted(due["unadjusted"])
        assert report["agreement"]["alpha"] == _text(due["alpha"])
        assert list(report["agreement"]["per_criterion"].values()) == [_text(each) for each in due["criteria"]]


def _texts(values):
    return {key: _text(value) for key, value in values.items()}


def _text(value: Decimal | str | None) -> str | None:
    return None if value is None else f"{Decimal(value):.4f}"


def _assigned(w, contest: Contest, name: str, marks) -> None:
    activity = contest.activity_in(worlds.load(w))
    drafts = [
        Draft(activity.host, "judge_assigned", subject("entry", contest.works[work]),
              {"activity": activity.id, "round": name, "judge": contest.judges[judge]})
        for judge, own in marks.items() for work in own
    ]  # fmt: skip
    say(w, drafts)


def _given(w, contest: Contest, name: str, marks, dice: random.Random) -> None:
    """All answers in a drawn order."""
    world = worlds.load(w)
    activity = contest.activity_in(world)
    line = round_named(w, activity, name)
    seats = seats_of(w, world, activity, line)
    pairs = [(judge, work) for judge, own in marks.items() for work in own]
    dice.shuffle(pairs)
    drafts = []
    for judge, work in pairs:
        given = Given(dict(zip(line.round.names, marks[judge][work], strict=True)), source="sheet")
        drafts.append(score_draft(w, activity, line, contest.works[work], contest.judges[judge], given, seats))
    say(w, [draft for draft in drafts if draft])
