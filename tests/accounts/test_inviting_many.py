"""Many are invited at once: pasted rows, each accounted for, a link for each, all of them ended again in one press."""

from __future__ import annotations

import re
from html import unescape

import pytest

from campmgr.accounts.inviting import MOST_INVITED, asked_rows
from tests.kit.desk_story import post, undone
from tests.kit.office import see, send, told_before

AT = "/office/accounts/invite-many"


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("3501-X1\t阿雅\t联络员\n3501-X2\t\t", [("3501-X1", "阿雅", "联络员"), ("3501-X2", "", "")]),
        ("单位\t姓名\n\n演练小学1，阿雅\n演练小学2 巴迪 查看员", [("演练小学1", "阿雅", ""), ("演练小学2", "巴迪", "查看员")]),
        ("3501-X1  阿 雅", [("3501-X1", "阿 雅", "")]),
        ("3501-X1 组织方", [("3501-X1", "", "组织方")]),
        ("  \n\t\n", []),
    ],
)
def test_what_pasted_rows_say(text, rows):
    assert [(row.unit, row.name, row.role) for row in asked_rows(text)] == rows


def _looked(pages, rows: str, who: str = "city", **more: str):
    return post(pages, AT, who, rows=rows, role="coordinator", line="", **more)


def _press(pages, shown, who: str = "city"):
    to = re.search(r'<form method="post" action="([^"]+)" class="card act', shown.text)
    assert to is not None, shown.text
    return post(pages, unescape(to[1]), who, **told_before(shown.text))


def _open(pages) -> int:
    with pages.store.reading() as r:
        now = pages.clock.now().strftime("%Y-%m-%dT%H:%M:%S")
        return int(r.value("select count(*) from local_links where kind = 'invite' and used_at = '' and ends_at > :now", now=now))


def test_rows_become_invitations_with_a_link_each_and_one_press_ends_them(pages):
    shown = _looked(pages, "3501-X1\t阿雅\n演练小学2\t巴迪\t查看员\n没有的\t丙\n3502\t丁\n3501-X1\t阿雅\n3501-X2\t戊\t校长")
    assert "邀请 2 位" in shown.text
    for words in ("第 3 行：没有这个单位", "第 4 行：没有这个单位", "第 5 行：与上面一行相同", "第 6 行：没有“校长”这个角色"):
        assert words in shown.text, words
    sheet = _press(pages, shown)
    links = re.findall(r'class="address">([^<]+)<', sheet.text)
    assert (len(set(links)), _open(pages)) == (2, 2)
    path = re.sub(r"^https?://[^/]+", "", links[0])
    assert "演练小学1" in pages.browser().get(path).text
    undone(pages, sheet, "city")
    assert _open(pages) == 0
    assert pages.browser().get(path).status_code == 404


def test_what_is_wrong_with_the_address_is_told_before_any_link_is_made(pages):
    shown = _looked(pages, "3501-X1\t阿雅", "root")
    assert ("印出来的网址" in shown.text, "/office/rules/camp.base_address" in shown.text) == (True, True)
    assert 'target="_blank"' in _press(pages, shown, "root").text


def test_an_invitation_that_waits_is_not_made_twice(pages):
    _press(pages, _looked(pages, "3501-X1\t阿雅"))
    again = _looked(pages, "3501-X1\t阿雅\n3501-X2\t巴迪")
    assert ("邀请 1 位" in again.text, "已有一份没用的邀请" in again.text) == (True, True)


def test_units_that_have_nobody_yet_are_filled_in(pages):
    page = see(pages, f"{AT}?below=1", "city")
    filled = re.search(r"<textarea[^>]*>([^<]*)</textarea>", page)
    assert filled is not None
    units = [row.unit for row in asked_rows(unescape(filled[1]))]
    assert {"3501-X1", "3501-X2"} <= set(units)
    _press(pages, _looked(pages, "\n".join(units)))
    assert "没有账号，也没有邀请" not in see(pages, AT, "city")


def test_nothing_and_too_much_is_told_beside_the_field(pages):
    assert "请粘贴单位和姓名" in _looked(pages, " \n").text
    many = "\n".join(f"3501-X1\t第{n}位" for n in range(MOST_INVITED + 1))
    assert _looked(pages, many).status_code == 422
    assert send(pages, AT, "dora", rows="3501-X1", role="coordinator").status_code == 403
