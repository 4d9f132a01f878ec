"""Steps of the journey: a file with thirty-four kinds of trouble, taken, the rest corrected and taken; taken back."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.browser.looking import NOTHING_WRONG, looked_at
from tests.kit.troubled_likes import REJECTED, TAKEN, Trouble


def come_in(organizer: Page, sheet: Path, folder: Path) -> list[Trouble]:
    """Import what can be taken, then the corrected workbook of the rest; the rows that were corrected."""
    look(organizer, sheet)
    told = organizer.get_by_role("region", name="不能导入的行")
    expect(told.locator("tbody tr")).to_have_count(len(REJECTED))
    expect(organizer.get_by_role("listitem").filter(has_text="是下限")).to_have_count(1)
    expect(organizer.get_by_role("listitem").filter(has_text="造字")).to_have_count(1)
    expect(organizer.get_by_role("listitem").filter(has_text="没有写年份")).to_have_count(1)
    with organizer.expect_download() as download:
        organizer.get_by_role("button", name="下载这些行和原因").click()
    rejects = folder / download.value.suggested_filename
    download.value.save_as(rejects)
    organizer.get_by_text("列的对应和前几行").click()
    assert looked_at(organizer) == NOTHING_WRONG
    import_rows(organizer, len(TAKEN))
    correct(rejects)
    look(organizer, rejects)
    mended = [one for one in REJECTED if one.mended]
    import_rows(organizer, len(mended))
    return mended


def import_rows(organizer: Page, count: int) -> None:
    """Import what was tried."""
    organizer.get_by_role("button", name=f"导入 {count} 行").click()
    expect(organizer.get_by_role("heading", level=1)).to_have_text(f"已导入 {count} 行")


def take_back(organizer: Page) -> None:
    """Take the file back that was imported last and still stands."""
    organizer.goto("/desk/batches?kind=likes")
    organizer.get_by_role("link", name="查看或撤销").first.click()
    expect(organizer.get_by_text("撤销后这一批全部不算")).to_be_visible()
    still = organizer.get_by_text("仍要撤销")  # where a later file was built on it
    if still.count():
        still.click()
        organizer.get_by_label("原因").fill("试导入用的文件")
        organizer.get_by_role("button", name="撤销这一批").click()
    else:
        organizer.get_by_role("button", name="撤销").click()
    expect(organizer.get_by_role("heading", level=1)).to_have_text("这一批已经撤销")


def look(organizer: Page, sheet: Path, at: str = "2023-06-30T22:30") -> None:
    """Try the sheet; nothing is written yet."""
    organizer.goto("/office/import/likes")
    organizer.get_by_label("点赞数的读取时间").fill(at)
    organizer.get_by_label("表格文件").set_input_files(sheet)
    organizer.get_by_role("button", name="预览").click()
    expect(organizer.get_by_role("heading", level=1)).to_have_text("导入预览")


def correct(path) -> None:
    """What somebody does with the workbook of rejected rows; the column with the reasons may stay."""
    book = load_workbook(path)
    for row, one in zip(book.active.iter_rows(min_row=2), REJECTED, strict=True):
        assert row[-1].value, one.kind
        if one.mended:
            place, value = one.mended
            row[place].value = value
    book.save(path)


def stored(served) -> set[int]:
    """The counts that were read from the file's works."""
    with served.store.reading() as r:
        return {likes for (likes,) in r.all("select w.likes from works w where w.link like '%example.org/t/%'")}
