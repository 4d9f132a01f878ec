"""A sheet of like counts, matched, stored and ranked, beside merely reading the sheet with openpyxl."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from openpyxl import Workbook, load_workbook

from campmgr.areas.works.queries.standings import standings
from campmgr.facts import world as worlds
from campmgr.files.imports.importing import Options, import_file
from campmgr.store.door import Store
from tests.bench.figures import Figure, Stopwatch, times_as_long
from tests.bench.made_camp import open_made, schools

HEADINGS = ("作品链接", "标题", "作者", "账号类型", "点赞数", "播放数", "发布时间", "单位")


def importing(folder: Path, count: int) -> Iterator[Figure]:
    """First a sheet in which every work and author is new, then a later one of the same works with other counts."""
    watch, homes = Stopwatch(), [row.code for row in schools(count)]
    store = open_made(folder / "likes.sqlite", count)
    for name, more, read_at in (("new", 0, "2023-06-20T12:00:00"), ("known", 7, "2023-06-28T12:00:00")):
        sheet = folder / f"{name}.xlsx"
        _write(sheet, count, more, homes)
        with watch("openpyxl"):
            assert sum(1 for _ in load_workbook(sheet, read_only=True).active.iter_rows(values_only=True)) == count + 1
        with watch(name):
            _import_and_rank(store, sheet, read_at, count)
        what = f"import {count:,} like counts of {name} works / openpyxl reads"
        yield times_as_long(what, watch.took[name], watch.took["openpyxl"], 2)
        sheet.unlink()
    store.close()


def _import_and_rank(store: Store, sheet: Path, read_at: str, count: int) -> None:
    done = import_file(store, "likes", sheet, Options(read_at=read_at)).counts
    assert (done.rows, done.new) == (count, count), done
    with store.reading() as r:
        assert len(standings(r, worlds.load(r)).rows) >= 100


def _write(path: Path, count: int, more: int, homes: list[str]) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("点赞")
    sheet.append(HEADINGS)
    for n in range(count):
        likes = n * 7919 % 100_003 + more
        sheet.append((f"video.example/v/{n}", f"逃生演练作品{n}", f"作者{n}", "个人号", likes, likes * 13, "2023-06-05",
                      homes[n % len(homes)]))  # fmt: skip
    book.save(path)
