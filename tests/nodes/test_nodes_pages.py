"""Nodes and packs in the office: a request comes, a grant goes, packs travel, a node is revoked."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import unquote

import pytest

from campmgr.areas.nodes.actions import Grant, enrol
from campmgr.areas.nodes.exchange.enrolment import write_request
from campmgr.areas.nodes.files.packs import accept_pack, hear_receipt, make_pack, send_pack
from campmgr.areas.nodes.queries.neighbours import arrivals
from campmgr.areas.nodes.queries.nodes import Request
from campmgr.areas.people.actions import people
from campmgr.areas.people.actions.people import Registration
from campmgr.areas.whole import CATALOGUE
from campmgr.clock import FixedClock
from campmgr.facts import world as worlds
from campmgr.ledger.hpke import new_sealing_key
from campmgr.ledger.seal import new_key
from campmgr.store import data_file
from tests.kit.joining import agreed, answer_of, asked_by_file
from tests.kit.office import found, hidden, rows, see, send, told_before

PACKS = "/office/packs/"


@pytest.fixture
def child(tmp_path):
    """A new data file that asks to be enrolled, and its request."""
    store = data_file.create(tmp_path / "child.sqlite", CATALOGUE, FixedClock("2023-06-10T09:30"))
    with store.reading() as r:
        write_request(r, tmp_path / "request.json", "鼓楼区教育局")
    yield store, (tmp_path / "request.json").read_bytes()
    data_file.close(store)


def _enrol(pages, request: bytes, unit: str = "350102 鼓楼区", line: str = ""):
    return agreed(pages, asked_by_file(pages, request), unit, line)


def test_a_grant_goes_back_as_a_file_and_what_is_written_there_comes_up(pages, child, tmp_path):
    store, request = child
    pack = tmp_path / "grant.pack"
    pack.write_bytes(answer_of(pages, _enrol(pages, request)))
    accept_pack(store, pack)
    with store.writing() as w:
        people.register(w, Registration("350102", "陈小红"))
    with store.reading() as r:
        make_pack(r, worlds.load(r), tmp_path / "up.pack", "")
    up = (tmp_path / "up.pack").read_bytes()
    looked = found(pages, PACKS, pack=(up, "up.pack"))
    assert "1 人新加入" in looked
    assert re.search(r"已参加</dt><dd><a[^>]*>0</a>", see(pages, "/office/"))
    assert "没有一条被搁置" in found(pages, PACKS + "accept", looked=hidden(looked, "looked"))
    assert re.search(r"已参加</dt><dd><a[^>]*>1</a>", see(pages, "/office/"))
    assert "本机都有了" in found(pages, PACKS, pack=(up, "up.pack"))


def test_receipts_go_both_ways_and_the_page_tells_what_has_arrived(pages, child, tmp_path):
    store, request = child
    file = tmp_path / "any.pack"
    file.write_bytes(answer_of(pages, _enrol(pages, request)))
    back = accept_pack(store, file).receipt
    assert "还没有回执，装全部" in see(pages, PACKS)
    assert "本机该给它的，它都有了" in send(pages, PACKS, pack=(back, "any.pack.receipt")).text
    assert "还没有回执，装全部" not in see(pages, PACKS)
    with store.writing() as w:
        people.register(w, Registration("350102", "陈小红"))
    send_pack(store, file)
    looked = found(pages, PACKS, pack=(file.read_bytes(), "up.pack"))
    taken = found(pages, PACKS + "accept", looked=hidden(looked, "looked"))
    (address,) = re.findall(r'href="(/office/packs/taken/[^"]+/receipt)"', taken)
    with store.reading() as r:
        assert [each.is_whole for each in arrivals(r, worlds.load(r))] == [False]
    receipt = pages.browser("root").get(address).data
    (tmp_path / "up.receipt").write_bytes(receipt)
    hear_receipt(store, tmp_path / "up.receipt")
    with store.reading() as r:
        assert [each.is_whole for each in arrivals(r, worlds.load(r))] == [True]
    assert "没有理会" in send(pages, PACKS, pack=(receipt, "up.receipt")).text


def test_a_pack_that_was_made_is_named_and_stays_told(pages, child):
    (node,) = re.findall(r"/office/nodes/join/(\w+)/answer", _enrol(pages, child[1]).text)
    made = send(pages, PACKS + "make", node=node)
    assert re.search(r"-2023-\d\d-\d\d\.pack$", unquote(made.headers["Content-Disposition"]).rstrip('"'))
    assert re.search(r"上一个包：2023-\d\d-\d\d \d\d:\d\d 做好，装了 [1-9]\d* 条记录", see(pages, PACKS))


def test_a_node_is_listed_and_revoked_once(pages, child):
    _enrol(pages, child[1], line="教育")
    listed = rows(see(pages, "/office/nodes/"))
    assert ["全营", "全部", "本营的根"] in [row[1:4] for row in listed]
    assert [row[1:4] for row in listed if "鼓楼区第1台" in row[0]] == [["鼓楼区", "教育", "已授权"]]
    address = re.findall(r'href="(/office/nodes/[0-9a-f]+/revoke)"', see(pages, "/office/nodes/"))[0]
    assert "鼓楼区第1台" in see(pages, address)
    before = told_before(see(pages, address))
    assert send(pages, address, **before).status_code == 422
    for _ in range(2):
        assert send(pages, address, reason="电脑丢失", **before).status_code == 303
    assert [row[3] for row in rows(see(pages, "/office/nodes/")) if "鼓楼区第1台" in row[0]] == ["已撤销"]


def test_a_pack_for_a_node_holds_what_is_its_own(pages, child):
    node = re.findall(r'name="node" value="([0-9a-f]+)"', _after_enrolment(pages, child[1]))[0]
    with pages.store.writing() as w:
        people.register(w, Registration("3502", "别处的人"))
    whole = send(pages, PACKS + "make", whole="1").data
    part = send(pages, PACKS + "make", node=node).data
    assert whole.startswith(b"campmgr pack 1\n")
    assert part.startswith(b"campmgr pack 1\n")
    assert len(part) < len(whole)


def _after_enrolment(pages, request: bytes) -> str:
    _enrol(pages, request)
    return see(pages, "/office/nodes/")


@pytest.mark.parametrize("request_bytes", [b"{}", b"", b"\x00\xff"])
def test_what_is_no_request_is_refused_beside_its_field(pages, request_bytes):
    answer = asked_by_file(pages, request_bytes)
    assert (answer.status_code, 'id="e-file"' in answer.text) == (422, True)
    assert "已授权" not in see(pages, "/office/nodes/")


def test_an_unknown_unit_is_told_beside_its_field(pages, child):
    answer = _enrol(pages, child[1], unit="9999")
    assert (answer.status_code, 'id="e-unit"' in answer.text) == (422, True)


@pytest.mark.parametrize("data", [b"", b"campmgr pack 1\n", b"PK\x03\x04"])
def test_a_damaged_pack_changes_nothing(pages, data):
    with pages.store.reading() as r:
        before = r.value("select count(*) from facts")
    answer = send(pages, PACKS, pack=(data, "up.pack"))
    assert (answer.status_code, 'id="e-pack"' in answer.text) == (422, True)
    with pages.store.reading() as r:
        assert r.value("select count(*) from facts") == before


def test_revoking_shows_whom_the_node_enrolled_all_ticked(pages, child, tmp_path):
    """One that is not ticked stays."""
    store, request = child
    (tmp_path / "grant.pack").write_bytes(answer_of(pages, _enrol(pages, request)))
    accept_pack(store, tmp_path / "grant.pack")
    with store.writing() as w:
        below = [enrol(w, Request(new_key().public, new_sealing_key().public), Grant("350102")) for _ in range(2)]
    with store.reading() as r:
        make_pack(r, worlds.load(r), tmp_path / "up.pack", "")
    looked = found(pages, PACKS, pack=((tmp_path / "up.pack").read_bytes(), "up.pack"))
    found(pages, PACKS + "accept", looked=hidden(looked, "looked"))
    address = next(each for each in re.findall(r'href="(/office/nodes/[0-9a-f]+/revoke)"', see(pages, "/office/nodes/"))
                   if not any(node in each for node in below))  # fmt: skip
    shown = see(pages, address)
    assert [f'value="{node}" checked' in shown for node in below] == [True, True]
    assert send(pages, address, reason="丢失", also=below[0], **told_before(shown)).status_code == 303
    listed = see(pages, "/office/nodes/")
    assert [f"/office/nodes/{node}/revoke" in listed for node in below] == [False, True]


def test_a_unit_that_is_not_known_by_the_name_a_laptop_says_is_told_with_those_most_like_it(pages, child):
    shown = asked_by_file(pages, child[1])
    assert "没有叫“鼓楼区教育局”的单位。请在相近的里面选" in shown.text
    first = re.findall(r'name="unit.chosen" value="(\w+)"[^>]*><span>([^<]+)', shown.text)[0]
    assert (first[1].strip(), "checked" in shown.text.partition('name="unit.chosen"')[2].partition(">")[0]) == ("鼓楼区", False)
    told = {"unit.for": "鼓楼区教育局", "unit.chosen": first[0]}
    hiddens = {name: unescape(value) for name, value in re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', shown.text)}
    assert send(pages, "/office/nodes/join/asked", **hiddens | told | {"unit": "鼓楼区教育局", "line": ""}).status_code == 200
