"""The whole way of a like count: a file full of trouble, a second reading, decisions, the board, a list, an objection, paper."""

from __future__ import annotations

import csv
import shutil
import subprocess
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE
from tests.browser.list_steps import FACES, amend, download, freeze, object_to_the_first, put_up, read_back, take_down
from tests.browser.test_flags import board_has, decide
from tests.browser.trouble_steps import come_in, import_rows, look, stored, take_back
from tests.kit.troubled_likes import HEADINGS, TAKEN, write_troubled

JUMPED, FALLEN = "演练作品5", "演练作品2"
LATER = {JUMPED: 900_000_000, FALLEN: 9000}
"""The counts of the second reading; every other work has grown by a hundredth."""


def test_from_a_file_full_of_trouble_to_three_faces_of_an_amended_list(visit, served, tmp_path):
    organizer, phone = visit("organizer"), visit(size=PHONE)
    mended = come_in(organizer, write_troubled(tmp_path / "点赞统计.csv"), tmp_path)
    assert stored(served) == {one.likes for one in (*TAKEN, *mended)}
    look(organizer, second_reading(tmp_path / "第二次.csv"), "2023-06-30T23:30")
    import_rows(organizer, len(TAKEN))
    assert board_has(phone, JUMPED)
    decide(organizer, FALLEN, "点赞减少", "平台清理了异常点赞", "没有问题")
    decide(organizer, JUMPED, "突然增多", "刷量", "取消资格")
    assert not board_has(phone, JUMPED)
    number, winner = list_amended(organizer, phone)
    files = [download(organizer, number, f"下载{face}{more}", tmp_path) for face in FACES for more in ("", " PDF")]
    assert [each.suffix for each in files] == [".xlsx", ".pdf"] * 3
    read_back(files, winner)
    print_books(files[::2], tmp_path / "printed")
    organizer.get_by_role("link", name="核对", exact=True).click()
    expect(organizer.locator(".note.good")).to_contain_text("核对一致")
    take_down(organizer, number)
    answer = phone.goto(f"/lists/{number}")
    assert answer is not None
    assert answer.status == 404
    expect(phone.locator("main")).to_contain_text("提前撤下")
    for _ in range(3):
        take_back(organizer)
    assert stored(served) == set()


def second_reading(path: Path) -> Path:
    """The works of the first file an hour later: one has fallen, one has jumped."""
    with path.open("w", encoding="gb18030", newline="") as file:
        out = csv.writer(file)
        out.writerow([*HEADINGS[:4], "点赞数", "播放量", *HEADINGS[6:]])
        for one in TAKEN:
            out.writerow([*one.row[:4], LATER.get(one.row[1], one.likes + one.likes // 100 + 1), *one.row[5:]])
    return path


def list_amended(organizer: Page, phone: Page) -> tuple[str, str]:
    """Freeze, put up, uphold an objection, amend: the list's number and whoever was struck out."""
    phone.goto("/board")
    leader = phone.locator(".board li").first.locator(".work strong").inner_text()
    number = freeze(organizer)
    put_up(organizer, number)
    phone.goto("/board")
    phone.get_by_role("link", name=f"第 {number} 号获奖名单正在公示").click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("公示中")
    expect(phone.locator(".board li").first).to_contain_text(leader)
    winner = object_to_the_first(organizer, number)
    amend(organizer, number)
    phone.reload()
    expect(phone.get_by_role("region", name="更正")).to_contain_text("第 1 号更正")
    expect(phone.locator("main")).not_to_contain_text(winner)
    return number, winner


def print_books(books: list[Path], folder: Path) -> None:
    """LibreOffice, on a machine that has it, opens every workbook and makes pages of it."""
    writer = shutil.which("soffice")
    if writer is None:
        return
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [writer, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *map(str, books)]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    for book in books:
        assert (folder / book.name).with_suffix(".pdf").read_bytes().startswith(b"%PDF")
