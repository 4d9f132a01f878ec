"""Cards to wear: whom they are for, what stands on them, and that a station reads them."""

from __future__ import annotations

import subprocess

import pytest
from PIL import Image
from zxingcpp import read_barcodes

from campmgr.accounts import governing
from campmgr.accounts.governing import NewAccount, Place
from campmgr.areas.people.actions import people
from campmgr.areas.people.pages import cards
from campmgr.areas.people.queries.finding import people_by_id
from tests.kit.desk_story import DESK, post, school
from tests.kit.pages import CHEAP, PASSWORD

CARDS = f"{DESK}/people/cards.pdf"


def _texts(answer) -> list[str]:
    """What a PDF says, page by page."""
    assert (answer.status_code, answer.data[:5]) == (200, b"%PDF-")
    ran = subprocess.run(["pdftotext", "-layout", "-", "-"], input=answer.data, capture_output=True, check=True)
    return ran.stdout.decode().split("\f")[:-1]


def _codes(pages, ids: list[str]) -> set[str]:
    with pages.store.reading() as r:
        return {each.code for each in people_by_id(r, ids).values()}


def test_the_cards_of_a_class_ten_on_a_sheet_in_the_order_of_the_list(pages):
    names = [f"林小{word}" for word in "一二三四五六七八九十东西"]
    school(pages, *names)
    school(pages, "王别班", class_name="四年2班")
    first, second = _texts(pages.browser("dora").get(f"{CARDS}?class=三年1班"))
    assert [sum(name in page for name in names) for page in (first, second)] == [10, 2]
    assert ("王别班" in first + second, "三年1班" in first, "演练小学1" in first) == (False, True, True)
    assert "王别班" in "".join(_texts(pages.browser("dora").get(CARDS)))


def test_a_station_reads_the_code_of_every_card(pages, tmp_path):
    ids = school(pages, "阿雅", "巴迪", "卡拉")
    (tmp_path / "cards.pdf").write_bytes(pages.browser("dora").get(CARDS).data)
    subprocess.run(["pdftoppm", "-r", "150", "-png", "cards.pdf", "page"], cwd=tmp_path, check=True)
    (sheet,) = tmp_path.glob("page*.png")
    with Image.open(sheet) as picture:
        assert {each.text for each in read_barcodes(picture)} == _codes(pages, ids)


def test_those_ticked_and_nobody_of_another_school(pages):
    aya, _, _ = school(pages, "阿雅", "巴迪", "卡拉")
    with pages.store.writing() as w:
        pages.accounts["two"] = governing.open_account(
            w, NewAccount("two", "two", PASSWORD), Place("coordinator", "3501-X2"), cost=CHEAP
        )
    (other,) = school(pages, "达达", unit="3501-X2")
    (page,) = _texts(post(pages, CARDS, picked=[aya]))
    assert [name in page for name in ("阿雅", "巴迪")] == [True, False]
    theirs = "/desk/units/3501-X2/people/cards.pdf"
    assert [post(pages, theirs, "two", picked=some).status_code for some in ([other], [other, aya])] == [200, 404]
    assert "没有可以印的人" in post(pages, CARDS).text


def test_nobody_erased_has_a_card_and_a_rare_character_is_told_by_its_number(pages):
    aya, _ = school(pages, "阿雅", "巴\U000323af")
    with pages.store.writing() as w:
        people.erase(w, people_by_id(w, [aya])[aya], "本人撤回同意")
    (page,) = _texts(pages.browser("dora").get(CARDS))
    assert ("阿雅" in page, "已删除" in page, "U+323AF" in page) == (False, False, True)


def test_more_than_fit_into_one_file_are_printed_class_by_class(pages, monkeypatch):
    monkeypatch.setattr(cards, "MOST_CARDS", 2)
    school(pages, "阿雅", "巴迪", "卡拉")
    school(pages, "达达", class_name="四年2班")
    answer = pages.browser("dora").get(CARDS)
    assert (answer.status_code, "请在“人员”里选一个班级" in answer.text) == (409, True)
    assert len(_texts(pages.browser("dora").get(f"{CARDS}?class=四年2班"))) == 1


@pytest.mark.parametrize(
    ("asked", "linked"), [("", "cards.pdf"), ("?class=三年1班&filter=behind", "cards.pdf?filter=behind&amp;class=")]
)
def test_the_list_leads_to_the_cards_of_whom_it_shows_and_the_station_to_the_list(pages, asked, linked):
    school(pages, "阿雅")
    assert linked in pages.browser("dora").get(f"{DESK}/people{asked}").text
    assert f'href="{DESK}/people">到“人员”打印胸卡' in pages.browser("dora").get(f"{DESK}/station").text
