"""Pages and fragments: the same words in both, as many queries for many rows as for one, all words marked for translation."""

from __future__ import annotations

import re

import pytest
from babel.messages.extract import extract_from_dir
from flask import g

from campmgr.accounts import governing as accounts
from campmgr.accounts.governing import NewAccount, Place
from campmgr.areas.people.actions import people
from campmgr.areas.people.actions.people import Registration
from campmgr.areas.units.actions import units
from campmgr.areas.units.actions.units import UnitRow
from campmgr.config import package_folder
from campmgr.web import respond
from tests.house.sources import ROOT, relative, text_files
from tests.kit.pages import CHEAP

WAITING = 14
"""A front page counts what waits for a human. What stands in no table is found by the areas it belongs to, each with its own
query: pairs of people, what units ask for, 编号 that somebody else bears, missing details, scans of unknown codes, crowds, list
numbers taken twice, news from packs, gaps,
drafts that were left; the clock and the packs taken are three settings. They depend on the time and on
what arrived, so that no common table holds them.
"""
TEMPLATES = [path for path in text_files("templates") if path.suffix == ".html"]


def test_a_fragment_is_a_part_of_its_page_byte_for_byte(pages):
    browser = pages.browser()
    assert browser.get("/totals").text.strip() in browser.get("/").text


def test_a_fragment_takes_exactly_one_variable(pages):
    with pages.app.test_request_context(), pytest.raises(ValueError, match="one variable"):
        respond.fragment("desks/_totals.html", totals=1, more=2)


def test_joining_shows_in_the_totals(pages):
    with pages.store.writing() as w:
        people.register(w, Registration("3501-X1", "林小明"))
    assert re.search(r"已参加</dt><dd>1</dd>", pages.browser().get("/totals").text)
    row = re.search(r"演练小学1.*?</tr>", pages.browser("jiao").get("/desk/").text, re.DOTALL)
    assert row is not None
    assert '<td class="n">1</td>' in row.group()


@pytest.mark.parametrize(
    ("path", "most"),
    [("/", 8), ("/totals", 8), ("/desk/", 10 + WAITING), ("/desk/units/3501-JY", 10 + WAITING),
     ("/office/", 19 + WAITING),  # the last days, log-ins, lists and equals at the cut besides
     ("/office/accounts", 11), ("/account", 8)],
)  # fmt: skip
def test_three_rows_ask_as_many_queries_as_one(pages, path, most):
    _add_one_of_each(pages, 1)
    few = _queries(pages, path)
    for number in (2, 3):
        _add_one_of_each(pages, number)
    assert _queries(pages, path) == few
    assert 0 < few <= most


@pytest.mark.parametrize("template", TEMPLATES, ids=relative)
def test_every_word_of_a_template_is_marked_for_translation(template):
    bare = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "", template.read_text("utf-8"), flags=re.DOTALL)
    assert not re.findall(r"[\u4e00-\u9fff]+", bare)


def test_babel_finds_the_sentences():
    methods = [("web/**.py", "python"), ("**.html", "jinja2.ext:babel_extract")]
    found = {message[2] for message in extract_from_dir(ROOT / "templates", methods) if isinstance(message[2], str)}
    assert {"已参加", "跳到正文", "共" + "用"} & found == {"已参加", "跳到正文"}
    assert len(found) > 60


@pytest.mark.parametrize("template", TEMPLATES, ids=relative)
def test_no_template_carries_script_or_style(template):
    text = template.read_text("utf-8")
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|hx-on|javascript:|js:|hx-vals|hx-delete|hx-put", text)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", text))
    assert "|safe" not in text.replace(" ", "")


@pytest.mark.parametrize("template", [path for path in TEMPLATES if path.name.startswith("_")], ids=relative)
def test_a_fragment_has_one_root_with_an_id(template):
    bare = re.sub(r"\{%.*?%\}|\{#.*?#\}", "", template.read_text("utf-8"), flags=re.DOTALL).strip()
    assert re.match(r"<(\w+)[^>]*\bid=", bare)
    name = re.match(r"<(\w+)", bare)
    assert name is not None
    assert bare.endswith(f"</{name.group(1)}>")


def test_every_browser_part_is_there():
    vendor = package_folder("static") / "vendor"
    assert (vendor / "htmx.min.js").stat().st_size > 30_000
    assert {path.name for path in vendor.rglob("*") if path.is_file()} == {
        "htmx.min.js", "htmx.LICENSE", "index.js", "decode.js", "LICENSE", "LICENSE-MIT", "nacl-fast.min.js", "nacl.LICENSE",
        "pins.json"}  # fmt: skip


def test_a_page_loads_nothing_that_is_not_there(pages):
    for path in ("/", "/login"):
        for address in re.findall(r'(?:src|href)="(/static/[^"]+)"', pages.browser().get(path).text):
            assert pages.browser().get(address).status_code == 200


def _add_one_of_each(pages, number: int) -> None:
    with pages.store.writing() as w:
        units.add_unit(w, UnitRow(f"3501-JY-{number}", f"第{number}学区", "3501-JY", "其他"))
        units.add_unit(w, UnitRow(f"3501-JY-{number}-X", f"第{number}小学", f"3501-JY-{number}", "学校"))
        people.register(w, Registration(f"3501-JY-{number}", f"某{number}"))
        accounts.open_account(w, NewAccount(f"a{number}", "甲", "battery staple"), Place("viewer", "3501"), cost=CHEAP)


def _queries(pages, path: str) -> int:
    browser = pages.browser("root")
    browser.get(path)
    with browser:
        assert browser.get(path).status_code == 200
        return g.queries
