"""An erasure says done when the bytes are gone, shows texts that held the name, and takes away lists that wait to be imported."""

from __future__ import annotations

import os
import re
import sqlite3
import time
from contextlib import contextmanager
from io import BytesIO

from campmgr import config
from campmgr.accounts import governing, kept_files
from campmgr.areas.people.actions.people import Registration, register
from campmgr.areas.people.queries.mentions import mentions
from campmgr.areas.units.actions.units import UnitRow, add_unit
from campmgr.facts import world as worlds
from tests.kit.desk_story import DESK, mark, post, school
from tests.kit.office import agree
from tests.kit.pages import OWN
from tests.kit.program import write


@contextmanager
def _reader(path):
    """Another program that reads the state of now."""
    other = sqlite3.connect(path)
    other.execute("begin")
    other.execute("select count(*) from people").fetchone()
    yield
    other.close()


def _uploads() -> list[str]:
    return [path.name for path in (config.state_folder() / "uploads").rglob("*") if path.is_file()]


def _preview(pages, who: str = "dora") -> None:
    rows = "编号,姓名,单位代码\n071,王冕冕,3501-X1\n".encode()
    sent = {"kind": "people", "file": (BytesIO(rows), "名单.csv")}
    assert pages.browser(who).post(f"{DESK}/import/preview", data=sent, headers=OWN).status_code == 200


def test_a_reason_that_held_the_name_is_shown_to_whoever_erases(pages):
    aya, badi = school(pages, "王冕冕", "巴迪")
    mark(pages, [aya, badi])
    with pages.store.reading() as r:
        batch = r.value("select batch from facts where kind = 'mark_recorded'")
    post(pages, f"/desk/batches/{batch}/undo", reason="王冕冕的家长要求")
    answer = agree(pages, f"/desk/people/{aya}/erase", "dora", reason="本人要求")
    assert answer.status_code == 200
    assert "王冕冕的家长要求" in answer.text
    assert "王冕冕" not in pages.browser("dora").get(f"/desk/people/{aya}").text


def test_texts_without_the_name_and_details_that_go_are_no_mentions(pages):
    school(pages, "王冕冕", "巴迪")
    with pages.store.writing() as w:
        register(w, Registration("3501-X1", "王", "077"))
    with pages.store.reading() as r:
        assert mentions(r, "王冕冕") == mentions(r, "王") == ()


def test_while_somebody_reads_the_old_state_it_says_still_clearing(pages):
    (aya,) = school(pages, "王冕冕")
    link = post(pages, f"/desk/people/{aya}/link").text.split(">http://localhost")[1].split("<")[0]
    with _reader(pages.store.path):
        agree(pages, f"{link}/leave", "nobody")
        assert "还在清除" in pages.browser().get(link).text
        assert "还没有清完" in pages.browser("dora").get("/desk/").text
    for _ in range(200):
        if not pages.store.settling.is_clearing:
            break
        time.sleep(0.05)
    assert "不能恢复" in pages.browser().get(link).text
    log = pages.store.path.with_name(pages.store.path.name + "-wal")
    assert "王冕冕".encode() not in pages.store.path.read_bytes() + log.read_bytes()


def test_the_command_tells_the_same(program, tmp_path):
    program.json("import", "people", write(tmp_path / "张三的班.csv", [["编号", "姓名", "单位代码"], ["009", "赵六", "S1"]]))
    likes: list[list[object]] = [["作品链接", "标题", "参与者编号", "点赞数"], ["https://example.org/1", "演练", "002", 3]]
    program.json("import", "likes", write(tmp_path / "张三拍的.csv", likes))
    told = program.json("person", "erase", "001", "--reason", "本人要求")
    assert told["cleared"]
    assert [each["text"] for each in told["mentions"]] == ["张三拍的.csv"]  # the other name stayed here, and is forgotten
    assert "张三的班".encode() not in program.path.read_bytes()


def test_a_coordinator_sees_no_texts_of_other_units(pages):
    (aya, badi) = school(pages, "王冕冕", "巴迪")
    mark(pages, [aya, badi])
    with pages.store.reading() as r:
        batch = r.value("select batch from facts where kind = 'mark_recorded'")
    post(pages, f"/desk/batches/{batch}/undo", reason="王冕冕的家长要求")
    with pages.store.reading() as r:
        assert len(mentions(r, "王冕冕")) == 1
        assert mentions(r, "王冕冕", lambda _code: False) == ()


def test_previewed_lists_go_with_an_erasure_with_the_account_and_after_a_day(pages):
    kept_files.forget_all()
    (aya,) = school(pages, "阿雅")
    _preview(pages)
    assert len(_uploads()) == 1
    agree(pages, f"/desk/people/{aya}/erase", "dora", reason="本人要求")
    assert _uploads() == []
    _preview(pages)
    _preview(pages, "city")
    with pages.store.writing() as w:
        governing.set_active(w, worlds.load(w), pages.accounts["root"], pages.accounts["dora"].account, active=False)
    (kept,) = (config.state_folder() / "uploads").rglob("*.csv")
    os.utime(kept, (time.time() - 25 * 3600,) * 2)
    pages.app.extensions["campmgr"].swept_at = float("-inf")
    pages.browser().get("/")
    assert _uploads() == []


def test_another_record_of_the_same_name_and_telephone_is_told_and_led_to(pages):
    with pages.store.writing() as w:
        add_unit(w, UnitRow("3502-X1", "厦门小学", "3502", "学校", "教育"))
        one, other, far = (
            register(w, Registration(unit, "王冕冕", "", "", "13800001234"), client_id=unit)
            for unit in ("3501-X1", "3501-X2", "3502-X1")
        )
    asked = pages.browser("dora").get(f"/desk/people/{one}/erase").text
    assert "2 份同名、同手机号的登记在别处" in re.sub(r"(<[^>]*>|\s)+", " ", asked)
    gone = agree(pages, f"/desk/people/{one}/erase", "dora", reason="本人要求").text
    assert f'<a href="/desk/people/{other}/erase">删除在演练小学2的登记</a>' in gone
    assert ("别的单位还有 1 份" in gone, far in gone, "王冕冕" in gone) == (True, False, False)
    last = agree(pages, f"/desk/people/{far}/erase", "root", reason="本人要求")
    assert "另有同名、同手机号的登记没有删除" in last.text
    alone = agree(pages, f"/desk/people/{other}/erase", "dora", reason="本人要求")
    assert "同手机号" not in alone.text
