"""The pages of packs and awards: a note, the list looked at and frozen, a gold taken back, put up, objected to, receipts."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from campmgr.areas.activities.actions import amend
from tests.judging.panel import Panel, seated
from tests.kit.desk_story import undone
from tests.kit.office import agree, found, hidden, see, send
from tests.kit.pages import Pages

AWARDS = "/office/a/sp/awards"
ONE = f"{AWARDS}/1"


@pytest.fixture
def panel(pages: Pages) -> Panel:
    """An opened round in which every mark is the same: four works of one score, one of them with two marks, one with three."""
    found = seated(pages, opened=True)
    rules = {"awards.classes": "金奖=1、主题奖=1", "awards.prizes": '["金奖=奖杯、证书"]', "awards.at_cut": "tie_break"}
    found.contest.node.do(amend, found.contest.activity, rules, "定")
    return found


def frozen(panel: Panel) -> str:
    """The page of the list that was frozen."""
    answer = agree(panel.pages, f"{AWARDS}/freeze", reason="专家组同意", round="初评")
    assert answer.status_code == 303, answer.text
    return see(panel.pages, answer.location)


def test_nothing_is_given_before_a_round_is_open(pages):
    seated(pages)
    text = see(pages, f"{AWARDS}/")
    assert "还没有开启的评审" in text
    assert pages.browser("root").get(f"{AWARDS}/minutes.pdf").status_code == 409


def test_a_list_is_looked_at_and_frozen(panel):
    text = see(panel.pages, f"{AWARDS}/")
    assert "4 件同分" in text
    text = frozen(panel)
    assert "与评分一致" in text
    assert "第 1 号获奖名单" in text
    assert "第 1 号名单" in see(panel.pages, f"{AWARDS}/")


def test_a_note_is_taken_back_in_one_press(panel):
    sent = send(
        panel.pages,
        f"{AWARDS}/fits",
        work=panel.contest.works["航标"],
        award="主题奖",
        fit_reason="最贴主题",
        round="初评",
        client_id="f",
    )
    assert "最贴主题" in see(panel.pages, sent.location)
    undone(panel.pages, sent, "root")
    assert "最贴主题" not in see(panel.pages, f"{AWARDS}/")
    wrong = send(panel.pages, f"{AWARDS}/fits", work="", award="别的奖", fit_reason="", client_id="g")
    assert wrong.status_code == 422


def golden(panel: Panel, text: str) -> str:
    """The title that holds the gold."""
    found = re.search(r'<th scope="row">金奖</th><td>([^<]+)</td>', text)
    assert found is not None
    return found[1]


def test_a_gold_is_taken_back_after_what_changes_was_shown(panel):
    title = golden(panel, frozen(panel))
    done = agree(panel.pages, f"{ONE}/amend", reason="查实抄袭", strike=panel.contest.works[title], refill="strike")
    assert done.status_code == 303, done.text
    text = see(panel.pages, ONE)
    assert all(each in text for each in ("空缺", "召回奖杯", "召回证书", "追回权益", "查实抄袭", "与评分一致"))
    sent = send(panel.pages, f"{ONE}/tasks", line=panel.contest.works[title], task="召回奖杯", state="已办")
    assert ">已办</span>" in see(panel.pages, sent.location)
    undone(panel.pages, sent, "root")
    assert ">已办</span>" not in see(panel.pages, ONE)


def test_a_list_is_put_up_objected_to_answered_and_taken_down(panel):
    frozen(panel)
    assert "现在没有公示的名单" in see(panel.pages, "/a/sp/awards", "nobody")
    assert agree(panel.pages, f"{ONE}/put-up").status_code == 303
    text = see(panel.pages, "/a/sp/awards", "nobody")
    assert "金奖" in text
    assert "37.0000" not in text, "no score in public"
    assert send(panel.pages, f"{ONE}/objections", matter="画面雷同", way="来信", object_line="", client_id="o").status_code == 303
    fact = re.search(r'name="objection" value="([^"]+)"', see(panel.pages, ONE))
    assert fact is not None
    assert send(panel.pages, f"{ONE}/answers", objection=fact[1], upheld="no", answer="经核对不属实").status_code == 303
    assert "异议不成立" in see(panel.pages, ONE)
    assert send(panel.pages, f"{ONE}/objections", matter="请打 13812345678", way="来信", client_id="p").status_code == 422
    assert send(panel.pages, f"{ONE}/take-down", down_reason="发现有误", client_id="d").status_code == 303
    assert "现在没有公示的名单" in see(panel.pages, "/a/sp/awards", "nobody")


@pytest.mark.parametrize(
    ("name", "begins"),
    [("list.pdf", b"%PDF"), ("list.xlsx", b"PK"), ("minutes.pdf", b"%PDF"), ("minutes.xlsx", b"PK"), ("certificates.pdf", b"%PDF")],
)
def test_papers_of_a_list(panel, name, begins):
    frozen(panel)
    answer = panel.pages.browser("root").get(f"{ONE}/{name}")
    assert (answer.status_code, answer.data[: len(begins)]) == (200, begins)
    assert panel.pages.browser("root").get(f"{ONE}/certificates.xlsx").status_code == 404


def test_the_minutes_before_the_freeze_are_a_draft(panel):
    answer = panel.pages.browser("root").get(f"{AWARDS}/minutes.pdf")
    assert (answer.status_code, answer.data[:4]) == (200, b"%PDF")


def test_only_the_host_sees_awards_and_packs(panel):
    frozen(panel)
    for who in ("city", "dora", "elias", "farid", "nobody"):
        for path in (f"{AWARDS}/", ONE, f"{ONE}/list.pdf", f"{AWARDS}/minutes.xlsx", "/office/a/sp/judging/初评/packs"):
            assert panel.pages.browser(who).get(path).status_code in {303, 401, 403, 404}, (who, path)


def test_a_pack_goes_out_and_its_sheet_comes_back_with_a_receipt(panel):
    contest = panel.contest
    contest.sets("复评", criteria=(("总评", 1),), scale=10, step=50)
    contest.assigns("复评", per_work=1)
    text = see(panel.pages, "/office/a/sp/judging/复评/packs")
    judge = re.search(r"/packs/([0-9a-f]+)\.zip", text)
    assert judge is not None
    data = panel.pages.browser("root").get(f"/office/a/sp/judging/复评/packs/{judge[1]}.zip").data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.namelist()[:2] == ["评审.html", "评分表.xlsx"]
        page = archive.read("评审.html").decode()
    rows = re.findall(r'"number":"([^"]+)","title":"([^"]+)"', page)
    form = re.search(r"表号：([0-9A-F]{16})", page)
    assert form is not None
    lines = [f'"轮次：复评　　表号：{form[1]}"', '"序号","作品编号","作品名称","总评","回避","备注"']
    lines += [f'"{at}","{number}","{title}","8.5","",""' for at, (number, title) in enumerate(rows, 1)]
    sheet = ("\ufeff" + "\r\n".join(lines)).encode()
    shown = found(panel.pages, "/office/a/sp/import/scores", client_id="v", file=(sheet, "评分表.csv"))
    assert ">8.5<" not in shown, "a preview tells no mark"
    kept = {name: hidden(shown, name) for name in ("kept", "name", "read_at", "digest", "client_id") if f'name="{name}"' in shown}
    assert send(panel.pages, "/office/a/sp/import/scores/commit", **kept).status_code == 303
    text = see(panel.pages, "/office/a/sp/judging/复评/packs")
    receipt = re.search(r"/me/receipt/([0-9a-f]{64})", text)
    assert receipt is not None
    text = see(panel.pages, f"/me/receipt/{receipt[1]}", "nobody")
    assert f"{len(rows)} 件" in text
    assert panel.pages.browser("nobody").get(f"/me/receipt/{receipt[1]}.pdf").data[:4] == b"%PDF"
    assert panel.pages.browser("nobody").get(f"/me/receipt/{receipt[1][:20]}").status_code == 404
