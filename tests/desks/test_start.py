"""What a laptop without a camp asks first, restoring in the browser, and the page of backups."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from campmgr.app.web_app import Settings, create_app, store_of
from campmgr.areas.people.actions import people
from campmgr.areas.people.actions.people import Registration
from campmgr.config import package_folder
from campmgr.facts.recovery import new_recovery
from campmgr.store import backups, data_file
from campmgr.store.identity import own_writers
from campmgr.store.upgrading import before_upgrade, note_program
from tests.kit.office import rows, see, send
from tests.kit.pages import CHEAP, OWN, PASSWORD, Browser

WORDS, OTHERS = "三月七日晚上八点", "三月八日晚上八点"
PLAN = {"keep": "3", "daily": "1", "lock": "none", "password": "", "again": ""}


@pytest.fixture
def empty(tmp_path):
    app = create_app(None, Settings(tmp_path / "new" / "camp.sqlite", "", CHEAP))
    app.test_client_class = Browser
    yield app
    held = store_of(app)
    if held is not None:
        data_file.close(held)


@pytest.fixture
def disk(tmp_path) -> Path:
    made = tmp_path / "disk"
    made.mkdir()
    return made


def _restore(app, data: bytes, **typed: str):
    sent = {"file": FileStorage(BytesIO(data), "backup.sqlite", "file"), "password": "", "recovery": ""} | typed
    boundary, body = encode_multipart(sent)  # in memory, since the client leaves its own file for a large form open
    more = {"Content-Type": f"multipart/form-data; boundary={boundary}"}
    return app.test_client().post("/start/restore", data=body, headers=OWN | more)


def _backup(pages, disk, **plan: str) -> bytes:
    assert send(pages, "/office/backup/", folder=str(disk), **PLAN | plan).status_code == 303
    assert send(pages, "/office/backup/now").status_code == 303
    with pages.store.reading() as r:
        last = backups.last_of(r)
    assert last is not None
    return Path(last.path).read_bytes()


def test_a_backup_comes_back_in_the_browser_under_a_new_writer(pages, empty, disk):
    assert _restore(empty, _backup(pages, disk)).location == "/start/restored"
    browser = empty.test_client()
    shown = browser.get("/start/restored").text
    assert "逃生演练训练营" in shown
    assert "只有这一台电脑" in shown
    assert browser.get("/").status_code == 200
    sent = {"login": "root", "password": PASSWORD}
    assert browser.post("/login", data=sent, headers=OWN).status_code == 303
    restored = store_of(empty)
    assert restored is not None
    with restored.reading() as r, pages.store.reading() as old:
        assert r.meta("writer") != old.meta("writer")
        assert old.meta("writer") in own_writers(r)


def test_a_sealed_backup_asks_for_its_passphrase_beside_the_field(pages, empty, disk):
    data = _backup(pages, disk, lock="new", password=WORDS, again=WORDS)
    for typed, words in (("", "用口令封好的"), (OTHERS, "口令不对")):
        refused = _restore(empty, data, password=typed)
        assert (refused.status_code, words in refused.text, store_of(empty)) == (422, True, None)
        assert 'id="e-password"' in refused.text
    assert _restore(empty, data, password=WORDS).status_code == 303


@pytest.mark.parametrize("data", [b"PK\x03\x04", b"SQLite format 3\0 and no more", b"campmgr sealed file 1\n{}"])
def test_what_is_no_backup_leaves_nothing_behind(empty, tmp_path, data):
    refused = _restore(empty, data, password=WORDS)
    assert (refused.status_code, 'id="e-file"' in refused.text) == (422, True)
    assert not [*(tmp_path / "new").glob("*")] if (tmp_path / "new").exists() else True
    assert "加入已有的训练营" in empty.test_client().get("/start/").text


def test_the_recovery_sheet_of_another_camp_is_told_beside_its_field(pages, empty, disk):
    refused = _restore(empty, _backup(pages, disk), recovery=new_recovery().words)
    assert (refused.status_code, 'id="e-recovery"' in refused.text, store_of(empty)) == (422, True, None)


def test_where_there_is_data_nothing_is_restored_over_it(pages, disk):
    assert _restore(pages.app, _backup(pages, disk)).status_code == 404


@pytest.mark.parametrize(
    ("typed", "field"),
    [({"folder": "disk"}, "folder"), ({"folder": "/nowhere/at/all"}, "folder"), ({"keep": "0"}, "keep"),
     ({"lock": "new", "password": "short", "again": "short"}, "password"),
     ({"lock": "new", "password": "long enough", "again": "another one"}, "password"), ({"lock": "keep"}, "")],
)  # fmt: skip
def test_a_plan_that_does_not_hold_is_told_beside_its_field(pages, disk, typed, field):
    answer = send(pages, "/office/backup/", **PLAN | {"folder": str(disk)} | typed)
    assert (answer.status_code, f'id="e-{field}"' in answer.text) == ((422, True) if field else (303, False))


def test_no_backup_goes_where_anybody_could_fetch_it(pages):
    answer = send(pages, "/office/backup/", **PLAN | {"folder": str(package_folder("static"))})
    assert (answer.status_code, "谁都能从网页上取走" in answer.text) == (422, True)


def test_a_drill_opens_the_last_backup_and_says_what_it_lacks(pages, disk):
    _backup(pages, disk, lock="new", password=WORDS, again=WORDS)
    assert "口令不对" in send(pages, "/office/backup/drill", password=OTHERS).text
    with pages.store.writing() as w:
        people.register(w, Registration("3501-X1", "陈小红"))
    drilled = send(pages, "/office/backup/drill", password=WORDS).text
    assert "打开了，完整" in drilled
    assert "备份以后又记了" in drilled


def test_a_disk_that_was_drawn_is_told_on_the_page(pages, disk):
    _backup(pages, disk)
    disk.rename(disk.with_name("drawn"))
    assert "现在不在" in send(pages, "/office/backup/now").text
    assert "没有成功" in see(pages, "/office/backup/")


def test_what_was_recorded_since_an_upgrade_is_listed(pages):
    copy = before_upgrade(pages.store.path)
    note_program(pages.store, copy)
    assert "升级以后还没有记过" in see(pages, "/office/backup/since")
    with pages.store.writing() as w:
        people.register(w, Registration("3501-X1", "陈小红"))
    assert "升级以前的数据" in see(pages, "/office/backup/")
    listed = rows(see(pages, "/office/backup/since"))
    assert [row[2] for row in listed if row[2] != "—"] == ["陈小红"] * len(listed)
    assert listed
