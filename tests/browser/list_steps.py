"""Steps of the journey: a list frozen, put up, objected to, amended, saved with three faces, taken down."""

from __future__ import annotations

import re
from pathlib import Path

from openpyxl import load_workbook
from playwright.sync_api import Page, expect

FACES = ("公示版", "发放版", "存档版")


def freeze(organizer: Page) -> str:
    """Freeze at the camp's cut-off, make that list void, and freeze again; the new list's number."""
    first = _frozen(organizer)
    organizer.get_by_role("link", name="作废", exact=True).click()
    expect(organizer.get_by_role("heading", level=1)).to_contain_text(f"作废第 {first} 号名单")
    _press(organizer, "演示时弄错了")
    expect(organizer.get_by_role("heading", level=1)).to_contain_text("已作废")
    number = _frozen(organizer)
    assert int(number) == int(first) + 1
    return number


def _frozen(organizer: Page) -> str:
    organizer.goto("/office/prizes/")
    organizer.get_by_role("button", name="看看名单会是怎样").click()
    heading = organizer.get_by_role("heading", level=1)
    expect(heading).to_contain_text("先看清楚，再按")
    _press(organizer, "颁奖时间已定")
    expect(organizer.get_by_role("link", name="核对", exact=True)).to_be_visible()
    return heading.inner_text().split()[1]


def _press(organizer: Page, reason: str) -> None:
    """Agree to what is shown: the tick where something is open, a reason where one is asked for, the button."""
    act = organizer.locator("form.act")
    for tick in act.locator("[name=sure]").all():
        tick.check()
    for field in act.locator("[name=reason]").all():
        field.fill(reason)
    act.get_by_role("button").click()


def put_up(organizer: Page, number: str) -> None:
    """Put the list up for five working days from today on."""
    organizer.get_by_role("link", name="公示与异议").click()
    organizer.get_by_label("从哪天起").fill("2023-07-01")
    organizer.get_by_label("公示几天").fill("5")
    organizer.get_by_role("button", name="看看公示会是怎样").click()
    expect(organizer.get_by_role("heading", level=1)).to_contain_text(f"公示第 {number} 号名单")
    _press(organizer, "")
    expect(organizer.locator(".facts")).to_contain_text("2023-07-07")
    expect(organizer.get_by_role("heading", level=1)).to_contain_text("公示中")
    assert f"/office/prizes/{number}/publicity" in organizer.url


def object_to_the_first(organizer: Page, number: str) -> str:
    """Somebody objects to the first line; the objection is upheld. The name of whoever stood there."""
    work = organizer.get_by_label("关于哪件作品")
    name = work.locator("option").nth(1).inner_text().split()[3]
    work.select_option(index=1)
    organizer.get_by_label("异议内容").fill("第 1 名的作品是搬运的，请回电 13800001234")
    organizer.get_by_role("button", name="看看会怎样记下").click()
    expect(organizer.locator("#e-matter")).to_contain_text("不要写个人信息")
    organizer.get_by_label("异议内容").fill("第 1 名的作品是搬运的")
    organizer.get_by_role("button", name="看看会怎样记下").click()
    organizer.get_by_role("button", name="登记这条异议").click()
    organizer.get_by_role("link", name="答复", exact=True).click()
    organizer.get_by_label("异议成立", exact=True).check()
    organizer.get_by_label("答复", exact=True).fill("经核实成立")
    organizer.get_by_role("button", name="看看会怎样答复").click()
    organizer.get_by_role("button", name="答复：异议成立").click()
    expect(organizer.locator(".story")).to_contain_text("经核实成立")
    assert number
    return name


def amend(organizer: Page, number: str) -> None:
    """Strike the line out, with the objection as the ground."""
    organizer.get_by_role("link", name="更正：只划去这一行").click()
    expect(organizer.get_by_role("region", name="会改这些").first).to_contain_text("划去")
    _press(organizer, "异议成立：作品系搬运")
    expect(organizer).to_have_url(re.compile(rf"/office/prizes/{number}\?"))
    expect(organizer.get_by_role("heading", name="第 1 号更正")).to_be_visible()


def download(organizer: Page, number: str, name: str, folder: Path) -> Path:
    """Save one of the list's files."""
    with organizer.expect_download() as waiting:
        organizer.get_by_role("link", name=name, exact=True).click()
    saved = folder / waiting.value.suggested_filename
    assert saved.name.startswith(f"获奖名单{number}-")
    waiting.value.save_as(saved)
    return saved


def read_back(files: list[Path], winner: str) -> None:
    """The public workbook hides who stood first, the archive tells what became of it; each PDF is one."""
    texts = {}
    for path in files:
        if path.suffix == ".pdf":
            assert path.read_bytes().startswith(b"%PDF")
            continue
        book = load_workbook(path)
        texts[path.stem.rpartition("-")[2]] = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
        book.close()
    assert not any(winner in text for text in texts["公示版"])
    assert "手机号" in texts["发放版"]
    assert any("异议成立：作品系搬运" in text for text in texts["存档版"])


def take_down(organizer: Page, number: str) -> None:
    """Take the list down before its time."""
    organizer.goto(f"/office/prizes/{number}/publicity")
    organizer.get_by_role("link", name="提前撤下").click()
    _press(organizer, "演示结束")
    expect(organizer.get_by_role("heading", level=1)).to_contain_text("已撤下")
