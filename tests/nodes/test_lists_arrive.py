"""Lists, certificates and what reports are made of come by pack: whoever received them shows and verifies them.

On pages and by commands, with the same digests.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pytest
from openpyxl import load_workbook

from campmgr.accounts import governing
from campmgr.accounts.governing import NewAccount, Place
from campmgr.app.web_app import Settings, create_app, end_jobs
from campmgr.areas.prizes.actions import publicity
from campmgr.areas.prizes.actions.freezing import freeze
from campmgr.areas.works.actions.works import Reading, reading_draft, work_draft
from campmgr.areas.works.rules.work import Work, work_id
from campmgr.clock import local_text, utc_text
from campmgr.facts.saying import say
from campmgr.store.door import Writer
from tests.kit.certified import ALL, certified
from tests.kit.office import see
from tests.kit.pages import CHEAP, PASSWORD, Pages
from tests.kit.program import Program
from tests.kit.story import Cast, Node


def _hand_in(w: Writer, home: str, author: str, title: str, likes: int) -> None:
    campaign, work = w.meta("campaign"), Work(title, link=f"https://example.org/{title}")
    reading = Reading(utc_text(w.clock.now()), likes)
    say(w, [work_draft(campaign, work, author, home, "2023-06-01"), reading_draft(home, work_id(campaign, work), reading)])


@pytest.fixture
def camp(cast: Cast) -> tuple[Node, Node, Node, str]:
    """A province with a list that is up; an office with the same rights and a county, by pack; a certificate's number."""
    root, office, county = cast.root(lessons=(ALL,)), cast.new("同权"), cast.new("县")
    root.enrols(office, "35")
    root.enrols(county, "350102")
    for name, unit, likes in (("欧阳甲", "350102", 90), ("司马乙", "350203", 100)):
        root.do(_hand_in, root.unit(unit), root.joins(unit, name, name), f"作品{name}", likes)
    root.clock.move(hours=1)
    root.do(freeze, local_text(utc_text(root.clock.now())))
    root.do(publicity.post, 1)
    root.adds("S1", "350102", "学校", "教育")
    certified(root)
    (number,) = root.see(lambda r: r.one("select number from certificates"))
    for node in (office, county):
        node.clock.move(hours=2)
        root.hands(node)
    return root, office, county, number


@pytest.fixture
def office_pages(camp) -> Iterator[Pages]:
    """The pages of the office that received it."""
    node = camp[1]
    with node.store.writing() as w:
        account = governing.open_account(w, NewAccount("root", "root", PASSWORD), Place("organizer", node.unit("35")), cost=CHEAP)
    app = create_app(node.store, Settings(node.path, cost=CHEAP))
    yield Pages(app, node.store, node.clock, {"root": account})
    end_jobs(app)


def _program(node: Node, monkeypatch, capsys) -> Program:
    node.close()
    monkeypatch.setenv("CAMPMGR_STATE", str(node.state))
    return Program(node.path, capsys)


def test_a_list_is_shown_and_verified_by_command_where_it_came(camp, monkeypatch, capsys):
    root, office, county, _ = camp
    told = [_program(node, monkeypatch, capsys).json("prizes", "show", "1") for node in (root, office)]
    assert [each["digest"] for each in told] == [told[0]["digest"]] * 2
    assert [[row["name"] for row in each["rows"]] for each in told] == [["司马乙", "欧阳甲"]] * 2
    assert _program(office, monkeypatch, capsys).json("prizes", "verify", "1")["equal"] is True
    _program(county, monkeypatch, capsys).fails(3, "unknown_list", "prizes", "verify", "1")  # people of others are in it


def test_a_list_is_shown_and_verified_on_pages_where_it_came(office_pages):
    assert "司马乙" in see(office_pages, "/office/prizes/1")
    assert "核对一致" in see(office_pages, "/office/prizes/1/verify")
    shown = office_pages.browser().get("/lists/1")
    assert (shown.status_code, "司马乙" in shown.text) == (200, False)
    assert "<strong>司马*</strong>" in shown.text


def test_a_certificate_is_valid_where_it_came(camp, monkeypatch, capsys):
    _, office, county, number = camp
    for node in (office, county):
        told = _program(node, monkeypatch, capsys).json("certificates", "verify", number)
        assert (told["state"], told["number"]) == ("valid", number)


def test_a_certificate_is_shown_on_a_page_where_it_came(camp, office_pages):
    shown = office_pages.browser().get(f"/c/{camp[3]}")
    assert (shown.status_code, "有效" in shown.text) == (200, True)


@pytest.mark.parametrize("by", ["city", "county", "line"])
def test_a_report_says_the_same_where_all_of_it_came_and_proves_what_it_was_made_of(camp, monkeypatch, capsys, by):
    root, office, county, _ = camp
    told = [_program(node, monkeypatch, capsys).json("report", "units", "--by", by) for node in (root, office, county)]
    assert told[0] == told[1]
    assert told[0]["heads"] != told[2]["heads"]  # a county's report is of what the county holds, and says so
    assert (told[0]["total"]["joined"], told[2]["total"]["joined"]) == (3, 2)


def test_a_report_on_a_page_bears_the_same_digest_where_it_came(camp, office_pages, monkeypatch, capsys):
    heads = _program(camp[0], monkeypatch, capsys).json("report", "units", "--by", "city")["heads"]
    sheet = office_pages.browser("root").get("/office/reports/city.xlsx")
    assert sheet.status_code == 200
    assert heads[:16] in str(list(load_workbook(BytesIO(sheet.data)).active.values))
