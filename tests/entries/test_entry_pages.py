"""The pages of a call for works: checked, listed and handed in at a desk, screened, voted on and shown by the host."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from campmgr.areas.activities.actions import open_activity
from campmgr.areas.entries.actions.staging import stage_entries
from campmgr.areas.entries.kinds import ENTRIES
from campmgr.areas.entries.queries.entries import entries_in
from campmgr.areas.entries.queries.votes import votes_of
from campmgr.areas.people.actions.people import Registration, register
from campmgr.errors import BadInput
from campmgr.facts import world as worlds
from campmgr.facts.inventory_rows import list_row
from campmgr.files.imports.importing import FileImported, Options, import_file
from campmgr.ids import person_code
from tests.kit.agreed import list_agreed
from tests.kit.desk_story import told_at, undone
from tests.kit.office import found, hidden, see, send
from tests.kit.pages import OWN, Pages

DESK, OFFICE = "/desk/units/3501-X1/a/ZP", "/office/a/ZP/works"
IMPORT = "/office/a/ZP/import/votes"
_CODE = "k7"
GOOD = {
    "class": "图片类", "sub": "海报", "theme": "安全宣传和应急科普", "created_on": "2023-05-20",
    "published_on": "2023-05-30", "words": "夜班的人",
}  # fmt: skip


@pytest.fixture
def called(pages: Pages) -> Pages:
    """The camp of the cast with a call for works by its root; two works of a school, one of which lacks its words."""
    with pages.store.writing() as w:
        open_activity(w, "works-collection-2023", "ZP")
        activity = worlds.load(w).activities.called("ZP")[0]
        for title, more in (("守夜<b>", {}), ("演练", {"words": ""})):
            list_agreed(
                w,
                activity,
                pages.unit("3501-X1"),
                GOOD | {"title": title, "link": f"https://example.org/{len(title)}"} | more,
            )
    return pages


def contact(pages: Pages) -> str:
    with pages.store.writing() as w:
        return person_code(register(w, Registration("3501-X1", "林老师", "M1", "")))


def works(pages: Pages):
    with pages.store.reading() as r:
        world = worlds.load(r)
        return {each.title: each for each in entries_in(r, world, world.activities.called("ZP")[0])}


def test_a_unit_closes_its_batch_and_takes_that_back_in_one_press(called):
    text = see(called, f"{DESK}/handin", "dora")
    assert "2023年第二季度" in text
    assert "还有" in text
    assert "守夜&lt;b&gt;" in text
    assert "需提交相应图片说明" not in text.partition("还不能报送的")[0]
    assert "请填作品说明" in text.partition("还不能报送的")[2]
    code = contact(called)
    with called.store.writing() as w:
        stranger = person_code(register(w, Registration("3501-X2", "外校的人", "M9", "")))
    for typed, sentence in (({"contact": "查无此人"}, "没有找到"), ({"contact": stranger}, "登记在别的单位"), ({"contact": code}, "逐项确认承诺"),
                            ({"contact": code, "stated": "1", "share": "pan.example.org"}, "http")):  # fmt: skip
        answer = send(called, f"{DESK}/handin", "dora", client_id="a", **typed)
        assert (answer.status_code, sentence in answer.text) == (422, True), answer.text
    whole = {"contact": code, "stated": "1", "share": "https://pan.example.org/s", "secret": _CODE}
    undone(called, send(called, f"{DESK}/handin", "dora", client_id="a", **whole))
    assert works(called)["守夜<b>"].words == "待报送"
    closed = send(called, f"{DESK}/handin", "dora", client_id="b", **whole)
    shown = see(called, told_at(closed), "dora")
    for words in ("已结批", "【第四届新媒体作品征集】图片类+演练小学1", f"提取码：{_CODE}", "核对相符"):
        assert words in shown
    table = called.browser("dora").get(f"{DESK}/handin/2023Q2/table.pdf")
    assert table.data.startswith(b"%PDF")
    assert called.browser("dora").get(f"{DESK}/handin/2023Q2/table.xlsx").status_code == 200
    assert "演练小学1 · 2023年第二季度" in see(called, f"{OFFICE}/")
    assert send(called, f"{DESK}/handin/reopen", "dora", window="2023Q2", reason="").status_code == 422
    reopened = send(called, f"{DESK}/handin/reopen", "dora", window="2023Q2", reason="漏了一件")
    assert "重新打开：漏了一件" in see(called, told_at(reopened), "dora")
    undone(called, reopened)
    assert works(called)["守夜<b>"].words == "已报送"


def test_the_works_of_a_closed_batch_are_turned_in_pages_of_a_hundred(called):
    with called.store.writing() as w:
        activity = worlds.load(w).activities.called("ZP")[0]
        for number in range(100):
            link = f"https://example.org/more/{number}"
            list_agreed(w, activity, called.unit("3501-X1"), GOOD | {"title": f"多{number:03}", "link": link})
    closed = send(called, f"{DESK}/handin", "dora", client_id="b", contact=contact(called), stated="1")
    assert closed.status_code == 303
    sent = r"<li>(多\d+|守夜&lt;b&gt;)\s"
    first = see(called, f"{DESK}/handin", "dora")
    second = see(called, f"{DESK}/handin?sent=2023Q2&page=2", "dora")
    assert [len(re.findall(sent, text)) for text in (first, second)] == [100, 1]
    assert len({*re.findall(sent, first), *re.findall(sent, second)}) == 101
    assert "?page=2&amp;sent=2023Q2#sent-2023Q2" in first
    assert '<ol start="101">' in second
    assert "图片类 101 件" in second, "the mail speaks of all"
    assert see(called, f"{DESK}/handin?sent=2023Q2&page=99", "dora").count('<ol start="101">') == 1


def test_the_host_screens_several_at_once_and_takes_it_back_in_one_press(called):
    text = see(called, f"{OFFICE}/")
    both = re.findall(r'name="entry" value="([0-9a-f]+)"', text)
    assert len(both) == 2
    press: dict[str, Any] = {"client_id": hidden(text, "client_id"), "entry": both}
    assert "请先勾选作品" in send(called, f"{OFFICE}/", client_id="x", doing="入围").text
    for doing, sentence in (("退回", "请写明原因"), ("展播", "请写明在哪个平台展播"), ("revoke", "没有“”这一项资格")):
        answer = send(called, f"{OFFICE}/", **press, doing=doing)
        assert (answer.status_code, sentence in answer.text) == (422, True), answer.text
    done = send(called, f"{OFFICE}/", **press, doing="入围")
    assert {each.words for each in works(called).values()} == {"入围"}
    assert "入围 2" in see(called, f"{OFFICE}/")
    assert see(called, f"{OFFICE}/votes").count('<th scope="row">') == 2
    undone(called, done, "root")
    assert {each.way.stage for each in works(called).values()} == {""}
    assert send(called, f"{OFFICE}/", "city", **press, doing="入围").status_code == 403
    assert called.browser("city").get(f"{OFFICE}/votes").status_code == 403


def test_what_was_looked_at_one_by_one_stays_with_the_stage_and_is_read_by_the_unit(called):
    """E-13: the checks of a work's class, ticked or not, as the stage's fact keeps them; unknown ones are refused."""
    text, work = see(called, f"{OFFICE}/"), works(called)["守夜<b>"]
    assert all(f'name="check" value="{each}"' in text for each in ("主题鲜明", "寓意深刻", "感染力强"))
    assert "画面清晰" not in text, "no film is on the page"
    press: dict[str, Any] = {"entry": [work.id], "doing": "初筛", "check": ["主题鲜明", "感染力强", "画面清晰"]}
    done = send(called, f"{OFFICE}/", client_id="p", **press)
    fits = {"主题鲜明": True, "寓意深刻": False, "感染力强": True, "传播力广": False, "体现应急管理特色": False}
    with called.store.reading() as r:
        said = r.value("select body from facts where kind = 'entry_staged'")
    assert json.loads(said)["checks"] == fits, "a check of another class is not this work's"
    told = "合适：主题鲜明、感染力强；不合适：传播力广、体现应急管理特色、寓意深刻"
    assert f"初筛时逐项看过。{told}" in see(called, f"{DESK}/files/{work.id}", "dora")
    assert told in see(called, f"{OFFICE}/")
    assert f"初筛，{told}" in see(called, f"{DESK}/entries/of/{work.id}", "dora")
    undone(called, done, "root")
    send(called, f"{OFFICE}/", client_id="q", entry=[work.id], doing="初筛")
    assert works(called)["守夜<b>"].way.checked == "", "nothing ticked: nobody went through the list"
    with called.store.writing() as w, pytest.raises(BadInput, match="不看“声音平稳”"):
        stage_entries(w, [work.row], "初筛", checks=["声音平稳"])


def test_what_the_notice_names_is_offered_and_another_word_that_stands_there_is_not_lost(called):
    """H-16: a choice where the rules name some, any text where they name none; what stands there stays."""
    with called.store.writing() as w:
        open_activity(w, "video-contest-2024", "SP")
        contest = worlds.load(w).activities.called("SP")[0]
        said = {"class": "音视频类", "title": "车间", "theme": "数智赋能", "source": "微信群转来"}
        list_row(w, ENTRIES, contest, pages_unit := called.unit("3501-X1"), said)
    row = ENTRIES.row_id(contest.id, pages_unit, said)
    shown = see(called, f"/desk/units/3501-X1/a/SP/entries/of/{row}", "dora")
    offered = re.findall(r'<option value="([^"]*)"', shown.partition('id="f-of-source"')[2].partition("</select>")[0])
    assert offered == ["", "APP 天工数藏", "邮件", "省推荐", "微信群转来"]
    assert '<option value="微信群转来" selected>' in shown
    assert 'id="f-of-source" name="of-source" type="text"' in see(called, f"{DESK}/entries/new", "dora").replace("\n", " ")
    with called.store.reading() as r:
        (one,) = entries_in(r, worlds.load(r), contest)
    assert [(each.level, each.found) for each in one.findings if each.rule == "source"] == [("warn", "微信群转来")]


def test_what_is_shown_stands_in_the_gallery_and_what_is_revoked_leaves_it_the_same_second(called):
    text = see(called, f"{OFFICE}/")
    first = works(called)["守夜<b>"].id
    assert "还没有展播的作品" in see(called, "/a/ZP/gallery", "nobody")
    send(called, f"{OFFICE}/", client_id=hidden(text, "client_id"), entry=first, doing="展播", outlet="微信")
    shown = see(called, "/a/ZP/gallery", "nobody")
    assert "守夜&lt;b&gt;" in shown
    assert "展播平台：微信" in shown
    revoked = send(called, f"{OFFICE}/", client_id="r", entry=first, doing="revoke", reach="展播", reason="画面取自他人")
    assert "守夜" not in see(called, "/a/ZP/gallery", "nobody")
    assert "撤销展播资格" in see(called, f"{DESK}/entries/of/{first}", "dora") + see(called, f"{OFFICE}/")
    undone(called, revoked, "root")
    assert "守夜" in see(called, "/a/ZP/gallery", "nobody")
    assert called.browser().get("/a/camp/gallery").status_code == 404


def test_the_host_takes_a_late_batch_on_a_page_and_that_is_taken_back_in_one_press(called):
    late = "/office/a/ZP/late"
    assert "计入下一个窗口" in see(called, late)
    assert "计入下一个窗口" in see(called, f"{DESK}/handin", "dora"), "the rule is read before it is too late"
    press = {"client_id": "a", "unit": "3501-X1", "window": "2023Q1"}
    assert "最后一个窗口以后不再收" in see(called, late)
    for more, sentence in (
        ({"reason": ""}, "原因"),
        ({"reason": "停电", "unit": "nowhere"}, "单位"),
        ({"reason": "停电", "window": "2023Q2"}, "还没有截止"),
    ):
        answer = send(called, late, **press | more)
        assert (answer.status_code, sentence in answer.text) == (422, True), answer.text
    done = send(called, late, **press, reason="停电两天")
    assert "停电两天" in see(called, told_at(done))
    assert "主办单位同意补报2023年第一季度：停电两天" in see(called, f"{DESK}/handin", "dora")
    undone(called, done, "root")
    assert "停电两天" not in see(called, f"{DESK}/handin", "dora")
    assert send(called, late, "city", **press, reason="停电").status_code == 403


def judged(pages: Pages, told: object, **more: str) -> str:
    said = told if isinstance(told, str) else json.dumps(told)
    return pages.browser("dora").post(f"{DESK}/check", data={"probe": said} | more, headers=OWN).text


def test_what_a_browser_found_of_a_file_is_judged_and_nothing_is_kept(called):
    assert "报送前体检" in see(called, f"{DESK}/check", "dora")
    with called.store.reading() as r:
        before = r.value("select count(*) from facts")
    film = {"name": "片<b>.mp4", "bytes": 2 * 2**31, "container": "MP4", "brand": "isom", "codec": "h264", "ms": 900_061,
            "width": 1920, "height": 1080, "rotation": 0, "coded_short": 1080, "coded_long": 1920, "has_sound": True}  # fmt: skip
    text = judged(called, film)
    assert "片&lt;b&gt;.mp4" in text
    assert "长了 0.061 秒，请剪短后重新导出。" in text
    assert "不合格" not in judged(called, film | {"ms": 900_060})
    picture = {"name": "a.jpg", "bytes": 1_200_000, "container": "JPG", "width": 2000, "height": 1500}
    assert "不合格" not in judged(called, picture)
    assert "认不出是什么文件" in judged(called, {"name": "a.bin", "bytes": 5, "container": "<script>"})
    assert "不合格" in judged(called, picture, **{"class": "音视频类"})
    for nonsense in ("", "[]", '{"name": 7}', "x" * 9000):
        assert called.browser("dora").post(f"{DESK}/check", data={"probe": nonsense}, headers=OWN).status_code == 422
    assert "不合格" in judged(called, {"name": "x.mp4", "bytes": -1, "container": "MP4", "ms": True, "trouble": "\u0000"})
    with called.store.reading() as r:
        assert r.value("select count(*) from facts") == before


def test_no_page_shows_the_works_of_another_place(called):
    assert called.browser("farid").get(f"{DESK}/handin").status_code == 404
    assert "守夜" not in called.browser("elias").get(f"{OFFICE}/").text


def test_the_host_imports_votes_in_the_browser_and_a_count_nobody_read_is_no_nought(called):
    shortlisted = re.findall(r'name="entry" value="([0-9a-f]+)"', see(called, f"{OFFICE}/"))
    send(called, f"{OFFICE}/", client_id="s", entry=shortlisted, doing="入围")
    shown = see(called, f"{OFFICE}/votes")
    assert IMPORT in shown
    assert '<td class="n">0</td>' not in shown
    rows = "作品名称,票数,剔除票数,剔除原因\n演练,4200,800,刷票\n没有这件,5,,\n"
    sheet: dict[str, Any] = {"file": (rows.encode(), "票.csv")}
    assert send(called, IMPORT, client_id="v", **sheet).status_code == 422  # a count has a time
    text = found(called, IMPORT, client_id="v", read_at="2023-06-01 18:00", **sheet)
    assert "没有这件作品" in text
    kept = {name: hidden(text, name) for name in ("kept", "name", "read_at", "digest", "client_id") if f'name="{name}"' in text}
    done = send(called, f"{IMPORT}/commit", **kept)
    assert done.status_code == 303, done.text
    counted = see(called, f"{OFFICE}/votes")
    assert "4,200" in counted
    assert "刷票 800" in counted


def test_whoever_looks_at_the_activity_finds_its_gallery(called):
    assert "/a/ZP/gallery" in see(called, "/a/ZP/", "nobody")


def test_a_work_that_a_file_of_votes_no_longer_names_keeps_its_count_and_is_told_of(called, tmp_path):
    """Build 000, section 4: a vote file with fewer works than the last is listed, nothing is zeroed."""
    both = list(works(called).values())
    with called.store.writing() as w:
        stage_entries(w, [each.row for each in both], "入围")

    def counted(name: str, *rows: str) -> FileImported:
        (tmp_path / name).write_text("\n".join(("作品名称,票数,读取时间", *rows)), "utf-8")
        return import_file(called.store, "votes", tmp_path / name, Options())

    assert counted("a.csv", "守夜<b>,5000,2024-02-01 10:00", "演练,300,2024-02-01 10:00").counts.notes == []
    told = counted("b.csv", "守夜<b>,5100,2024-02-08 10:00").counts
    assert (told.changed + told.new, told.rejected) == (1, 0)
    (note,) = told.notes
    assert (note.reason, note.value) == ("missing_row", "演练")
    assert "仍按 2024-02-01 10:00 的 300 票计" in note.sentence
    with called.store.reading() as r:
        world = worlds.load(r)
        voted = votes_of(r, world, world.activities.called("ZP")[0])
    assert [(each.entry.title, each.votes) for each in voted] == [("守夜<b>", 5100), ("演练", 300)]
