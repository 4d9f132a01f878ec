"""What is put right and decided on pages: an item's mistakes, its tags, bonuses and excuses; each is taken back in one press."""

from __future__ import annotations

import re

from campmgr.areas.points.queries.standings import bonus_lines, excuse_lines
from campmgr.facts import world as worlds
from tests.kit.desk_story import undone
from tests.kit.office import hidden, looked, rows, see, send
from tests.points.hosted import DESK, OFFICE, item

STANDINGS = "/office/a/xc/standings"


def _correct(hosted, which: str, **typed: object):
    path = f"{DESK}/items/{hosted.ids[which]}/correct"
    kept = {"characters": "", "sent_at": "", "section": "", "author": "", "shown": hidden(see(hosted, path, "dora"), "shown")}
    return send(hosted, path, "dora", **kept | typed)


def _standing(hosted, ask):
    with hosted.store.reading() as r:
        return ask(r, next(each for each in worlds.load(r).activities.values() if each.code == "xc"))


def test_a_wrong_day_is_put_right_on_the_page_and_taken_back(hosted):
    late = "迟报的一条动态"
    text = see(hosted, f"{DESK}/items/{hosted.ids[late]}/correct", "dora")
    assert 'value="2023-05-20"' in text
    answer = _correct(hosted, late, sort="工作动态", title=late, event_on="2023-05-28", tags=["五进", "安全生产月"])
    assert answer.status_code == 303, answer.text
    text = see(hosted, answer.location, "dora")
    assert "五进、安全生产月" in text
    line = item(hosted, late)
    assert (line.event_on, line.late, line.points, line.tags) == ("2023-05-28", False, 1, ("五进", "安全生产月"))
    assert line.sent_at == "2023-05-29T02:00:00Z"
    undone(hosted, answer, "dora")
    line = item(hosted, late)
    assert (line.event_on, line.late, line.points, line.tags) == ("2023-05-20", True, 0, ())


def test_nothing_changed_says_nothing(hosted):
    answer = _correct(hosted, "某小区停电的讨论", sort="舆情", title="某小区停电的讨论", event_on="2023-06-05", section="IN急资讯")
    assert "没有改动。" in see(hosted, answer.location, "dora")


def test_what_was_changed_meanwhile_is_shown_first(hosted):
    title = "开展燃气安全检查"
    answer = _correct(hosted, title, sort="工作动态", title="别的标题", event_on="2023-06-05", shown="0" * 16)
    assert answer.status_code == 409
    assert item(hosted, title).title == title


def test_an_item_is_not_turned_into_another(hosted):
    answer = _correct(
        hosted, "迟报的一条动态", sort="工作动态", title="开展燃气安全检查", event_on="2023-06-05", sent_at="2023-06-06 08:00"
    )
    assert (answer.status_code, "已有同一类型、同一天、同一标题的稿件" in answer.text) == (422, True)


def test_a_wrong_correction_stands_beside_its_field(hosted):
    answer = _correct(hosted, "迟报的一条动态", sort="工作动态", title="迟报的一条动态", event_on="2023-06-09")
    assert (answer.status_code, "事件日期（2023-06-09）在报送（2023-05-29）以后" in answer.text) == (422, True)


def test_a_bonus_is_given_cancelled_and_taken_back(hosted):
    wrong = send(hosted, f"{STANDINGS}/bonus", "city", bonus_unit="WJ-BK-01", bonus="很多", bonus_reason="表扬")
    assert (wrong.status_code, "最多一位小数" in wrong.text) == (422, True)
    send(hosted, f"{STANDINGS}/bonus", "city", bonus_unit="WJ-BK-01", bonus="2.5", bonus_reason="年度表扬")
    assert [(each.words, each.ground) for each in _standing(hosted, bonus_lines)] == [("2.5", "")]
    answer = send(hosted, f"{STANDINGS}/cancel", "city", cancel_unit="WJ-BK-01", ground="处置不力", cancel_reason="没有及时回应")
    text = see(hosted, answer.location, "city")
    assert "<s>2.5</s>" in text
    assert "处置不力：没有及时回应" in text
    undone(hosted, answer, "city")
    assert [each.ground for each in _standing(hosted, bonus_lines)] == [""]


def test_a_unit_is_excused_from_a_week_and_not(hosted):
    asked = {"excuse_unit": "WJ-KS-01", "period": "2023-W22", "excuse_reason": "新设单位"}
    answer = send(hosted, f"{STANDINGS}/excuse", "city", **asked)
    assert "新设单位" in see(hosted, answer.location, "city")
    assert "办公室" not in see(hosted, f"{OFFICE}/short?period=2023-W22", "city").split("贴到")[0]
    undone(hosted, answer, "city")
    assert not _standing(hosted, excuse_lines)
    assert "办公室" in see(hosted, f"{OFFICE}/short?period=2023-W22", "city").split("贴到")[0]


def test_units_decide_nothing_of_this(hosted):
    assert hosted.browser("dora").get(f"{STANDINGS}/").status_code == 403
    asked = {"bonus_unit": "WJ-BK-01", "bonus": "5", "bonus_reason": "x"}
    assert send(hosted, f"{STANDINGS}/bonus", "dora", **asked).status_code == 403


def test_what_was_recorded_last_says_of_which_item(hosted):
    looked(hosted, f"{DESK}/passing", "dora", stage="1", answer="pass", reason="", item=[hosted.ids["网格员的一天"]])
    part = see(hosted, DESK.partition("/a/")[0], "dora").partition('id="recent"')[2].partition("</section>")[0]
    lines = [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", each)) for each in re.findall(r"<li>(.*?)</li>", part, re.DOTALL)]
    assert "“网格员的一天”" in lines[0]
    assert len(set(lines)) == len(lines)


def test_the_table_tells_of_unclassed_outlets_of_its_own_period(hosted):
    assert "1 次录用的媒体还没有归类" in see(hosted, f"{OFFICE}/table?period=2023Q2", "city")
    assert "还没有归类，暂不计分" not in see(hosted, f"{OFFICE}/table?period=2023Q1", "city")
    assert "还没有归类" in see(hosted, f"{OFFICE}/table", "city")


def test_what_was_reported_of_the_plan_and_of_each_section_opens_its_items(hosted):
    _correct(hosted, "迟报的一条动态", sort="工作动态", title="迟报的一条动态", event_on="2023-05-20", tags=["五进", "安全生产月"])
    text = see(hosted, "/office/a/xc/coverage/", "city")
    told = {row[0].removesuffix(" 还没有"): row[1:] for row in rows(text)}
    assert told["五进"] == ["1", "1", "0", "0"]
    assert told["安全生产月"] == ["1", "1", "0", "0"]
    assert told["消防宣传周"] == ["0", "0", "0", "0"]
    assert told["IN急资讯"] == ["5", "3", "2", "21"]
    link = next(each for each in re.findall(r'href="([^"]+coverage[^"]*|[^"]+tag=[^"]+)"', text) if "tag=" in each)
    assert [row[0].split(" ")[0] for row in rows(see(hosted, link.replace("&amp;", "&"), "city"))] == ["迟报的一条动态"]
    assert "还没有" not in str(rows(see(hosted, f"{OFFICE}/items?section=IN急资讯", "city")))
    assert hosted.browser("city").get("/office/a/xc/coverage/?period=2023Q1").status_code == 200
