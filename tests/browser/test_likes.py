"""From a sheet of like counts to the printed list of winners."""

from __future__ import annotations

import pytest
from openpyxl import Workbook, load_workbook
from playwright.sync_api import Page, expect

HEADINGS = ("作品链接", "标题", "作者", "账号类型", "点赞数", "单位")
ROWS = (
    ("https://example.org/v/9001", "校园疏散一分钟", "诸葛领先", "个人号", 9_000_000, "3501"),
    ("https://example.org/v/9002", "楼道不停电动车", "诸葛第二", "个人号", 8_000_000, "3502"),
    ("https://example.org/v/9003", "没有点赞数", "诸葛退回", "个人号", "很多", "3502"),
)


@pytest.fixture
def sheet(tmp_path):
    """A workbook as the platform's editors hand it over, with one row that cannot be taken."""
    book = Workbook()
    for row in (HEADINGS, *ROWS):
        book.active.append(row)
    path = tmp_path / "点赞数.xlsx"
    book.save(path)
    return path


def test_from_like_counts_to_the_list_of_winners(visit, sheet, tmp_path):
    organizer = visit("organizer")
    import_likes(organizer, sheet)
    everybody = visit()
    everybody.goto("/board")
    first, second = everybody.locator(".board li").nth(0), everybody.locator(".board li").nth(1)
    expect(first).to_contain_text("9,000,000")
    expect(second).to_contain_text("8,000,000")
    expect(first).not_to_contain_text("诸葛领先")
    number = freeze(organizer)
    with organizer.expect_download() as download:
        organizer.get_by_role("link", name="下载存档版", exact=True).click()
    saved = tmp_path / "list.xlsx"
    download.value.save_as(saved)
    assert download.value.suggested_filename == f"获奖名单{number}-存档版.xlsx"
    assert winners(saved)[:2] == [(1, "诸葛领先", 9_000_000), (2, "诸葛第二", 8_000_000)]


def import_likes(organizer: Page, sheet) -> None:
    """Try the sheet, look, import it."""
    organizer.goto("/office/works/")
    organizer.get_by_role("link", name="导入点赞数").click()
    organizer.get_by_label("点赞数的读取时间").fill("2023-06-30T23:30")
    organizer.get_by_label("表格文件").set_input_files(sheet)
    organizer.get_by_role("button", name="试导入").click()
    expect(organizer.get_by_role("heading", level=1)).to_have_text("试导入结果")
    expect(organizer.get_by_role("region", name="不能导入的行")).to_contain_text("很多")
    organizer.get_by_role("button", name="导入 2 行").click()
    expect(organizer.get_by_role("heading", level=1)).to_have_text("已导入 2 行")


def freeze(organizer: Page) -> str:
    """Freeze the ranking at the camp's cut-off; the number of the list, which then verifies."""
    organizer.goto("/office/prizes/")
    organizer.get_by_role("button", name="定榜").click()
    heading = organizer.get_by_role("heading", level=1)
    expect(heading).to_contain_text("号名单")
    organizer.get_by_role("link", name="核对").click()
    expect(organizer.get_by_role("status")).to_contain_text("核对一致")
    return heading.inner_text().split()[1]


def winners(path) -> list[tuple[object, object, object]]:
    """Place, name and likes of every row below the headings."""
    rows = [tuple(row) for row in load_workbook(path).active.iter_rows(values_only=True)]
    head = next(at for at, row in enumerate(rows) if row[:2] == ("名次", "姓名"))
    columns = [rows[head].index(words) for words in ("名次", "姓名", "点赞数")]
    return [(row[columns[0]], row[columns[1]], row[columns[2]]) for row in rows[head + 1 :]]
