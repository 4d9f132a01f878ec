"""A list is put up, objected to, amended, and comes down: the office's pages and the one for everyone."""

from __future__ import annotations

import re

import pytest
from flask import g

from tests.kit.office import agree, hidden, import_csv, looked, rows, see, send, tasks, told_before

HEAD = "作品链接,标题,作者,单位,点赞数\n"
LIKES = "".join(
    f"https://example.org/{at},{title},{name},3501-X{at},{likes}\n"
    for at, (title, name, likes) in enumerate([("一", "陈小红", 300), ("林大山教你逃生", "林大山", 200), ("三", "黄丽", 100)])
)


@pytest.fixture
def listed(pages):
    """A frozen list of three on Saturday, 10 June 2023."""
    import_csv(pages, "likes", HEAD + LIKES, read_at="2023-06-08T12:00")
    assert agree(pages, "/office/prizes/freeze", at="2023-06-09T00:00").status_code == 303
    return pages


def _put_up(pages, **typed):
    return agree(pages, "/office/prizes/1/put-up", **{"starts_on": "2023-06-10", "days": "5", "counted": "working"} | typed)


def _facts(pages) -> int:
    with pages.store.reading() as r:
        return int(r.value("select count(*) from facts"))


def _work(pages, title: str) -> str:
    with pages.store.reading() as r:
        return str(r.value("select work from works where title = :title", title=title))


def test_the_list_is_put_up_for_everyone_and_comes_down_by_itself(listed):
    everybody = listed.browser()
    assert everybody.get("/lists/1").status_code == 404
    assert _put_up(listed).location.startswith("/office/prizes/1/publicity?done=")
    page = everybody.get("/lists/1")
    assert page.status_code == 200
    assert ("陈*红" in page.text, "林*山教你逃生" in page.text, "2023-06-16（周五）" in page.text) == (True, True, True)
    assert [name for name in ("陈小红", "林大山", "黄丽") if name in page.text] == []
    for path in ("/", "/board", "/lists/"):
        assert "/lists/1" in everybody.get(path).text
    listed.clock.move(days=7)
    gone = everybody.get("/lists/1")
    assert (gone.status_code, "已按规定撤下" in gone.text, ">404<" in gone.text) == (404, True, False)
    assert "/lists/1" not in everybody.get("/board").text
    refused = listed.browser("root").get("/office/prizes/1/public.xlsx")
    assert (refused.status_code, "不再导出" in refused.text) == (409, True)
    for face in ("handout.xlsx", "archive.pdf"):
        assert listed.browser("root").get(f"/office/prizes/1/{face}").status_code == 200


def test_a_cut_off_at_midnight_is_told_with_the_day_it_includes(listed):
    steps = re.findall(r"<strong>(.*?)</strong> <small>(.*?)</small>", see(listed, "/office/prizes/1/publicity"))
    assert steps[0] == ("点赞数截止", "2023-06-08 24:00")


def test_an_objection_is_logged_answered_and_leads_to_an_amendment(listed):
    _put_up(listed)
    work, once = _work(listed, "林大山教你逃生"), hidden(see(listed, "/office/prizes/1/publicity"), "client_id")
    typed = {"on": "2023-06-10", "way": "来信", "work": work, "matter": "搬运他人作品", "client_id": once}
    shown = send(listed, "/office/prizes/1/objections", **typed).text
    assert [each in shown for each in ("第 2 名", "搬运他人作品", "不能再改，也不能删除")] == [True] * 3
    assert "异议待答复" not in see(listed, "/office/")
    for pressed in (told_before(shown), told_before(shown), typed):
        assert send(listed, "/office/prizes/1/objections", **pressed).status_code == 303
    assert tasks(see(listed, "/office/"))["条异议待答复（第 1 号名单）"][0] == 1
    assert "异议待答复" not in see(listed, "/office/", "city")
    page = see(listed, "/office/prizes/1/publicity")
    (address,) = set(re.findall(r'href="(/office/prizes/1/objections/[0-9a-f]+)"', page))
    assert send(listed, address, upheld="yes", words="").status_code == 422
    before = _facts(listed)
    shown = send(listed, address, upheld="yes", words="核实后成立").text
    assert [each in shown for each in ("搬运他人作品", "核实后成立", "答复：异议成立")] == [True] * 3
    assert _facts(listed) == before
    for _ in range(2):
        assert send(listed, address, **told_before(shown)).status_code == 303
    assert _facts(listed) == before + 1
    assert "异议待答复" not in see(listed, "/office/")
    assert "核实后成立" in see(listed, "/office/prizes/1/publicity")
    (amend,) = re.findall(r'href="(/office/prizes/1/amend/before\?[^"]+)"', see(listed, "/office/prizes/1/publicity"))
    shown = see(listed, amend.replace("&amp;", "&"))
    assert rows(shown)[0] == ["林大山 林大山教你逃生", "第 2 名，200 赞", "划去"]
    for _ in range(2):
        assert send(listed, "/office/prizes/1/amend/before", **told_before(shown), reason="异议成立").status_code == 303
    assert [row[1] for row in rows(see(listed, "/office/prizes/1"))][:3] == ["—", "陈小红", "黄丽"]
    told = see(listed, "/office/prizes/1/publicity")
    assert [told.index(each) for each in ("点赞数截止", "第 1 号更正", "异议截止", "自动撤下")] == sorted(
        told.index(each) for each in ("点赞数截止", "第 1 号更正", "异议截止", "自动撤下"))  # fmt: skip
    public = listed.browser().get("/lists/1").text
    assert ("第 1 号更正" in public, "异议成立" in public, "林大山" in public) == (True, True, False)
    assert "核对一致" in see(listed, "/office/prizes/1/verify")


@pytest.mark.parametrize(
    ("path", "typed", "says"),
    [
        ("put-up", {"starts_on": "昨天", "days": "5", "counted": "working"}, "请填日期"),
        ("put-up", {"starts_on": "2023-06-10", "days": "0", "counted": "working"}, "之间的整数"),
        ("put-up", {"starts_on": "2023-01-01", "days": "5", "counted": "working"}, "已经过去"),
        ("objections", {"on": "2023-06-10", "way": "来信", "work": "", "matter": "请打 13800001111"}, "不要写个人信息"),
        ("objections", {"on": "2023-06-11", "way": "来信", "work": "", "matter": "太早"}, "还没有到"),
        ("objections", {"on": "2023-06-10", "way": "来信", "work": "none", "matter": "没有这件"}, "没有这件作品"),
        ("amend/before", {"reason": "试", "strike": ""}, "没有变化"),
        ("amend/before", {"reason": "试", "strike": "none"}, "不在名单上"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_written(listed, path, typed, says):
    before = _facts(listed)
    answer = send(listed, f"/office/prizes/1/{path}", **typed)
    assert (answer.status_code, says in answer.text) == (422, True)
    assert _facts(listed) == before


def test_holidays_are_imported_and_shown(listed):
    table = "日期,类型\n2023-06-22,休\n2023-06-23,休\n2023-06-25,班\n".encode("gbk")
    shown, before = send(listed, "/office/calendar/", file=(table, "放假.csv")).text, _facts(listed)
    assert rows(shown) == [["2023", "6月22日 周四、6月23日 周五", "6月25日 周日", "没有"]]
    assert send(listed, "/office/calendar/take", **told_before(shown)).status_code == 303
    assert _facts(listed) == before + 1
    assert "6月22日 周四" in see(listed, "/office/calendar/")
    fewer = send(listed, "/office/calendar/", file=("日期,类型\n2023-06-22,休\n".encode(), "少.csv")).text
    assert ("年已有安排，会被这张表替换" in fewer, "请核对表是不是全的" in fewer) == (True, True)
    assert send(listed, "/office/calendar/take", **told_before(fewer)).status_code == 422  # nobody ticked that it is so
    _put_up(listed, starts_on="2023-06-19")
    assert "2023-06-26" in see(listed, "/office/prizes/1/publicity")
    refused = send(listed, "/office/calendar/", file=("姓名\n甲\n".encode(), "名单.csv"))
    assert (refused.status_code, "日期" in refused.text) == (422, True)


def test_a_year_that_the_program_brings_is_looked_at_and_taken(listed):
    assert 'name="known" value="2023"' in see(listed, "/office/calendar/")
    before = _facts(listed)
    shown = send(listed, "/office/calendar/", known="2023").text
    assert (_facts(listed), rows(shown)[0][0], "1月21日 周六" in shown) == (before, "2023", True)
    assert send(listed, "/office/calendar/take", **told_before(shown)).status_code == 303
    page = see(listed, "/office/calendar/")
    assert ("国务院办公厅关于2023年" in page, 'name="known" value="2023"' in page) == (True, False)
    _put_up(listed, starts_on="2023-06-19")
    assert "2023-06-26" in see(listed, "/office/prizes/1/publicity")
    for nothing in ("2019", "二〇二三"):
        assert send(listed, "/office/calendar/", known=nothing).status_code == 422


def test_a_part_of_the_works_is_frozen_from_the_page(listed):
    assert agree(listed, "/office/prizes/freeze", at="2023-06-09T00:00", unit="3501-X1 演练小学1").status_code == 303
    assert [row[1] for row in rows(see(listed, "/office/prizes/2")) if len(row) == 6] == ["林大山"]
    wrong = listed.browser("root").get("/office/prizes/freeze?at=2023-06-09T00:00&unit=没有")
    assert (wrong.status_code, "没有" in wrong.text) == (422, True)


@pytest.mark.parametrize(
    "path",
    [
        "/office/prizes/1",
        "/office/prizes/1/publicity",
        "/office/prizes/1/amend",
        "/lists/1",
        "/lists/",
        "/office/prizes/1/put-up?starts_on=2023-06-12&days=3&counted=calendar",
        "/office/prizes/1/take-down",
    ],
)
def test_three_rows_ask_as_many_queries_as_one(pages, path):
    few = []
    for count in (1, 3):
        import_csv(pages, "likes", HEAD + "".join(LIKES.splitlines(keepends=True)[:count]), read_at=f"2023-06-08T12:0{count}")
        assert agree(pages, "/office/prizes/freeze", at="2023-06-09T00:00").status_code == 303
        path = path.replace("/1", f"/{count // 2 + 1}")
        number = count // 2 + 1
        at = {"starts_on": "2023-06-10", "days": "5", "counted": "working"}
        assert agree(pages, f"/office/prizes/{number}/put-up", **at).status_code == 303
        for each in range(count):
            matter = {"on": "2023-06-10", "way": "电话", "work": "", "matter": f"第{each}条"}
            assert looked(pages, f"/office/prizes/{number}/objections", **matter).status_code == 303
        few.append(_queries(pages, path))
    assert few[0] == few[1]
    assert 0 < few[0] <= (40 if "put-up" in path else 24)


def _queries(pages, path: str) -> int:
    browser = pages.browser("root")
    browser.get(path)
    with browser:
        assert browser.get(path).status_code == 200
        return int(g.queries)


def test_what_changed_since_a_page_before_an_act_was_looked_at_is_shown_first(listed):
    at = "/office/prizes/1/put-up?starts_on=2023-06-10&days=5&counted=working"
    looked_at = told_before(see(listed, at))
    table = "日期,类型\n2023-06-13,休\n".encode()
    assert looked(listed, "/office/calendar/", file=(table, "放假.csv")).status_code == 303
    said = _facts(listed)
    again = send(listed, "/office/prizes/1/put-up", sure="1", **looked_at)
    assert (again.status_code, "有了变化" in again.text, "2023-06-19" in again.text) == (409, True, True)
    assert _facts(listed) == said
    assert send(listed, "/office/prizes/1/put-up", sure="1", **told_before(again.text)).status_code == 303
    down = told_before(see(listed, "/office/prizes/1/take-down"))
    looked(listed, "/office/prizes/1/objections", on="2023-06-10", way="来信", work="", matter="有误")
    assert send(listed, "/office/prizes/1/take-down", sure="1", reason="试", **down).status_code == 409
    assert "公示中" in see(listed, "/office/prizes/1/publicity")
    down = told_before(see(listed, "/office/prizes/1/take-down"))
    for _ in range(2):
        assert send(listed, "/office/prizes/1/take-down", sure="1", reason="改后重来", **down).status_code == 303
    told = see(listed, "/office/prizes/1/publicity")
    assert ("已撤下" in told, "原定展示到" in told, "自动撤下" in told) == (True, True, False)
    gone = listed.browser().get("/lists/1")
    assert (gone.status_code, "已于 2023-06-10 提前撤下" in gone.text, ">404<" in gone.text) == (404, True, False)
    refused = listed.browser("root").get("/office/prizes/1/take-down")
    assert (refused.status_code, "没有公示" in refused.text) == (409, True)


def test_a_reason_that_everybody_reads_holds_no_name_and_no_number(listed):
    work = _work(listed, "三")
    for reason in ("黄丽本人要求", "请打 13800001111"):
        answer = agree(listed, "/office/prizes/1/amend/before", reason=reason, strike=work)
        assert (answer.status_code, 'id="e-reason"' in answer.text) == (422, True)
    assert "第 1 号更正" not in see(listed, "/office/prizes/1")
    unknown = listed.browser("root").get(f"/office/prizes/1/amend/before?strike={work}&objection=none")
    assert (unknown.status_code, 'id="e-objection"' in unknown.text) == (422, True)
