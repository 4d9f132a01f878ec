"""The pages of activities with a made-up sort: opened, amended, closed, chosen among; who sees and who runs which."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from flask import Flask

from campmgr.accounts import governing as accounts
from campmgr.accounts.governing import NewAccount, Place
from campmgr.app.web_app import Settings, create_app, end_jobs
from campmgr.areas.activities.actions import open_activity
from campmgr.areas.camp.actions import open_camp
from campmgr.clock import FixedClock
from campmgr.facts import world as worlds
from campmgr.facts.saying import record
from campmgr.ledger.envelope import Draft
from campmgr.store import data_file
from campmgr.store.door import Store
from campmgr.web.current import EXTENSION, frame_of
from tests.kit.desk_story import undone
from tests.kit.pages import CAST, CHEAP, OWN, Browser, Pages
from tests.kit.walks.actions import report_walk
from tests.kit.walks.area import WITH_WALKS
from tests.kit.walks.settings import Walks

_DAY = "2023-06-10T09:00"


@pytest.fixture(scope="module")
def walk_app(tmp_path_factory) -> Flask:
    app = create_app(None, Settings(tmp_path_factory.mktemp("app") / "none.sqlite"), WITH_WALKS)
    app.test_client_class = Browser
    return app


def _over(app: Flask, store: Store, cast) -> Pages:
    with store.writing():
        pass
    app.extensions[EXTENSION] = frame_of(Settings(store.path, cost=CHEAP, patience=60), WITH_WALKS, store)
    return Pages(app, store, FixedClock(_DAY), cast)


@pytest.fixture
def walked(tmp_path, filled, walk_app):
    """The camp of the cast, with three activities beside it: of the province, of its first city and of the second."""
    path, cast = filled
    store = data_file.open_file(Path(shutil.copy(path, tmp_path / "camp.sqlite")), WITH_WALKS, FixedClock(_DAY))
    pages = _over(walk_app, store, cast)
    with store.writing() as w:
        for code, host in (("PROV", ""), ("C1", "3501"), ("C2", "3502")):
            open_activity(w, "walks-2024", code, host=host)
    yield pages
    end_jobs(walk_app)
    data_file.close(store)


def found(pages: Pages, code: str):
    with pages.store.reading() as r:
        return worlds.load(r).activities.called(code)


def test_who_sees_and_who_runs_each_activity(walked):
    """The host, those above and those below see it; organizers whose place covers the host run it."""
    sees = {"root": "PROV C1 C2", "city": "PROV C1"}
    runs = {"root": "PROV C1 C2", "city": "C1"}
    for who in (*CAST, "nobody"):
        for code in ("PROV", "C1", "C2"):
            organizer, seen = who in sees, code in sees.get(who, "").split()
            run = code in runs.get(who, "").split()
            refused = 401 if who == "nobody" else 403
            page = 200 if seen else 404 if organizer else refused
            change = 200 if run else 403 if seen else 404 if organizer else refused
            asked = {
                f"/office/a/{code}/": page,
                f"/office/a/{code}/walks/": page,
                f"/office/a/{code}/close": change,
                f"/office/a/{code}/rules/walks.least_minutes": change,
            }
            assert {path: _status(walked, who, path) for path in asked} == asked, who
    for who, code, status in (
        ("dora", "PROV", 200), ("dora", "C1", 200), ("dora", "C2", 404), ("elias", "C1", 200), ("farid", "C1", 404),
        ("nobody", "C1", 401),
    ):  # fmt: skip
        own = "3502" if who == "farid" else "3501"
        assert _status(walked, who, f"/desk/units/{own}/a/{code}/") == status
    assert _status(walked, "farid", "/desk/units/3501/a/C1/") == 404
    at_desk = walked.browser("root").get("/desk/units/3501-X1/a/").text
    assert [code for code in ("PROV", "C1", "C2") if f"/a/{code}/" in at_desk] == ["PROV", "C1"], (
        "what another city hosts is not the school's"
    )
    for who in (*CAST, "nobody"):
        assert _status(walked, who, "/a/C2/") == 200


def test_what_the_office_is_in_an_activity_is_said_of_the_office_alone(walked):
    assert "我们的身份" in walked.browser("root").get("/office/a/PROV/").text
    assert "我们的身份" not in walked.browser("dora").get("/desk/units/3501-X1/a/PROV/").text


def test_the_navigation_names_what_goes_on_and_is_ones_own_and_nothing_else(walked):
    def chips(who: str, path: str) -> list[str]:
        text = walked.browser(who).get(path).text
        row = re.search(r'<nav class="chips running".*?</nav>', text, re.DOTALL)
        return re.findall(r">([^<>]+)</a>", row[0]) if row else []

    assert chips("root", "/office/") == ["逃生演练训练营", "2024年安全巡查（PROV）", "2024年安全巡查（C1）", "2024年安全巡查（C2）"]
    assert chips("city", "/office/") == ["逃生演练训练营", "2024年安全巡查（PROV）", "2024年安全巡查（C1）"]
    _agrees(walked, "root", "/office/a/C1/close", {"reason": "到期"})
    assert chips("city", "/office/") == ["逃生演练训练营", "2024年安全巡查"]
    assert "C1" not in re.sub("代码 C1", "", walked.browser("city").get("/office/").text)


def test_an_activity_is_opened_with_each_open_point_as_a_decision(walked):
    root = walked.browser("root")
    page = root.get("/office/a/open?preset=walks-2024").text
    assert "通知原文：每次巡查应有足够时间" in page
    assert "X-01" not in page
    typed = {"preset": "walks-2024", "code": "NEW", "host": "3501", "seat": "relay", "walks.name": "秋季巡查"}
    wrong = root.post("/office/a/open", data=typed | {"walks.least_minutes": "0"}, headers=OWN)
    assert (wrong.status_code, "秋季巡查" in wrong.text, found(walked, "NEW")) == (422, True, [])
    sent = root.post("/office/a/open", data=typed | {"walks.least_minutes": "15"}, headers=OWN)
    assert sent.status_code == 303, sent.text
    (opened,) = found(walked, "NEW")
    assert (opened.name, opened.seat, opened.host, opened.rules[Walks].least_minutes) == (
        "秋季巡查",
        "relay",
        walked.unit("3501"),
        15,
    )
    for more in ({"code": "C1"}, {"code": "有 空格"}, {"host": "3599"}, {"seat": "judge"}):
        assert root.post("/office/a/open", data=typed | {"code": "N2"} | more, headers=OWN).status_code == 422
    assert (
        walked.browser("city").post("/office/a/open", data=typed | {"code": "N3", "host": "3502"}, headers=OWN).status_code == 422
    )
    camp = {"preset": "escape-drill-2023", "code": "2024"}
    assert walked.browser("city").post("/office/a/open", data=camp, headers=OWN).status_code == 403


def test_a_rule_is_amended_after_what_stays_was_shown(walked):
    (province,) = found(walked, "PROV")
    with walked.store.writing() as w:
        report_walk(w, province, province.host, "已存档", 20)
    root, path = walked.browser("root"), "/office/a/PROV/rules/walks.least_minutes"
    for value in ("很多", "0", "30"):
        assert root.post(path, data={"value": value}, headers=OWN).status_code == 422
    before = root.post(path, data={"value": "20"}, headers=OWN)  # goes on to what it would do
    assert "已存档的巡查" in before.text
    assert found(walked, "PROV")[0].rules[Walks].least_minutes == 30
    hidden = dict(re.findall(r'name="(seen|value|client_id)" value="([^"]*)"', before.text))
    done = root.post(f"{path}/before", data=hidden | {"reason": "太长"}, headers=OWN)
    assert done.status_code == 303
    assert found(walked, "PROV")[0].rules[Walks].least_minutes == 20
    assert "35 已存档 20 1" in root.get("/office/a/PROV/walks/").text
    assert undone(walked, done, "root").status_code == 303
    assert found(walked, "PROV")[0].rules[Walks].least_minutes == 30


def test_closing_lists_what_is_open_first_and_is_taken_back(walked):
    (province,) = found(walked, "PROV")
    with walked.store.writing() as w:
        report_walk(w, province, province.host, "仓库", 5)
    root = walked.browser("root")
    page = root.get("/office/a/PROV/close").text
    assert "时间不够的巡查" in page
    assert root.post("/office/a/PROV/close", data={"reason": "到期"}, headers=OWN).status_code == 409
    done = _agrees(walked, "root", "/office/a/PROV/close", {"reason": "到期", "sure": "1"})
    assert not found(walked, "PROV")[0].is_open
    assert root.get("/office/a/PROV/close").location == "/office/a/PROV/", "nothing is left to look at"
    assert _status(walked, "root", "/office/a/PROV/rules/walks.least_minutes") == 409
    assert undone(walked, done, "root").status_code == 303
    assert found(walked, "PROV")[0].is_open
    _agrees(walked, "root", "/office/a/PROV/close", {"reason": "到期", "sure": "1"})
    assert root.post("/office/a/PROV/reopen", data={"reason": ""}, headers=OWN).status_code == 422
    assert root.post("/office/a/PROV/reopen", data={"reason": "补报"}, headers=OWN).status_code == 303
    assert found(walked, "PROV")[0].is_open


def test_a_code_of_two_asks_and_an_unknown_sort_is_named(walked, tmp_path):
    with walked.store.writing() as w:
        world = worlds.load(w)
        (one,) = world.activities.called("C1")
        body = {
            "code": "C1",
            "sort": "camp",
            "name": "同码",
            "host": "",
            "seat": "host",
            "rules": one.rules.to_mapping(),
            "rules_digest": "",
        }
        record(w, [Draft("", "activity_opened", "activity:" + "ab" * 16, body)])
    asked = walked.browser("root").get("/office/a/C1/")
    assert (asked.status_code, asked.text.count("/office/a/")) >= (300, 2)
    assert walked.browser("root").get(f"/office/a/{one.id}/").status_code == 200
    assert "几个活动用了同一个代码" in walked.browser("root").get("/office/review").text


def test_where_there_never_was_a_camp_nothing_of_it_is_shown(tmp_path, walk_app):
    store = open_camp(tmp_path / "root.sqlite", "walks-2024", WITH_WALKS, FixedClock(_DAY))
    with store.writing() as w:
        top = worlds.load(w).root_unit
        cast = {"root": accounts.open_account(w, NewAccount("root", "root", "correct horse"), Place("organizer", top), cost=CHEAP)}
    pages = _over(walk_app, store, cast)
    root = pages.browser("root")
    assert root.get("/").location == "/a/"
    assert root.get("/office/").location == "/office/a/"
    assert root.get("/desk/").location == "/desk/units/ROOT/a/"
    for path in ("/board", "/me", "/office/lessons/", "/office/certificates/", "/office/prizes/", "/office/works/",
                 "/office/summaries/",
                 "/desk/units/ROOT/marking", "/desk/units/ROOT/station", "/desk/units/ROOT/behind", "/c/ABC"):  # fmt: skip
        assert root.get(path).status_code == 404, path
    assert [word for word in ("学习记录", "人员") if word in root.get("/desk/units/ROOT/import").text] == ["人员"]
    for path in (
        "/a/",
        "/office/a/",
        "/office/a/walks-2024/",
        "/office/units/",
        "/office/nodes/",
        "/office/calendar/",
        "/desk/units/ROOT/people",
    ):
        text = root.get(path).text
        assert not [word for word in ("课时", "证书", "点赞", "签到", "训练营", "领证") if word in text], path
    end_jobs(walk_app)
    data_file.close(store)


def _status(pages: Pages, who: str, path: str) -> int:
    answer = pages.browser(who).get(path)
    return 401 if answer.status_code == 303 and answer.location.startswith("/login?next=") else answer.status_code


def _agrees(pages: Pages, who: str, path: str, typed: dict[str, str]):
    seen = re.search(r'name="seen" value="([^"]*)"', pages.browser(who).get(path).text)
    assert seen
    done = pages.browser(who).post(path, data=typed | {"seen": seen[1]}, headers=OWN)
    assert done.status_code == 303, done.text
    return done
