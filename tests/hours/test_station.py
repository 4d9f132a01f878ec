"""The station's verb: however scans are cut into posts, repeated or mixed with bad ones, each stands once and each is answered."""

from __future__ import annotations

from itertools import islice

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campmgr.accounts.queries import Account
from campmgr.areas.hours.actions.station import Scan, round_batch, take_back, take_scans
from campmgr.areas.nodes.files.packs import accept_pack, make_pack
from campmgr.areas.people.actions.people import Registration, register
from campmgr.areas.people.queries.finding import find_person
from campmgr.errors import BadInput, NotFound
from campmgr.facts import world as worlds
from campmgr.facts.finding import find_unit
from campmgr.ids import person_code

DAYS = ("2023-06-09", "2023-06-10", "2023-06-11", "nonsense")
WHATS = ("V1", "Z1", "sign_in", "daily_scan", "V9")
UNKNOWN = "0000000000000098"


def somebody(camp, account: str = "a1", unit: str = "S1") -> Account:
    """A teacher with an account."""
    return Account(account, "lin", "林老师", "coordinator", camp.unit(unit), "")


def scan(camp, *scans: Scan, who: Account | None = None):
    """What became of scans sent in one post."""
    with camp.store.writing() as w:
        unit = find_unit(worlds.load(w), "S1")
        return take_scans(w, who or somebody(camp), unit, scans)


def said(camp) -> list[tuple]:
    """Every mark of the ledger: whose, what, on which day."""
    return camp.rows(
        "select subject, kind, json_extract(body, '$.lesson'), json_extract(body, '$.condition'), happened_on, count(*)"
        " from facts where kind in ('mark_recorded', 'condition_recorded') group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5"
    )


@st.composite
def posts(draw) -> list[list[Scan]]:
    """Cards, lessons and days, in posts of any length, with everything that can be sent again sent again."""
    texts = st.sampled_from(("001", "002", "003", "nobody", "", UNKNOWN, "1234567890123456"))
    scans = draw(
        st.lists(st.builds(Scan, st.just("s"), texts, st.sampled_from(WHATS), st.sampled_from(DAYS), st.just("r")), max_size=8)
    )
    again = iter([*scans, *draw(st.permutations(scans))])
    lengths = draw(st.lists(st.integers(0, 5), min_size=1, max_size=6))
    return [list(islice(again, length)) for length in lengths] + [list(again)]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(sent=posts())
def test_each_is_answered_in_order_and_stands_once(camp, sent):
    for post in sent:
        answers = scan(camp, *post)
        assert [one.scan for one in answers] == post
        for one in answers:
            assert (one.state == "refused") == (one.problem is not None)
            assert bool(one.fact) == (one.state != "refused")
            good = one.scan.text in {"001", "002", UNKNOWN} and one.scan.day in DAYS[:2] and one.scan.what != "V9"
            assert (one.state != "refused") == good
            if good:
                assert (one.person is None) == (one.scan.text == UNKNOWN)
    assert all(row[-1] == 1 for row in said(camp))


def test_a_long_number_that_holds_a_code_by_chance_is_itself_and_a_dressed_card_is_its_owner(camp):
    number = f"G35{person_code('chance')}"
    with camp.store.writing() as w:
        register(w, Registration("S1", "长编号", number))
        card = find_person(w, "001").code
    texts = (number, f"编号：{card}。", f"]Q3{card}", f"0{card}", f"卡 {UNKNOWN}")
    found = scan(camp, *(Scan(text, text, "sign_in", DAYS[1], "r") for text in texts))
    assert [each.person.number if each.person else each.state for each in found] == [number, "001", "001", "001", "pending"]


def test_a_card_scanned_below_finds_its_owner_above(camp, child, tmp_path):
    stranger = camp.person("003")
    (answer,) = scan(child, Scan("s1", person_code(stranger.person), "V1", "2023-06-10", "r"))
    assert (answer.state, answer.person) == ("pending", None)
    assert child.rows("select scope from facts where subject like 'code:%'") == [(f"people/{child.unit('S1')}",)]
    assert camp.credited("003") == 0
    with child.store.reading() as r:
        make_pack(r, worlds.load(r), tmp_path / "up", "")
    accept_pack(camp.store, tmp_path / "up")
    assert camp.credited("003") == 100


def test_a_node_without_the_right_says_so_for_the_one_scan(child):
    elsewhere = somebody(child, unit="35")
    with child.store.writing() as w:
        unit = find_unit(worlds.load(w), "S2")
        (answer,) = take_scans(w, elsewhere, unit, [Scan("s1", UNKNOWN, "V1", "2023-06-10", "r")])
    assert answer.state == "pending"
    assert child.rows("select scope from facts where subject like 'code:%'") == [(f"people/{child.unit('S1')}",)]


def test_only_ones_own_round_is_taken_back(camp):
    (one,) = scan(camp, Scan("s1", "001", "V1", "2023-06-10", "r"))
    teacher, other = somebody(camp), somebody(camp, "a2")
    for who, round_id, reason, problem in (
        (other, "r", "扫错", NotFound),
        (teacher, "r2", "扫错", NotFound),
        (teacher, "r", "", BadInput),
    ):
        with camp.store.writing() as w, pytest.raises(problem):
            take_back(w, who, round_id, one.fact, reason)
    assert camp.credited("001") == 100
    for _ in range(2):
        with camp.store.writing() as w:
            take_back(w, teacher, "r", one.fact, "扫错")
    assert camp.credited("001") == 0
    assert round_batch(teacher, "r") != round_batch(other, "r")
