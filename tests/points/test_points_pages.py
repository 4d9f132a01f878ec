"""The pages: a correspondent reports and sees why, a leader passes several after a count, the office sees who is short and why."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from tests.kit.desk_story import undone
from tests.kit.office import agree, hidden, looked, rows, see, send
from tests.points.hosted import DESK, OFFICE, item


def zipped(**files: str | bytes) -> tuple[bytes, str]:
    """A packed file of these, as it is sent."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name.replace("_", "."), content)
    return data.getvalue(), "稿件.zip"


def _sealed() -> tuple[bytes, str]:
    """A packed file with a password, as its flags say it in both places."""
    data, name = zipped(a_txt="正文")
    at = data.index(b"PK\x01\x02") + 8
    return data[:6] + bytes([data[6] | 1]) + data[7:at] + bytes([data[at] | 1]) + data[at + 1 :], name


SEALED = _sealed()


def test_a_unit_sees_on_its_first_page_what_it_owes_and_what_waits_for_its_leaders(hosted):
    todo = see(hosted, "/desk/units/WJ-BK-01", "dora").split('id="todo"')[1].split("</section>")[0]
    tasks = dict(re.findall(r'<span class="n">(\d+)</span>\s*<span><span class="what">([^<]*)', todo))
    assert {words: int(count) for count, words in tasks.items()} == {"篇稿件还要报送": 2, "篇稿件等本单位审": 4}
    assert "舆情 1/3" in todo
    assert f'href="{DESK}/week"' in todo
    assert f'href="{DESK}/passing"' in todo
    assert "报送时间 2023-06-06 10:00；" in see(hosted, "/desk/units/WJ-BK-01", "dora"), "acts are told in the time of the place"


def test_a_correspondent_sees_the_week_and_reports(hosted):
    text = see(hosted, f"{DESK}/week", "dora")
    assert "工作动态 1/1" in text
    assert "舆情 1/3" in text
    assert "还差 2，2023-06-11 24:00（含6月11日全天） 止" in text
    answer = send(hosted, f"{DESK}/items/new", "dora", sort="舆情", title="又一条舆情", event_on="2023-06-09", sent_at="",
                  characters="", section="", file=zipped(a_txt="正文"))  # fmt: skip
    assert answer.status_code == 303
    assert "已报送。在时限以内，计 1 分。" in see(hosted, answer.location, "dora")
    assert "舆情 2/3" in see(hosted, f"{DESK}/week", "dora")
    undone(hosted, answer, "dora")
    assert "舆情 1/3" in see(hosted, f"{DESK}/week", "dora")


def test_what_is_late_is_said_at_once(hosted):
    answer = send(hosted, f"{DESK}/items/new", "dora", sort="工作动态", title="晚了", event_on="2023-06-01", sent_at="", characters="",
                  section="", file=zipped(a_txt="正文"))  # fmt: skip
    assert "最迟 2023-06-03，已超过时限，不计报送分，仍计入任务。" in see(hosted, answer.location, "dora")


def test_an_article_is_counted_by_three_rules(hosted):
    document = io.BytesIO()
    with zipfile.ZipFile(document, "w") as packed:
        packed.writestr("word/document.xml", "<w:document><w:p><w:t>" + "安" * 790 + "，" * 9 + "</w:t></w:p></w:document>")
    answer = send(hosted, f"{DESK}/items/new", "dora", sort="综合性原创文章", title="短文", event_on="", sent_at="", characters="",
                  section="", file=zipped(a_docx=document.getvalue()))  # fmt: skip
    text = see(hosted, answer.location, "dora")
    assert "字数不够，不计入任务。" in text
    assert re.search(r"汉字 790 · <strong>汉字和标点 799</strong> · WPS 字数 799", text)
    assert "字数不够" in text


@pytest.mark.parametrize(
    ("sent", "told"),
    [((b"plain text", "a.txt"), "不是 zip 压缩文件"), (zipped(), "什么都没有"), (zipped(**{"../x": "出去"}), "指到压缩包外面"),
     (zipped(a_txt="\0" * 9_000_000), "解开以后太大"), ((b"PK\x03\x04 broken", "a.zip"), "不是 zip 压缩文件"),
     (zipped(a_docx=b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 sealed"), "附件里的“a.docx”设了密码，或不是 docx 格式"), (SEALED, "附件设了密码，打不开")],
)  # fmt: skip
def test_what_is_no_packed_file_is_refused_by_name(hosted, sent, told):
    answer = send(
        hosted, f"{DESK}/items/new", "dora", sort="约稿", title="稿", event_on="", sent_at="", characters="", section="", file=sent
    )
    assert answer.status_code == 422
    assert told in answer.text
    assert 'value="稿"' in answer.text


def test_without_a_file_nothing_is_reported(hosted):
    answer = send(hosted, f"{DESK}/items/new", "dora", sort="约稿", title="稿", event_on="", sent_at="", characters="", section="")
    assert (answer.status_code, "不能只写正文" in answer.text) == (422, True)


def test_every_point_of_an_item_opens(hosted):
    text = see(hosted, f"{DESK}/items/{hosted.ids['网格员的一天']}", "dora")
    assert "被人民日报（一类）录用，计 15 分。" in text
    assert "不再计报送分" in text
    answer = send(hosted, f"{DESK}/items/{hosted.ids['网格员的一天']}/adopt", "dora", outlet="常州日报", on="2023-06-03", link="")
    assert "常州日报也录用了；一篇被几家录用的，按最高的一类计一次。" in see(hosted, answer.location, "dora")
    undone(hosted, answer, "dora")
    assert "常州日报也录用了" not in see(hosted, f"{DESK}/items/{hosted.ids['网格员的一天']}", "dora")


def test_another_units_item_is_nobodys_here(hosted):
    other = hosted.ids["守好水边最后一米"]
    assert hosted.browser("dora").get(f"{DESK}/items/{other}").status_code == 404
    assert hosted.browser("farid").get(f"{DESK}/week").status_code == 404
    assert hosted.browser("elias").get(f"{DESK}/items/new").status_code == 403


def test_several_are_passed_after_a_count_and_taken_back_in_one_press(hosted):
    text = see(hosted, f"{DESK}/passing", "dora")
    ticked = re.findall(r'name="item" value="([^"]+)"', text)
    assert len(ticked) == 4
    answer = looked(hosted, f"{DESK}/passing", "dora", stage="1", answer="pass", reason="", item=ticked[:3])
    assert "已通过 3 篇。" in see(hosted, answer.location, "dora")
    assert "分管领导 3" in see(hosted, f"{DESK}/passing", "dora")
    undone(hosted, answer, "dora")
    assert "部门负责人 4" in see(hosted, f"{DESK}/passing", "dora")


def test_the_last_stage_is_the_hosts_own(hosted):
    for stage in ("1", "2"):
        looked(hosted, f"{DESK}/passing", "dora", stage=stage, answer="pass", reason="", all="1")
    assert "这一级由主办单位审" in see(hosted, f"{DESK}/passing?stage=3", "dora")
    key = hosted.ids["网格员的一天"]
    refused = send(hosted, f"{DESK}/passing", "dora", stage="3", answer="pass", reason="", item=[key])
    assert (refused.status_code, item(hosted, "网格员的一天").stage) == (403, 2)
    assert "待人事教育科审 4 篇" in see(hosted, "/office/a/xc/passing", "city")
    answer = looked(hosted, "/office/a/xc/passing", "city", answer="pass", reason="", item=[key])
    assert item(hosted, "网格员的一天").state == "passed"
    undone(hosted, answer, "city")
    looked(hosted, "/office/a/xc/passing", "city", answer="back", reason="请补照片", all="1")
    assert {item(hosted, each).state for each in ("网格员的一天", "开展燃气安全检查")} == {"returned"}


def test_what_is_returned_says_why(hosted):
    key = hosted.ids["网格员的一天"]
    refused = send(hosted, f"{DESK}/passing", "dora", stage="1", answer="back", reason="", item=[key])
    assert (refused.status_code, "请填写这一项" in refused.text) == (422, True)
    looked(hosted, f"{DESK}/passing", "dora", stage="1", answer="back", reason="请补照片", item=[key])
    text = see(hosted, f"{DESK}/items/{key}", "dora")
    assert "请补照片" in text
    assert "2023-06-10 09:00 · dora" in text
    assert "被退回" in see(hosted, f"{DESK}/week", "dora")


def corrected(pages, item_: str, **fields: object):
    """Sends the form that corrects an item as it was shown, but for these fields."""
    told = item(pages, item_)
    shown = hidden(see(pages, f"{DESK}/items/{told.item}/correct", "dora"), "shown")
    form = {
        "shown": shown,
        "sort": told.sort,
        "title": told.title,
        "event_on": told.event_on,
        "sent_at": told.sent_words,
        "characters": "",
        "section": told.section,
    }
    return send(pages, f"{DESK}/items/{told.item}/correct", "dora", **(form | fields))


def test_a_returned_item_is_corrected_and_waits_again(hosted):
    key = hosted.ids["网格员的一天"]
    looked(hosted, f"{DESK}/passing", "dora", stage="1", answer="back", reason="请改标题", item=[key])
    assert f"/items/{key}/correct" in see(hosted, f"{DESK}/items/{key}", "dora")
    answer = corrected(hosted, "网格员的一天", title="网格员的一夜")
    assert (item(hosted, "网格员的一天").title, item(hosted, "网格员的一天").state) == ("网格员的一夜", "waiting")
    undone(hosted, answer, "dora")
    assert (item(hosted, "网格员的一天").title, item(hosted, "网格员的一天").state) == ("网格员的一天", "returned")
    assert "没有改动" in see(hosted, corrected(hosted, "网格员的一天").location, "dora")


def test_a_corrected_day_decides_whether_an_item_is_late(hosted):
    assert item(hosted, "迟报的一条动态").points == 0
    answer = corrected(hosted, "迟报的一条动态", event_on="2023-05-28")
    assert "在时限以内，计 1 分。" in see(hosted, answer.location, "dora")
    refused = corrected(hosted, "迟报的一条动态", event_on="2023-06-28")
    assert (refused.status_code, "以后" in refused.text) == (422, True)


def test_a_sheet_of_before_does_not_bring_a_corrected_title_back(hosted):
    corrected(hosted, "某小区停电的讨论", title="某小区停水的讨论")
    send(hosted, f"{DESK}/items/new", "dora", sort="舆情", title="某小区停电的讨论", event_on="2023-06-05", sent_at="2023-06-06 10:00",
         characters="", section="IN急资讯", file=zipped(a_txt="正文"))  # fmt: skip
    assert item(hosted, "某小区停电的讨论").title == "某小区停水的讨论"


def test_an_item_is_withdrawn_with_all_said_of_it(hosted):
    key = hosted.ids["网格员的一天"]
    looked(hosted, f"{DESK}/passing", "dora", stage="1", answer="pass", reason="", item=[key])
    text = see(hosted, f"{DESK}/items/{key}/withdraw", "dora")
    assert "不能恢复" in text
    answer = agree(hosted, f"{DESK}/items/{key}/withdraw", "dora", reason="报错了")
    assert "已撤回一篇稿件。" in see(hosted, answer.location, "dora")
    assert hosted.browser("dora").get(f"{DESK}/items/{key}").status_code == 404
    assert send(hosted, f"{DESK}/items/{key}/withdraw", "dora", reason="报错了").status_code == 404
    send(hosted, f"{DESK}/items/new", "dora", sort="综合性原创文章", title="网格员的一天", event_on="", sent_at="2023-06-01 10:00",
         characters="900", section="", file=zipped(a_txt="正文" * 450))  # fmt: skip
    assert (item(hosted, "网格员的一天").points, item(hosted, "网格员的一天").stage) == (2, 0)


def test_an_item_of_another_year_promises_no_point(hosted):
    hosted.clock.move(days=365)
    answer = send(hosted, f"{DESK}/items/new", "dora", sort="约稿", title="明年的", event_on="", sent_at="", characters="", section="",
                  file=zipped(a_txt="正文"))  # fmt: skip
    text = see(hosted, answer.location, "dora")
    assert "不在2023年，这一年的统计表不计它。" in text
    assert "计 2 分。" not in text.partition("<h1")[0]


def test_the_office_sees_who_is_short_with_text_to_paste(hosted):
    text = see(hosted, f"{OFFICE}/short", "city")
    found = {row[0]: row[1] for row in rows(text)}
    assert len(found) == 23
    assert found["礼嘉镇"].replace(" ，", "，").replace("， ", "，") == "工作动态 0/1，舆情 0/3"
    assert "信息报送还差：" in text


def test_a_week_that_goes_on_is_not_called_fulfilled(hosted):
    text = see(hosted, f"{OFFICE}/short?period=2023-W23", "city")
    assert "信息报送还没有到期，目前还差：" in text
    assert "都已完成" not in text
    assert len(rows(text)) == 23


def test_what_is_short_in_a_month_says_of_which_week(hosted):
    text = see(hosted, f"{OFFICE}/short?period=2023-05", "city")
    assert "礼嘉镇：第18周工作动态 0/1，还差 1，" in text


def test_who_looks_after_the_year_sees_its_last_week_and_not_that_all_is_done(hosted):
    hosted.clock.move(days=365)
    text = see(hosted, f"{OFFICE}/short", "city")
    assert "2023年12月25日至12月31日（第52周）" in text
    assert len(rows(text)) == 23
    assert "都已完成" not in text
    assert "2024年1月1日至1月7日（第1周）没有任务。" in see(hosted, f"{OFFICE}/short?period=2024-W01", "city")
    week = see(hosted, f"{DESK}/week", "dora")
    assert "2023年12月25日至12月31日（第52周）" in week
    assert "后一周" not in week


def test_an_earlier_week_is_a_press_away(hosted):
    week = see(hosted, f"{DESK}/week", "dora")
    assert "period=2023-W22" in week
    earlier = see(hosted, f"{DESK}/week?period=2023-W22", "dora")
    assert "工作动态 1/1" in earlier
    assert "舆情 0/3" in earlier


def test_every_cell_of_the_table_opens_the_items_that_add_up_to_it(hosted):
    text = see(hosted, f"{OFFICE}/table", "city")
    row = next(each for each in rows(text) if each[0] == "雪堰镇")
    assert row[1:9] == ["2", "0", "1", "0", "0", "0", "0", "17"]
    cells = re.findall(r'href="([^"]+column=[^"]+)"', text)
    assert cells
    for cell in cells:
        path = cell.replace("&amp;", "&")
        assert rows(see(hosted, path, "city")), path
    assert hosted.browser("city").get(f"{OFFICE}/table.xlsx").status_code == 200
    assert hosted.browser("city").get(f"{OFFICE}/table.pdf?group=科室大队").status_code == 200


def test_an_outlet_is_classed_and_an_adoption_settled(hosted):
    text = see(hosted, f"{OFFICE}/adoptions", "city")
    assert "武进日报" in text
    answer = send(hosted, f"{OFFICE}/adoptions/class", "city", outlet="武进日报", **{"class": "3"}, from_on="2023-06-01")
    assert "录用过的媒体都已归类" in see(hosted, answer.location, "city")
    assert item(hosted, "守好水边最后一米").points == 10
    undone(hosted, answer, "city")
    assert item(hosted, "守好水边最后一米").points == 2
    fact = re.findall(r'name="adoption" value="([^"]+)"', see(hosted, f"{OFFICE}/adoptions", "city"))
    of = re.findall(r'name="of" value="([^"]+)"', see(hosted, f"{OFFICE}/adoptions", "city"))
    key = hosted.ids["网格员的一天"]
    adoption = next(each for each, item_ in zip(fact, of, strict=True) if item_ == key)
    answer = send(hosted, f"{OFFICE}/adoptions/settle", "city", answer="refused", of=key, adoption=adoption, reason="没有刊出")
    assert item(hosted, "网格员的一天").points == 2
    undone(hosted, answer, "city")
    assert item(hosted, "网格员的一天").points == 15


def test_only_the_host_decides(hosted):
    assert hosted.browser("dora").get(f"{OFFICE}/table").status_code == 403
    assert send(hosted, f"{OFFICE}/adoptions/class", "dora", outlet="x", **{"class": "3"}, from_on="2023-06-01").status_code == 403


def test_each_open_point_is_tried_without_changing_anything(hosted):
    text = see(hosted, "/office/a/xc/decisions/?key=points.adopted_in&value=adoption", "city")
    assert "没有单位的积分、名次或赋分会变" in text
    text = see(hosted, "/office/a/xc/decisions/?key=timeliness.sorts&value=urgent", "city")
    assert rows(text)[0][:4] == ["雪堰镇", "17", "18", "+1"]
    assert item(hosted, "迟报的一条动态").points == 0
    assert "要在规定时间2天内报送" in text
    text = see(hosted, "/office/a/xc/decisions/?key=points.grades&value=1=10、2-13=8", "city")
    assert (rows(text)[0][0], rows(text)[0][-1], len(rows(text))) == ("雪堰镇", "— → 10", 23)
    assert "名次=赋分" in see(hosted, "/office/a/xc/decisions/?key=points.grades&value=乱写", "city")


def test_a_bulletin_is_looked_at_frozen_and_amended(hosted):
    office = "/office/a/xc/bulletins"
    assert "2023年第一季度" in see(hosted, f"{office}/", "city")
    answer = agree(hosted, f"{office}/freeze", "city", period="2023Q1", group="板块")
    text = see(hosted, answer.location, "city")
    assert "第 1 号通报" in text
    assert "一致" in text
    assert "没有需要更正的" in see(hosted, f"{office}/1/amend", "city")
    send(hosted, f"{DESK}/items/new", "dora", sort="约稿", title="迟到的约稿", event_on="", sent_at="2023-03-31 10:00", characters="",
         section="", file=zipped(a_txt="正文"))  # fmt: skip
    assert "定稿以后有" in see(hosted, f"{office}/1", "city")
    assert "不要写姓名、电话" in see(hosted, f"{office}/1/amend", "city")
    answer = agree(hosted, f"{office}/1/amend", "city", reason="补报一篇")
    text = see(hosted, answer.location, "city")
    assert "第 1 次更正" in text
    assert "雪堰镇 2 分" in text
    assert hosted.browser("city").get(f"{office}/1.xlsx").status_code == 200
    desk = f"{DESK}/bulletins"
    own = next(row for row in rows(see(hosted, f"{desk}/", "dora")))
    assert own == ["第 1 号", "2023年第一季度", "板块", "2", "1", "1"]
    text = see(hosted, f"{desk}/1", "dora")
    marked = [row[0] for row in rows(text) if "本单位" in row[0]]
    assert len(marked) == 1
    assert marked[0].startswith("雪堰镇")
    assert "雪堰镇 2 分" in text
    assert "更正第" not in text, "the host alone amends"
    for ending in ("xlsx", "pdf"):
        assert hosted.browser("dora").get(f"{desk}/1.{ending}").status_code == 200
    assert hosted.browser("dora").get(f"{desk}/2").status_code == 404


def test_the_roster_is_handed_out_unit_by_unit(hosted):
    assert len(rows(see(hosted, "/office/a/xc/roster/", "city"))) == 23
    assert hosted.browser("city").get("/office/a/xc/roster/WJ-BK-01.xlsx").status_code == 200
