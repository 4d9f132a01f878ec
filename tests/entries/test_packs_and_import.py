"""Two units' packs, late, doubled, cut short and in any order, come to what importing their lists at the host comes to."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest

from campmgr.areas.activities.actions import open_activity
from campmgr.areas.entries.queries.entries import entries_in
from campmgr.errors import CampError
from campmgr.files.imports.importing import Options, import_file
from tests.kit.agreed import list_agreed
from tests.kit.story import Cast, Node

THEMES = ("安全宣传和应急科普", "")
HEADINGS = ("单位代码", "作品名称", "作品类型", "作品主题", "创作时间", "发布时间", "作品链接", "作品说明", "已作承诺")
Line = tuple[str, ...]


def _lines(random: Random, unit: str) -> list[Line]:
    """Some works of a unit; links meet across units alone, since within one the smaller id stands first; some lack words."""
    return [
        (unit, f"作品{unit[-1]}{number}", "图片类", random.choice(THEMES), "2023-05-20", "2023-05-30",
         f"https://example.org/{number}/{unit if random.random() < 0.5 else 0}", random.choice(("夜班", "")), "是")
        for number in range(random.randrange(2, 5))
    ]  # fmt: skip


def _lists(node: Node, lines: Sequence[Line]) -> None:
    names = ("title", "class", "theme", "created_on", "published_on", "link", "words")
    (activity,) = node.world.activities.called("zp")
    for unit, *values, _ in lines:
        said = {name: value for name, value in zip(names, values, strict=True) if value}
        node.do(list_agreed, activity, node.unit(unit), said)


def _imports(node: Node, lines: Sequence[Line], path: Path) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows((HEADINGS, *lines))
    (activity,) = node.world.activities.called("zp")
    counts = import_file(node.store, "entries", path, Options(activity=activity.id)).counts
    assert (counts.new, counts.rejected) == (len(lines), 0), counts


def _state(node: Node) -> list[object]:
    """All that is told of each work, without ids."""
    world = node.world
    (activity,) = world.activities.called("zp")
    return [
        (each.unit_name, sorted(each.row.values.items()), each.words, [(one.rule, one.level) for one in each.findings])
        for each in sorted(node.see(entries_in, world, activity), key=lambda each: each.title)
    ]


def _arrive(root: Node, packs: list[Path], random: Random) -> None:
    """All packs in any order, some twice, some first with their end torn off."""
    packs += random.choices(packs, k=2)
    random.shuffle(packs)
    for pack in packs:
        if random.random() < 0.5:
            torn = pack.with_suffix(".torn")
            torn.write_bytes(pack.read_bytes()[: random.randrange(pack.stat().st_size)])
            with suppress(CampError):
                root.takes(torn)
        root.takes(pack)


@pytest.mark.drawn(whole=40, usual=3)
def test_packs_in_any_order_cut_and_doubled_come_to_what_an_import_comes_to(cast: Cast, tmp_path, seed):
    random = Random(seed)
    root, cities = cast.root(lessons=()), {"3501": cast.new("福州"), "3502": cast.new("厦门")}
    for unit, city in cities.items():
        root.enrols(city, unit)
    root.do(open_activity, "works-collection-2023", "zp")
    packs, every = list[Path](), list[Line]()
    for unit, city in cities.items():
        root.gives(city)
        lines = _lines(random, unit)
        for part in (lines[:1], lines[1:]):
            _lists(city, part)
            packs.append(city.packed(root.id))
        every += lines
    _arrive(root, packs, random)
    told = _state(root)
    assert len(told) == len(every)
    assert root.hash == root.rebuilt()
    folder = tmp_path / "other"
    folder.mkdir()
    other = Cast(folder)
    try:
        host = other.root(lessons=())
        host.do(open_activity, "works-collection-2023", "zp")
        _imports(host, every, tmp_path / "works.csv")
        assert _state(host) == told
    finally:
        other.close()
