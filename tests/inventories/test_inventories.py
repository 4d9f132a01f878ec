"""An inventory from its declaration alone: kept by two laptops, exported and read back, dropped and listed again, and refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from campmgr.areas.activities.actions import close, open_activity
from campmgr.desks.actions import withdrawing
from campmgr.desks.actions.settling import settle
from campmgr.desks.queries.review import Asked, ReviewCase, Span, review_part
from campmgr.errors import BadInput, NotAllowed, Refused
from campmgr.facts.inventories import Inventory
from campmgr.facts.inventory_rows import (
    InventoryRow,
    change_row,
    drop_row,
    inventory_rows,
    list_row,
    matching,
    row_of,
    told_of,
    words_of,
)
from campmgr.facts.saying import record
from campmgr.files.imports.importing import FileImported, Options, import_file
from campmgr.files.inventory_sheets import inventory_paper
from campmgr.files.official_book import write_paper
from campmgr.ids import person_code
from campmgr.ledger.envelope import Draft
from tests.kit.story import Cast, Node
from tests.kit.walks.area import WITH_WALKS
from tests.kit.walks.files import WHO
from tests.kit.walks.inventories import CHANNELS, SITES

HALL = {"name": "湖塘镇安全体验馆", "used_for": "党群活动", "area": 2000, "class": "Ⅰ类", "usable": True, "theme": "消防"}


@pytest.fixture
def cast(tmp_path: Path) -> Iterator[Cast]:
    made = Cast(tmp_path, WITH_WALKS)
    yield made
    made.close()


@pytest.fixture
def two(cast: Cast) -> tuple[Node, Node]:
    """A root and a county that holds its unit whole, with an activity of the province."""
    root, county = cast.root(lessons=()), cast.new("鼓楼")
    root.adds("S1", "350102", "学校", name="第一小学")
    root.do(open_activity, "walks-2024", "XC")
    root.enrols(county, "350102")
    return root, county


def activity(node: Node, code: str = "XC") -> Any:
    return node.world.activities.called(code)[0]


def lists(node: Node, said: dict[str, Any], unit: str = "S1", inventory: Inventory = SITES) -> Any:
    where = node.unit(unit) if inventory.is_units else ""
    return node.do(list_row, inventory, activity(node), where, said)


def rows(node: Node, inventory: Inventory = SITES, *, dropped: bool = False) -> list[InventoryRow]:
    found: list[InventoryRow] = node.see(inventory_rows, inventory, activity(node).id, dropped=dropped)
    return found


def changes(node: Node, **said: Any) -> Any:
    return node.do(change_row, SITES, rows(node, dropped=True)[0], said)


def waiting(node: Node) -> tuple[ReviewCase, ...]:
    world = node.world
    cases: tuple[ReviewCase, ...] = node.see(lambda r: review_part(r, world, Span(world.root_unit), Asked()).cases)
    return cases


def exported(node: Node, path: Path, unit: str = "") -> Path:
    write_paper(path, inventory_paper(node.world, SITES, node.world.rules, rows(node), node.unit(unit) if unit else ""))
    return path


def imported(node: Node, path: Path, kind: str = "sites", **options: Any) -> FileImported:
    return import_file(node.store, kind, path, Options(**options))


def counts(done: FileImported) -> tuple[int, int, int, int]:
    return done.counts.new, done.counts.changed, done.counts.unchanged, done.counts.rejected


def test_what_is_exported_comes_back_as_it_was_and_changes_nothing(two, tmp_path):
    root, _ = two
    keeper = root.joins("S1", "张三", "05")
    for number, odd in enumerate(("", "=1+1", "@甲", "00123", "-5", "3-1")):
        lists(root, HALL | {"name": f"{odd}体验馆{number}", "theme": odd, "keeper": keeper, "area": None if odd else 2005})
    before, file = root.hash, exported(root, tmp_path / "all.xlsx")
    assert counts(imported(root, file, dry_run=True)) == (0, 0, 6, 0)
    assert counts(imported(root, file)) == (0, 0, 6, 0)
    form = imported(root, exported(root, tmp_path / "one.xlsx", "S1"))
    assert counts(form) == (0, 0, 6, 1)
    assert [each.value for each in form.counts.rejects] == ["注：1.面积填写建筑面积。"], "the form's own remark is no row"
    assert (root.hash, root.rebuilt()) == (before, before)
    for path in tmp_path.glob("*.xlsx"):
        for row in openpyxl.load_workbook(path).active.iter_rows():
            assert all(cell.data_type != "f" for cell in row), "no cell of ours is a formula"


def test_people_in_rows_are_named_in_one_question_however_many_rows(two):
    root, _ = two
    keepers = [root.joins("S1", name, number) for name, number in (("张三", "05"), ("李四", "06"), ("王五", "07"))]
    for number, keeper in enumerate(keepers):
        lists(root, HALL | {"name": f"体验馆{number}", "keeper": keeper})
    asked = []
    for found in (rows(root)[:1], rows(root)):
        with root.store.reading() as r:
            words = words_of(r, SITES, found, WHO)
            asked.append(r.queries)
    assert [each["keeper"] for each in words.values()] == ["张三", "李四", "王五"]
    assert asked[0] == asked[1]


def test_the_form_is_the_notices_and_names_its_unit(two, tmp_path):
    root, _ = two
    lists(root, HALL)
    sheet = openpyxl.load_workbook(exported(root, tmp_path / "one.xlsx", "S1")).active
    texts = [[str(cell.value) for cell in row if cell.value is not None] for row in sheet.iter_rows()]
    assert texts == [
        ["常州市武进区公共安全体验馆摸排汇总表"],
        ["单位（盖章）：第一小学", "填表人：", "时间："],
        ["序号", "基地、场馆名称", "现有用途", "面积", "目标建成类别"],
        ["1", "湖塘镇安全体验馆", "党群活动", "200.0", "Ⅰ类"],
        ["注：1.面积填写建筑面积。"],
    ]


def written(path: Path, *lines: tuple[Any, ...]) -> Path:
    book = openpyxl.Workbook()
    for line in lines:
        book.active.append(line)
    book.save(path)
    return path


def test_every_row_of_a_file_is_accounted_for(two, tmp_path):
    root, county = two
    lists(root, HALL)
    file = written(
        tmp_path / "sites.xlsx",
        ("单位代码", "基地、场馆名称", "面积", "目标建成类别", "能用", "负责人编码"),
        ("S1", "湖塘镇 安全体验馆", "", "ⅱ类", "", ""),
        ("S1", "新馆", "200.0", "Ⅰ类", "是", ""),
        ("S1", "新馆", "300", "Ⅰ类", "是", ""),
        ("S1", "小馆", "199.9", "Ⅰ类", "", ""),
        ("S1", "怪馆", "1.23", "Ⅰ类", "", ""),
        ("S1", "四馆", "200", "Ⅳ类", "", ""),
        ("S1", "", "200", "Ⅰ类", "", ""),
        ("S1", "人馆", "200", "Ⅰ类", "", "9999"),
        ("没有", "别处馆", "200", "Ⅰ类", "", ""),
        ("350103", "台江馆", "200", "Ⅰ类", "", ""),
    )
    root.gives(county)
    before = county.hash
    tried = imported(county, file, dry_run=True)
    assert county.hash == before
    done = imported(county, file)
    assert counts(tried) == counts(done) == (1, 1, 0, 8)
    assert [(each.row, each.reason) for each in done.counts.rejects] == [
        (4, "repeated_row"), (5, "refused_by_rule"), (6, "bad_number"), (7, "unknown_word"), (8, "missing_value"),
        (9, "unknown_person"), (10, "unknown_unit"), (11, "not_granted"),
    ]  # fmt: skip
    assert [(each.values["name"], each.values["class"], each.values["area"]) for each in rows(county)] == [
        ("新馆", "Ⅰ类", 2000), ("湖塘镇 安全体验馆", "Ⅱ类", 2000)]  # fmt: skip
    county.do(withdrawing.withdraw, done.batch, "导错了", "")
    assert [each.values["class"] for each in rows(county)] == ["Ⅰ类"]
    assert county.rebuilt() == county.hash


def test_two_laptops_that_change_different_fields_both_stand_and_of_one_field_somebody_decides(two):
    root, county = two
    lists(root, HALL)
    root.gives(county)
    changes(root, theme="地震")
    changes(county, note="可停车")
    county.sends(root)
    root.gives(county)
    for node in two:
        (row,) = rows(node)
        assert (row.values["theme"], row.values["note"]) == ("地震", "可停车")
        assert waiting(node) == ()
    changes(root, used_for="仓库")
    changes(county, used_for="教室")
    county.sends(root)
    root.gives(county)
    assert root.hash == county.hash
    (case,) = waiting(root)
    assert (case.about, case.sentence) == ("湖塘镇安全体验馆", "现有用途有 2 种说法，互不知情。")
    assert sorted(side.value for side in case.sides) == ["仓库", "教室"]
    answer = next(side.answer for side in case.sides if side.value == "教室")
    root.do(lambda w: settle(w, root.world, [case.row], answer, "", ""))
    county.takes(root.packed(county.id))
    for node in two:
        assert [row.values["used_for"] for row in rows(node)] == ["教室"]
        assert waiting(node) == ()
        assert node.rebuilt() == node.hash


def test_a_row_is_dropped_and_listed_again_and_all_of_it_is_told(two):
    root, _ = two
    lists(root, HALL)
    (row,) = rows(root)
    assert root.do(drop_row, SITES, row, "改作他用") is not None
    assert (rows(root), [each.listed for each in rows(root, dropped=True)]) == ([], [False])
    assert lists(root, HALL | {"theme": "交通"}) is not None
    assert [(each.id, each.values["theme"]) for each in rows(root)] == [(row.id, "交通")]
    assert lists(root, HALL | {"theme": "交通"}) is None, "said again it is known"
    history = root.see(lambda r: told_of(r, root.world, SITES, row))
    assert [(each.called, each.words) for each in history][:2] == [("登记体验馆", "主题 交通"), ("撤下体验馆", "改作他用")]
    with pytest.raises(BadInput):
        root.do(change_row, SITES, rows(root)[0], {"name": "另一个馆"})
    with pytest.raises(BadInput):
        root.do(drop_row, SITES, rows(root)[0], " ")
    assert [each.values["name"] for each in matching(SITES, rows(root), "交通 湖塘")] == [HALL["name"]]
    assert matching(SITES, rows(root), "没有") == []
    root.do(close, activity(root), "办完了")
    with pytest.raises(Refused):
        root.do(drop_row, SITES, rows(root)[0], "晚了")
    assert root.rebuilt() == root.hash


def test_one_drops_what_another_has_listed_again_and_somebody_decides(two):
    root, county = two
    lists(root, HALL)
    root.gives(county)
    root.do(drop_row, SITES, rows(root)[0], "改作他用")
    lists(root, HALL)
    county.do(drop_row, SITES, rows(county)[0], "已拆除")
    county.sends(root)
    (case,) = waiting(root)
    assert case.sentence == "是否列入有 2 种说法，互不知情。"
    answer = next(side.answer for side in case.sides if side.value == "否")
    root.do(lambda w: settle(w, root.world, [case.row], answer, "", ""))
    root.gives(county)
    for node in two:
        assert [each.listed for each in rows(node, dropped=True)] == [False]
        assert waiting(node) == ()
        assert node.rebuilt() == node.hash
    assert root.hash == county.hash


def test_nobody_writes_anothers_row_at_either_door(two, cast):
    root, county = two
    other = cast.new("台江")
    root.enrols(other, "350103")
    lists(root, HALL)
    (row,) = rows(root)
    root.gives(county)
    with pytest.raises(NotAllowed):
        other.do(list_row, SITES, activity(other), root.unit("S1"), HALL)
    # past the writing door, in a scope that is its own: it names the row of another unit
    body = {"activity": activity(root).id, **HALL, "listed": True}
    forged = [Draft(root.unit("350103"), "site_listed", f"site:{row.id}", body | {"theme": "假的"}),
              Draft(root.unit("350103"), "site_dropped", f"site:{row.id}",
                    {"activity": activity(root).id, "listed": False, "reason": "假的"})]  # fmt: skip
    blank = {each.name: each.blank for each in SITES.fields}
    forged[0] = forged[0]._replace(body=blank | forged[0].body)
    other.do(record, forged)
    other.sends(root)
    assert [(each.values["theme"], each.listed) for each in rows(root, dropped=True)] == [("消防", True)]
    assert len(root.see(lambda r: told_of(r, root.world, SITES, row))) == 1
    assert root.rebuilt() == root.hash


def test_what_a_host_keeps_for_all_is_said_by_the_host_alone(two, cast):
    root, county = two
    other = cast.new("台江")
    root.enrols(other, "350103")
    county.do(open_activity, "walks-2024", "QX", host="350102")
    county.sends(root)
    root.gives(other)
    paper = {"name": "新华网", "class": 1, "from_on": "2022-02-24"}
    county.do(list_row, CHANNELS, activity(county, "QX"), "", paper)
    with pytest.raises(NotAllowed):
        other.do(list_row, CHANNELS, activity(other, "QX"), "", paper)
    with pytest.raises(BadInput):
        county.do(list_row, CHANNELS, activity(county, "QX"), "", paper | {"class": 6})
    county.sends(root)
    root.gives(other)
    for node in (root, county, other):
        found = node.see(inventory_rows, CHANNELS, activity(node, "QX").id)
        assert [each.values for each in found] == [paper]
        assert node.rebuilt() == node.hash


def test_somebody_in_a_row_stands_there_by_id_and_is_gone_with_their_erasure(two, tmp_path):
    root, _ = two
    keeper = root.joins("S1", "欧阳某某", "05")
    lists(root, HALL | {"keeper": keeper})
    (row,) = rows(root)
    bodies = root.see(lambda r: r.all("select body from facts where subject = :subject", subject=f"site:{row.id}"))
    assert bodies
    assert all("欧阳" not in body for (body,) in bodies)
    root.erases(keeper)
    assert root.see(row_of, SITES, row.id).values["keeper"] == keeper
    sheet = openpyxl.load_workbook(exported(root, tmp_path / "all.xlsx")).active
    texts = {str(cell.value) for line in sheet.iter_rows() for cell in line}
    assert person_code(keeper) in texts
    assert not any("欧阳" in text for text in texts)
    assert counts(imported(root, tmp_path / "all.xlsx")) == (0, 0, 1, 0), "whoever stands there stays, wherever they are now"
    assert "欧阳".encode() not in root.path.read_bytes()
