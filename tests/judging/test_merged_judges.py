"""A judge of whom two records were made, and whose records were made one: before marking, after it, and parted again."""

from __future__ import annotations

from typing import Any

import pytest

from campmgr.accounts.queries import Account
from campmgr.areas.judging.actions.assigning import name_judge
from campmgr.areas.judging.actions.scoring import lift_recusal, recuse
from campmgr.areas.judging.local import bind_judge, bound_accounts
from campmgr.areas.judging.queries.forms import form_of, judge_of_form
from campmgr.areas.judging.queries.judges import Judge, judges_in, seats_of
from campmgr.areas.judging.queries.own import ballot_of, works_waiting
from campmgr.areas.judging.queries.scores import own_marks
from campmgr.areas.people.actions import people
from campmgr.areas.people.queries.finding import people_by_id
from campmgr.facts import world as worlds
from campmgr.ids import person_code
from tests.judging.stage import Contest
from tests.kit.story import Cast

PLAIN: dict[str, Any] = {"criteria": (("总评", 1),), "scale": 100, "step": 1}
ACCOUNT = "a" * 32


@pytest.fixture(params=["stays", "gives way"])
def judged(contest, request) -> Contest:
    """Three works and two judges; of J1 there is a second record (`judges["also"]`), whose id stands once they are one, or not."""
    for title, unit in (("晨曦", "3502"), ("炉火", "3503"), ("织机", "3504")):
        contest.has_work(title, unit)
    for name in ("J1", "J2"):
        contest.has_judge(name, "3507")
    own, at = contest.judges["J1"], 0
    while "also" not in contest.judges:
        at += 1
        other = contest.node.joins("35", f"另记{at}")
        if (other > own) == (request.param == "stays"):
            contest.judges["also"] = other
    contest.sets(**PLAIN)
    contest.assigns(per_work=2)
    return contest


def merge(node, one: str, other: str) -> str:
    known = node.see(people_by_id, [one, other])
    return str(node.do(people.merge, known[one], known[other]))


def merged(judged: Contest) -> str:
    return merge(judged.node, judged.judges["J1"], judged.judges["also"])


def parted(judged: Contest) -> None:
    one = judged.judges["also"]
    judged.node.do(lambda w: people.part(w, person_code(one), people_by_id(w, [one])[one]))


def progress(judged: Contest) -> dict[str, Judge]:
    def ask(r):
        world = worlds.load(r)
        return {each.person: each for each in judges_in(r, world, judged.activity_in(world), judged.line())[0]}

    found: dict[str, Judge] = judged.node.see(ask)
    return found


def counts(judged: Contest, person: str) -> tuple[int, int, int]:
    one = progress(judged)[person]
    return one.assigned, one.scored, one.recused


def ballot(judged: Contest):
    return judged.node.see(lambda r: ballot_of(r, worlds.load(r), Account(ACCOUNT, "pw1", "评委", "viewer", "35", ""), "初评"))


def test_a_judge_merged_before_marking_marks_what_was_given_to_the_other_id(judged):
    judged.node.do(bind_judge, ACCOUNT, judged.judges["J1"])
    stands = merged(judged)
    assert counts(judged, stands) == (3, 0, 0)
    assert len(progress(judged)) == 2, "one judge, not two"
    assert judged.node.see(lambda r: works_waiting(r, worlds.load(r), ACCOUNT)) == 3
    found = ballot(judged)
    assert (found.judge, len(found.works), found.left) == (stands, 3, 3)
    judged.judges["J1"] = stands
    judged.gives("J1", "晨曦", 90)
    judged.gives("J1", "晨曦", 80)
    assert counts(judged, stands) == (3, 1, 0)
    assert ballot(judged).left == 2
    assert judged.node.see(bound_accounts) == {stands: ACCOUNT}


def test_marks_given_before_a_merge_are_corrected_after_it_and_stay_with_whom_they_were_given_by(judged):
    own = judged.judges["J1"]
    for title in judged.works:
        judged.gives("J1", title, 60)
        judged.gives("J2", title, 50)
    stands = judged.judges["J1"] = merged(judged)
    assert counts(judged, stands) == (3, 3, 0)
    judged.gives("J1", "晨曦", 90)
    assert judged.gives("J1", "晨曦", 90) is None, "the same again changes nothing"
    judged.opened()
    report = judged.report()
    assert judged.scores(report) == {"晨曦": "70.0000", "炉火": "55.0000", "织机": "55.0000"}
    assert (set(report.judges), not any(each.beside for each in report.scores)) == ({stands, judged.judges["J2"]}, True)
    assert judged.scores(judged.report(without="J1"))["晨曦"] == "50.0000"
    parted(judged)
    assert counts(judged, own) == (3, 3, 0), "who was named a judge keeps what was given, corrections too"
    assert judged.scores(judged.report()) == judged.scores(report)
    assert judged.node.hash == judged.node.rebuilt()


def test_marks_under_both_ids_are_one_answer_beside_which_another_is_told(judged):
    judged.gives("J1", "晨曦", 60)
    judged.gives("J2", "晨曦", 50)
    own, judged.judges["J1"] = judged.judges["J1"], judged.judges["also"]
    node = judged.node
    person = node.person(judged.judges["J1"])
    node.do(name_judge, person, judged.activity, node.unit("3507"), "影视")
    judged.assigns(per_work=3, seed="t")
    node.clock.move(days=1)
    judged.gives("J1", "晨曦", 80)
    stands = judged.judges["J1"] = merge(node, own, person.person)
    assert counts(judged, stands) == (3, 1, 0)
    judged.opened()
    report = judged.report()
    assert judged.scores(report) == {"晨曦": "65.0000"}
    assert [each.beside for each in report.scores if each.judge == stands] == [1]
    judged.gives("J1", "晨曦", 70, reason="两份记录是一个人")
    report = judged.report()
    assert (judged.scores(report), [each.beside for each in report.scores]) == ({"晨曦": "60.0000"}, [0, 0])


def test_a_recusal_is_of_both_ids_and_a_later_word_lifts_it(judged):
    activity, line = judged.activity, judged.line()
    work = judged.works["晨曦"]
    judged.node.do(recuse, activity, line, work, judged.judges["J1"], "合作过")
    stands = merged(judged)
    assert counts(judged, stands) == (2, 0, 1)
    judged.node.do(lift_recusal, activity, line, work, stands, "未见合作")
    assert counts(judged, stands) == (3, 0, 0)
    parted(judged)
    assert counts(judged, judged.judges["J1"]) == (3, 0, 0)


def test_a_sheet_made_before_a_merge_is_known_after_it(judged):
    def code(judge):
        return judged.node.see(
            lambda r: form_of(r, worlds.load(r), judged.activity_in(worlds.load(r)), judged.line(), judge).form.code
        )

    before = code(judged.judges["J1"])
    stands = merged(judged)
    found = [
        judged.node.see(lambda r, form=form: judge_of_form(r, worlds.load(r), judged.activity, form, (judged.line(),)))
        for form in (before, code(stands))
    ]
    assert [each and each[1] for each in found] == [stands, stands]


@pytest.mark.parametrize("order", [("merge", "marks"), ("marks", "merge")])
def test_a_merge_and_marks_come_by_packs_in_any_order(tmp_path, order):
    cast = Cast(tmp_path)
    root, host = cast.root(lessons=()), cast.new("福州")
    root.enrols(host, "35")
    here = Contest(root).opens()
    root.gives(host)
    there = Contest(host)
    for title, unit in (("晨曦", "3502"), ("炉火", "3503")):
        here.has_work(title, unit)
    own = here.has_judge("J1", "3507")
    also = root.joins("35", "另记")
    here.sets(**PLAIN)
    here.assigns(per_work=1)
    root.gives(host)
    there.works, there.judges = here.works, here.judges
    packs = {}
    if order == ("merge", "marks"):
        merge(root, own, also)
        there.gives("J1", "晨曦", 90)
    else:
        there.gives("J1", "晨曦", 90)
        merge(root, own, also)
    packs["marks"], packs["merge"] = host.packed(root.id), root.packed(host.id)
    for name in order:
        (root if name == "marks" else host).takes(packs[name])
    stands = min(own, also)
    assert [counts(each, stands) for each in (here, there)] == [(2, 1, 0)] * 2
    line = here.line()
    for each in (here, there):
        held = each.node.see(own_marks, each.activity, line, stands)
        assert [mark.marks for mark in held.values()] == [{"总评": 9000}]
        seats = each.node.see(lambda r, each=each: seats_of(r, worlds.load(r), each.activity_in(worlds.load(r)), line))
        assert {judge for _, judge in seats.assigned} == {stands}
    cast.close()
