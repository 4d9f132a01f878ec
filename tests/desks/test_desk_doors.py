"""The doors with real people behind them: whoever belongs elsewhere names ids of a foreign unit in every place an address or a form
has for one, at every route there is, and learns and changes nothing.

What is asked is drawn from the application's own routes, so that a new view is tried as soon as it exists.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from io import BytesIO
from urllib.parse import unquote

import pytest

from campmgr.accounts import governing
from campmgr.accounts.governing import NewAccount, Place
from campmgr.accounts.logging_in import open_device
from campmgr.areas.certificates.actions.issuing import issue
from campmgr.areas.hours.actions.declarations import declare
from campmgr.areas.hours.actions.lessons import describe_lesson
from campmgr.areas.hours.actions.marks import MarkRow, mark
from campmgr.areas.hours.rules.lesson import Lesson
from campmgr.areas.people.actions import people
from campmgr.areas.people.actions.joining import make_join_code
from campmgr.areas.people.actions.people import Registration
from campmgr.areas.people.queries.finding import people_by_id
from campmgr.areas.requests.actions import Asked, ask
from campmgr.facts import world as worlds
from campmgr.facts.finding import find_unit
from tests.desks.test_sheets_pages import _kept, _send
from tests.kit.desk_story import DAY, DESK, UNIT, post
from tests.kit.pages import CHEAP, OWN, PASSWORD

SECRETS = ("甄不见", "甄隐名", "13800138000", "隐秘名单")
"""What may stand in no answer to a stranger."""

ELSEWHERE = ("farid", "faisal")
"""A coordinator and an organizer of 3502; what is behind the doors is in 3501."""

OPEN = {"join.start", "join.again", "join.sent", "join.own", "certificate.shown", "lists.shown", "account.link",
        "account.link_used", "setup.set_up", "setup.set_up_sent", "static", "account.log_out"}  # fmt: skip
"""For everybody, or the end of the asker's own log-in: behind these stands no unit."""


HARMLESS = {"picker.offers", "office_minors.file", "office_look.sample", "activities.one", "office_activities.shown"} | {
    f"office_{file}"
    for file in ("circulars.draft_file", "tables.cross_file", "tables.progress_file", "tables.ranking_file", "tables.fields_file")
}
"""Offers what is the asker's own, by a sort of thing; a certificate of nobody; the camp, which is everybody's; reports of what the
asker organizes, as one file or another."""


@dataclass(frozen=True)
class Behind:
    """Ids of what belongs to 3501, by the names that addresses and forms have for such things."""

    ids: dict[str, str]
    own: str
    """The asker's own unit."""


@pytest.fixture
def behind(pages) -> Behind:
    with pages.store.writing() as w:
        describe_lesson(w, Lesson("V8", "全部课程合集", 800, 480, "科普视频", "家庭"))
        seen, hidden = (
            people.register(w, Registration(UNIT, name, number, "三年1班", phone))
            for name, number, phone in (("甄不见", "X901", "13800138000"), ("甄隐名", "X902", ""))
        )
        mark(w, "X901", MarkRow("2023-06-08", "V8"))
        mark(w, "X901", MarkRow("2023-06-08", condition="sign_in"))
        issue(w)
        number = w.value("select number from certificates")
        declare(w, people_by_id(w, [hidden])[hidden], MarkRow(DAY, lesson="V8", minutes=30, source="own"), client_id="theirs")
        join = make_join_code(w, UNIT)
        ask(w, find_unit(worlds.load(w), UNIT), Asked("correct", person=seen, text="班级不对"))
        asked = w.value("select request from requests")
        city = pages.accounts["city"]
        governing.invite(w, worlds.load(w), city, Place("viewer", pages.unit("3501")), "隐秘名单")
        found = w.value("select link from local_links where kind = 'invite'")
        faisal = governing.open_account(w, NewAccount("faisal", "faisal", PASSWORD), Place("organizer", "3502"), cost=CHEAP)
        pages.accounts = pages.accounts | {"faisal": faisal}
        pages.browsers["faisal"] = pages.app.test_client()
        pages.browsers["faisal"].set_cookie("campmgr", open_device(w, faisal.account, "Firefox", kept=True))
        device = w.value("select device from local_devices where account <> :own", own=faisal.account) or "0" * 32
    shown = _send(pages, "编号,姓名\nX903,甄隐名\n", who="dora", name="隐秘名单.csv")
    told = _kept(shown)
    post(pages, f"{DESK}/import/commit", "dora", **told, name="隐秘名单.csv")
    roster = post(pages, f"{DESK}/paper", "dora", **{"class": "", "what": "", "day": ""}).location
    with pages.store.reading() as r:
        batch = r.value("select batch from facts where batch <> '' order by rowid desc limit 1")
        fact = r.value("select chain from facts where kind = 'mark_recorded' limit 1")
        declared = r.value("select chain from facts where kind = 'mark_declared' limit 1")
        done = r.value("select done from local_done limit 1") or "0" * 32
    assert all((batch, fact, declared, number))
    return Behind(
        {
            "person": seen, "other": hidden, "also": hidden, "people": seen, "target": seen, "fact": fact, "row": declared,
            "case": declared, "asked": asked, "whom": seen, "lines": declared,
            "batch": batch, "done": done, "job": re.sub(r"\W", "", told["kept"])[:32],
            "kept": told["kept"], "code": UNIT, "unit": pages.unit(UNIT), "parent": pages.unit("3501"), "join": join.code,
            "roster": re.findall(r"made=(\d{10})", roster)[0], "number": number, "account": pages.accounts["dora"].account,
            "link": found, "device": device, "digest": "0" * 64,
            "sha256": "0" * 64, "entry": "0" * 32, "circular": "0" * 32, "id": "0" * 32, "judge": "0" * 32, "file": "0-1.mp4",
            "size": "small", "work": seen, "node": "n" * 32, "at": "0",
            "kind": "people", "sort": "person", "name": "person", "shape": "phone", "face": "public", "by": "unit",
            "key": "ranking.ties", "activity": "camp", "ending": "xlsx",
            "year": "2023", "window": "0", "item": "i" * 32, "sheet": "0", "what": "0",
            "query": "甄", "text": "X901", "class": "三年1班", "search": "甄", "shown": "0" * 12,
            "reason": "核对", "again": "核对", "why": "核对", "sure": "1",
        },
        "3502",
    )  # fmt: skip


def _asked(pages):
    """Every route that somebody who is logged in may be stopped at, with its methods."""
    for rule in sorted(pages.app.url_map.iter_rules(), key=lambda rule: rule.rule):
        if rule.endpoint not in OPEN and not rule.rule.startswith(("/p/", "/e/")):
            yield from ((rule, method) for method in sorted(rule.methods & {"GET", "POST"}))


def _path(rule, ids: dict[str, str]) -> str:
    return re.sub(r"<(?:[^<>:]*:)?(\w+)>", lambda found: "1" if "int:" in found[0] else ids[found[1]], rule.rule)


def _said(answer) -> str:
    """What an answer says, of a workbook what stands in it, and where it leads."""
    data = answer.data
    if data.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(data)) as book:
            data = b"".join(map(book.read, book.namelist()))
    return data.decode("utf-8", "replace") + unquote(answer.headers.get("Location", ""))


def _theirs(pages) -> tuple:
    """All that is recorded and kept of the foreign unit."""
    with pages.store.reading() as r:
        return (
            r.all("select chain from facts where scope = :scope order by chain", scope=f"people/{pages.unit(UNIT)}"),
            r.all("select * from people where home = :unit order by person", unit=pages.unit(UNIT)),
            r.all("select code, active from local_join_codes where unit = :unit order by code", unit=pages.unit(UNIT)),
            r.all("select account, active, password from local_accounts order by account"),
            r.all("select link from local_links where made_by = :city", city=pages.accounts["city"].account),
            r.all("select device from local_devices where account = :dora", dora=pages.accounts["dora"].account),
        )  # fmt: skip


@pytest.mark.parametrize("who", ELSEWHERE)
def test_no_address_of_a_foreign_unit_opens_or_changes_anything(pages, behind, who):
    before, opened, told = _theirs(pages), [], []
    for rule, method in _asked(pages):
        if not rule.arguments:
            continue
        data = behind.ids if method == "POST" else None
        answer = pages.browser(who).open(_path(rule, behind.ids), method=method, data=data, headers=OWN)
        told += [f"{method} {rule.rule}: {secret}" for secret in SECRETS if secret in _said(answer)]
        if answer.status_code not in {403, 404} and rule.endpoint not in HARMLESS:
            opened.append(f"{method} {rule.rule}: {answer.status_code} {rule.endpoint}")
    assert not told
    assert opened == []
    assert _theirs(pages) == before


@pytest.mark.parametrize("who", ELSEWHERE)
def test_no_field_that_names_what_is_foreign_shows_or_changes_it(pages, behind, who):
    ids = behind.ids | {"code": behind.own}
    before, told = _theirs(pages), []
    for rule, method in _asked(pages):
        more = {"query_string": behind.ids} if method == "GET" else {"data": behind.ids}
        answer = pages.browser(who).open(_path(rule, ids), method=method, headers=OWN, **more)
        told += [f"{method} {rule.rule}: {secret}" for secret in SECRETS if secret in _said(answer)]
        assert answer.status_code != 500, rule.rule
    assert not told
    assert _theirs(pages) == before
