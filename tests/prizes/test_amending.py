"""A frozen list tells who is left out and why, and changes only by numbered amendments (F-24)."""

from __future__ import annotations

import pytest

from campmgr.areas.camp.actions import amend_rule
from campmgr.areas.prizes.actions.amending import amend, propose
from campmgr.areas.prizes.actions.freezing import freeze
from campmgr.areas.prizes.queries.prizes import left_out, prize_list
from campmgr.areas.works.queries.divisions import Division
from campmgr.errors import BadInput, NotAllowed, NotFound, Refused
from campmgr.facts import world as worlds
from campmgr.facts.importing import Imported
from campmgr.facts.saying import say
from campmgr.files.imports.imported_file import ImportedFile, keep_imported
from campmgr.ledger.envelope import Draft
from tests.kit.called import unit_called
from tests.kit.lists import AT, checked, frozen, hand_in, judged, lines, the_list, three_works


def _amend(camp, number=1, reason="经核实，作品非原创", **more):
    with camp.store.writing() as w:
        return amend(w, number, reason, **more)


def test_a_list_freezes_who_is_left_out_and_why(camp):
    with camp.store.writing() as w:
        amend_rule(w, "ranking.length", "2")
        amend_rule(w, "ranking.accounts", "个人号")
    three_works(camp)
    hand_in(camp, "001", 85, "甲之二")
    hand_in(camp, "003", 99, "官方", account="官方号")
    hand_in(camp, "002", 300, "迟到", read_at="2023-06-09T04:00:00Z")
    out = hand_in(camp, "003", 95, "搬运")
    judged(camp, out, "003", reason="搬运他人作品")
    made = frozen(camp)
    with camp.store.reading() as r:
        told = [(each.title, each.why, each.reason) for each in left_out(r, worlds.load(r), made)]
    assert told == [
        ("搬运", "取消资格", "搬运他人作品"), ("迟到", "截止时间前没有读数", ""), ("官方", "账号类型不参加排名", ""),
        ("甲之二", "同一作者另有作品入选", ""), ("丙", "排在名额之外", ""),
    ]  # fmt: skip
    assert lines(made.rows) == [(1, "甲", 90), (2, "乙", 80)]
    assert checked(camp).equal


def test_who_is_tied_at_the_cut_and_left_out_is_told_so(camp):
    with camp.store.writing() as w:
        amend_rule(w, "ranking.length", "2")
        amend_rule(w, "ranking.at_cut", "none_beyond")
    for number, likes, title in (("001", 90, "甲"), ("002", 80, "乙"), ("003", 80, "丙")):
        hand_in(camp, number, likes, title)
    made = frozen(camp)
    with camp.store.reading() as r:
        told = {(each.title, each.why) for each in left_out(r, worlds.load(r), made)}
    assert told == {("乙", "末位并列，名额放不下"), ("丙", "末位并列，名额放不下")}


def test_a_list_names_the_files_it_was_made_from(camp):
    three_works(camp)
    with camp.store.writing() as w:
        for name, read_at in (("六月八日.xlsx", "2023-06-08T04:00:00Z"), ("六月九日.xlsx", "2023-06-09T04:00:00Z")):
            file = ImportedFile("likes", name, "ab" * 32, read_at, Imported(rows=3, new=3, changed=0, unchanged=0, rejected=0))
            keep_imported(w, file, batch=name, unit="35", actor="")
    made = frozen(camp)
    assert [(each[0], each[1]) for each in made.sources] == [("ab" * 32, "六月八日.xlsx")]
    with camp.store.writing() as w:
        file = ImportedFile("likes", "迟来的.xlsx", "cd" * 32, "2023-06-07T04:00:00Z", Imported(1, 0, 0, 1, 0))
        keep_imported(w, file, batch="late", unit="35", actor="")
    assert checked(camp).equal
    assert checked(camp).notes == ("定榜后又导入了截止时间前的读数：迟来的.xlsx",)


def test_after_an_objection_the_list_is_made_again_and_the_original_stays(camp):
    _, second, _ = three_works(camp)
    first = frozen(camp)
    judged(camp, second, "002")
    assert not checked(camp).equal
    with camp.store.reading() as r:
        found = propose(r, worlds.load(r), prize_list(r, worlds.load(r), 1))
    assert [(each.before and each.before.title, each.after and each.after.place) for each in found.lines] == [
        ("乙", None),
        ("丙", 2),
    ]
    now = _amend(camp)
    assert lines(now.rows) == [(1, "甲", 90), (2, "丙", 70)]
    assert lines(now.frozen_rows) == lines(first.rows)
    assert (now.digest, now.digest_now != first.digest, now.whole, now.published) == (first.digest, True, True, True)
    assert [(each.amendment, each.reason) for each in now.amendments] == [(1, "经核实，作品非原创")]
    assert checked(camp).equal
    judged(camp, second, "002", counts=True, reason="申诉成立")
    again = _amend(camp, reason="申诉成立，恢复")
    assert ([each.amendment for each in again.amendments], lines(again.rows)) == ([1, 2], lines(first.rows))
    assert checked(camp).equal


def test_a_line_is_struck_and_nobody_moves_up(camp):
    _, second, _ = three_works(camp)
    frozen(camp)
    assert lines(_amend(camp, strike=second).rows) == [(1, "甲", 90), (3, "丙", 70)]
    assert checked(camp).equal
    with pytest.raises(BadInput, match="不在名单上"):
        _amend(camp, strike="none")
    with pytest.raises(Refused, match="没有变化"):
        _amend(camp)
    assert lines(_amend(camp, strike=second, reason="复核后恢复").rows) == [(1, "甲", 90), (2, "乙", 80), (3, "丙", 70)]
    assert checked(camp).equal


def test_a_form_sent_twice_amends_once(camp):
    _, second, _ = three_works(camp)
    frozen(camp)
    one, two = (_amend(camp, strike=second, client_id="form") for _ in range(2))
    assert one == two
    assert len(the_list(camp).amendments) == 1


def test_what_no_amendment_can_be(camp, child):
    (only, *_) = three_works(camp)
    frozen(camp)
    before = camp.state()
    for raised, more in ((BadInput, {"strike": only, "reason": " "}), (Refused, {}), (BadInput, {"strike": "none"}),
                         (NotFound, {"strike": only, "objection": "none"}), (NotFound, {"number": 9})):  # fmt: skip
        with pytest.raises(raised):
            _amend(camp, **more)
    assert camp.state() == before
    with child.store.writing() as w, pytest.raises((NotAllowed, NotFound)):
        amend(w, 1, "试", strike=only)


def test_an_amendment_that_does_not_follow_is_found(camp):
    (first, *_) = three_works(camp)
    frozen(camp)
    with camp.store.writing() as w:
        root = worlds.load(w).root_unit
        body = {"number": 1, "amendment": 1, "changes": [[[1, "x", first, 90, "S1"], []]], "strike": "", "objection": "",
                "reason": "偷改", "digest": "00" * 32}  # fmt: skip
        say(w, [Draft(root, "list_amended", "list:1", body)])
    assert (the_list(camp).whole, checked(camp).equal) == (False, False)


def test_a_list_of_one_city_is_frozen_with_its_part_of_the_works(camp):
    three_works(camp)
    with camp.store.writing() as w:
        city = unit_called(w, "350102")
        made = freeze(w, AT, division=Division(unit=city, account="个人号"))
    assert (lines(made.rows), made.content["division"]) == ([(1, "甲", 90), (2, "乙", 80)], {"unit": city, "account": "个人号"})
    assert "范围：鼓楼区、个人号" in made.rule
    assert checked(camp).equal


def test_kinds_of_account_ranked_apart_are_frozen_apart(camp):
    three_works(camp)
    hand_in(camp, "003", 99, "官方", account="官方号")
    with camp.store.writing() as w:
        amend_rule(w, "ranking.account_lists", "apart")
    with pytest.raises(Refused, match="分别定榜"):
        frozen(camp)
    for account, title in (("个人号", "甲"), ("官方号", "官方")):
        with camp.store.writing() as w:
            made = freeze(w, AT, division=Division(account=account))
        assert (made.rows[0].title, checked(camp, made.number).equal) == (title, True)
