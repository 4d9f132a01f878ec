"""Units sum up, works are recommended: the last word stands, and nothing is lost (F-25, F-26)."""

from __future__ import annotations

import pytest

from campmgr.accounts.queries import Account
from campmgr.areas.camp.actions import amend_rule
from campmgr.areas.summaries.actions import judge_summary, write_summary
from campmgr.areas.summaries.queries import asked_units, summaries_for, summary_of
from campmgr.areas.works.actions.recommendations import recommend
from campmgr.areas.works.queries.recommendations import matrix, recommendations_of
from campmgr.areas.works.settings import Works
from campmgr.errors import BadInput, NotAllowed, Refused
from campmgr.facts import world as worlds
from campmgr.facts.finding import find_unit
from tests.kit.called import unit_called
from tests.kit.lists import three_works

OUTLET = "央视频"


def _unit(camp, code="3501-FL"):
    return find_unit(camp.world(), code)


def _write(camp, text="我市组织 3 万人参加。", *, hand_in=True, code="3501-FL", client_id=None):
    unit = _unit(camp, code)
    with camp.store.writing() as w:
        return write_summary(w, unit, text, hand_in=hand_in, client_id=client_id)


def _judge(camp, *, accepted, reason="", fact=None, code="3501-FL"):
    unit = _unit(camp, code)
    with camp.store.writing() as w:
        known = summary_of(w, worlds.load(w), unit)
        return judge_summary(w, unit, fact or known.fact, accepted=accepted, reason=reason)


def _summary(camp, code="3501-FL"):
    unit = _unit(camp, code)
    with camp.store.reading() as r:
        return summary_of(r, worlds.load(r), unit)


def test_a_summary_is_drafted_handed_in_returned_and_accepted(camp):
    said = [_summary(camp).state]
    _write(camp, hand_in=False)
    said.append(_summary(camp).state)
    _write(camp)
    said.append(_summary(camp).state)
    _judge(camp, accepted=False, reason="请补充作品")
    said.append((_summary(camp).state, _summary(camp).reason))
    _write(camp, "补充：推荐作品 3 件。")
    said.append((_summary(camp).state, _summary(camp).reason))
    _judge(camp, accepted=True)
    said.append(_summary(camp).state)
    assert said == ["none", "draft", "handed_in", ("returned", "请补充作品"), ("handed_in", ""), "accepted"]
    with pytest.raises(Refused, match="已经通过"):
        _write(camp, "再改")


def test_the_same_text_again_adds_nothing(camp):
    _write(camp)
    before = camp.facts()
    assert _write(camp) is None
    assert _write(camp, hand_in=False) is None
    assert camp.facts() == before


@pytest.mark.parametrize("text", ["", "   ", "联系人 13800001234", "字" * 10_001])
def test_what_is_no_summary(camp, text):
    before = camp.state()
    with pytest.raises(BadInput):
        _write(camp, text)
    assert camp.state() == before


def test_an_answer_is_to_the_text_that_was_read(camp):
    first = _write(camp).chain
    _write(camp, "改过的")
    for fact, accepted, reason, raised in ((first, True, "", Refused), (None, False, " ", BadInput), ("none", True, "", Refused)):
        with pytest.raises(raised):
            _judge(camp, accepted=accepted, reason=reason, fact=fact)
    with pytest.raises(Refused):
        _judge(camp, accepted=True, fact="x", code="3502-FL")


def test_a_school_does_not_speak_for_the_federation(camp, child):
    with child.store.writing() as w, pytest.raises(NotAllowed):
        write_summary(w, _unit(camp), "不是我们的", hand_in=True)
    with child.store.writing() as w:
        assert write_summary(w, _unit(camp, "S1"), "我校……", hand_in=True)


@pytest.mark.parametrize(("setting", "units"), [("addressees", 42), ("cities", 11), ("joined", 2)])
def test_who_is_asked_is_a_rule(camp, setting, units):
    with camp.store.writing() as w:
        amend_rule(w, "summaries.from_units", setting)
    with camp.store.reading() as r:
        assert len(list(asked_units(r, worlds.load(r)))) == units
        listed = summaries_for(r, worlds.load(r), Account("a", "a", "a", "organizer", unit_called(r, "3501"), ""))
        assert {each.address for each in listed} == {
            "addressees": {"3501-AB", "3501-YJ", "3501-JY", "3501-FL"}, "cities": {"3501"}, "joined": {"S1", "S2"},
        }[setting]  # fmt: skip
    with camp.store.writing() as w:
        amend_rule(w, "summaries.asked", "否")
    with camp.store.reading() as r:
        assert list(asked_units(r, worlds.load(r))) == []


def _recommend(camp, work, outlet=OUTLET, state="proposed", **more):
    with camp.store.writing() as w:
        return recommend(w, work, camp.person("001"), outlet, state, **more)


def test_the_last_word_of_each_outlet_stands_and_the_way_there_is_told(camp):
    work, other, _ = three_works(camp)
    for state, on in (("proposed", "2023-06-08"), ("sent", "2023-06-09"), ("aired", "2023-06-10")):
        _recommend(camp, work, state=state, on=on, note=f"{state}的备注")
    _recommend(camp, work, "本市电视台", "declined")
    with camp.store.writing() as w:
        recommend(w, other, camp.person("002"), OUTLET, "sent")
    with camp.store.reading() as r:
        found, table = recommendations_of(r, worlds.load(r), work), matrix(r, worlds.load(r))
    assert [(each.outlet, each.words, each.day) for each in found.outlets if each.state] == [
        (OUTLET, "已播出", "2023-06-10"), ("本市电视台", "未采用", "2023-06-10")]  # fmt: skip
    assert [each.state for each in found.history] == ["proposed", "sent", "aired", "declined"]
    assert found.outlets[: len(camp.world().rules[Works].outlets)][2].outlet == OUTLET
    assert [(row.title, sum(1 for each in row.cells if each.state)) for row in table.rows] == [("甲", 2), ("乙", 1)]
    assert dict(table.counts) == {"拟推荐": 0, "已报送": 1, "已采用": 0, "已播出": 1, "未采用": 1}


@pytest.mark.parametrize(
    "more",
    [{"outlet": " "}, {"outlet": "台" * 61}, {"state": "maybe"}, {"on": "很快"}, {"on": "2023-06-11"}, {"note": "长" * 201}],
)
def test_what_is_no_recommendation(camp, more):
    work, *_ = three_works(camp)
    before = camp.state()
    with pytest.raises(BadInput):
        _recommend(camp, work, **more)
    assert camp.state() == before
