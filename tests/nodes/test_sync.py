"""Laptops that reach each other over a network: both hand over what the other lacks, and know what has arrived."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from campmgr.app.regularly import look_at_sync
from campmgr.areas.nodes.exchange.client import destination_of
from campmgr.areas.nodes.files.calling import Synced, sync
from campmgr.areas.nodes.local.syncing import LastSync, SyncPlan, last_sync, set_plan
from campmgr.errors import BadInput
from tests.kit.program import Program
from tests.kit.server_process import serving
from tests.kit.story import Node, machine


@contextmanager
def served(node: Node) -> Iterator[str]:
    """A laptop with its pages open; its address. Its own program stands still meanwhile."""
    node.close()
    with machine(node.state), serving(node.path) as server:
        yield server.address


def calls(node: Node, address: str) -> Synced:
    """A sync from this laptop."""
    with machine(node.state):
        return sync(node.store, destination_of(address))


@pytest.fixture
def county(cast):
    """The province's laptop, and the county's that it has taken in."""
    root, county = cast.root(), cast.new("县")
    root.enrols(county, "350102")
    return root, county


def test_both_hand_over_what_the_other_lacks_and_the_child_knows_that_it_arrived(county):
    root, county = county
    pupil = county.joins("350102", "张三", "001")
    county.marks(pupil, "V1", "2023-06-01")
    root.adds("S9", "350102", "学校", name="新学校")
    with served(root) as address:
        first = calls(county, address)
        again = calls(county, address)
    assert first.sent == 3
    assert first.received == 1
    assert (first.arrived, first.is_even, first.aside, first.notes) == ("全营的主机", True, [], [])
    assert (again.sent, again.received, again.is_even, again.arrived) == (0, 0, True, "全营的主机")
    assert "本机记的都到了全营的主机" in first.sentence
    assert root.hours(pupil) == county.hours(pupil) == 100
    assert county.unit("S9")
    assert root.hash == county.hash


def test_a_school_learns_over_two_laptops_that_the_province_has_it(cast):
    root, county, school = cast.root(), cast.new("县"), cast.new("校")
    root.enrols(county, "350102")
    county.adds("S1", "350102", "学校")
    county.enrols(school, "S1")
    school.joins("S1", "张三", "001")
    with served(county) as address:
        assert calls(school, address).arrived == "鼓楼区第1台"
    with served(root) as address:
        assert calls(county, address).arrived == "全营的主机"
    with served(county) as address:
        told = calls(school, address)
        assert (told.sent, told.received) == (0, 0)
        assert told.arrived == "鼓楼区第1台、全营的主机"
        assert calls(school, address).bytes_came < 1024
    assert root.total("joined") == 1


def test_what_is_recorded_at_the_other_end_meanwhile_comes_with_the_next_sync(county):
    root, county = county
    with served(root) as address:
        assert calls(county, address).is_even
    root.joins("350102", "李四", "002")
    with served(root) as address:
        told = calls(county, address)
    assert (told.sent, told.received, told.is_even) == (0, 2, True)
    assert county.total("joined", "350102") == 1


def test_the_command_says_in_one_sentence_what_went_and_came(county, monkeypatch, capsys):
    root, county = county
    county.joins("350102", "张三", "001")
    county.close()
    monkeypatch.setenv("CAMPMGR_STATE", str(county.state))
    run = Program(county.path, capsys)
    with served(root) as address:
        ran = run("sync", address.removeprefix("http://"))
        assert (ran.code, "送出" in ran.out, "；本机记的都到了全营的主机。" in ran.out) == (0, True, True)
        assert run.json("sync", address)["sent"] == 0
    assert run.fails(1, "unreachable", "sync", address)["hint"].startswith("请核对地址")
    run.fails(2, "bad_link", "sync", "ftp://example.org")


@pytest.mark.parametrize(
    ("typed", "scheme", "place"),
    [
        ("192.168.1.5", "http", "192.168.1.5:8000"),
        (" 192.168.1.5:80/ ", "http", "192.168.1.5:80"),
        ("http://camp.example.org/county/", "http", "camp.example.org/county"),
        ("https://camp.example.org", "https", "camp.example.org"),
        ("[fd00::5]:8000", "http", "[fd00::5]:8000"),
    ],
)
def test_an_address_is_taken_as_people_type_it(typed, scheme, place):
    assert destination_of(typed) == (f"{scheme}://{place}", "")


@pytest.mark.parametrize(
    "typed",
    ["", "http://", "ftp://example.org", "a b", "http://a:b@example.org", "example.org:99999999", "example.org/?x=1", "[::1"],
)
def test_what_is_no_address_is_told(typed):
    with pytest.raises(BadInput, match="不是地址"):
        destination_of(typed)


def test_a_served_laptop_syncs_by_itself_when_it_is_time(county):
    root, county = county

    def looks() -> None:
        with machine(county.state):
            look_at_sync(county.store, lambda: False)

    def last() -> LastSync:
        found = county.see(last_sync)
        assert found
        return found

    with served(root) as address:
        looks()
        assert county.see(last_sync) is None
        county.do(set_plan, SyncPlan(address, 30))
        looks()
        assert (last().has_failed, last().address, "同步了" in last().sentence) == (False, address, True)
        pupil = county.joins("350102", "张三", "001")
        for minutes, hours in ((29, 0), (1, 100)):
            county.marks(pupil, "V1", "2023-06-01")
            county.clock.move(minutes=minutes)
            looks()
            assert ("送出" in last().sentence) == bool(hours)
    county.clock.move(minutes=30)
    looks()
    assert last().has_failed
    assert root.hours(pupil) == 100


def test_a_sync_by_itself_stops_with_the_program(county):
    root, county = county
    county.joins("350102", "张三", "001")
    with served(root) as address, machine(county.state):
        county.do(set_plan, SyncPlan(address, 30))
        look_at_sync(county.store, lambda: True)
        assert county.see(last_sync) is None
        assert calls(county, address).is_even
    assert root.total("joined") == 1
