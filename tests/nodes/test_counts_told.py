"""What a pack came to, and what is outstanding with each neighbour, is told in the same numbers on page and command."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from campmgr.areas.nodes.exchange.pack_reader import PackReader
from campmgr.areas.nodes.files.packs import accept_pack, hear_receipt, send_pack
from campmgr.areas.people.actions import people
from campmgr.areas.people.actions.people import Registration
from campmgr.areas.units.actions.units import UnitRow, add_unit
from tests.kit.child_laptop import taken_in
from tests.kit.office import found, hidden, rows, see
from tests.kit.packs import places_of
from tests.kit.program import Program

PACKS = "/office/packs/"


@pytest.fixture
def child(pages, tmp_path):
    """A county's laptop that was taken in and has answered, an hour later by its clock."""
    with taken_in(pages, tmp_path, "2023-06-10T10:30") as (store, _, receipt):
        (tmp_path / "grant.pack").write_bytes(receipt)
        hear_receipt(pages.store, tmp_path / "grant.pack")
        yield store


def _one_fact_altered(pack: Path) -> tuple[Path, int]:
    """The same pack with a segment of one fact altered, and how many facts it has."""
    lengths = [row.length for row in PackReader(pack).rows()]
    data = bytearray(pack.read_bytes())
    data[places_of(pack)[1][lengths.index(1)][0] + 5] ^= 1
    pack.write_bytes(data)
    return pack, sum(lengths)


def test_so_many_taken_and_one_set_aside_with_reason_and_what_to_do(pages, child, tmp_path, capsys):
    with child.writing() as w:
        add_unit(w, UnitRow("S9", "第九小学", "350102", "学校"))
        for number in range(40):
            people.register(w, Registration("350102", f"第{number}人", f"{number}"))
    send_pack(child, tmp_path / "up.pack", whole=True)
    pack, whole = _one_fact_altered(tmp_path / "up.pack")
    aside = r"搁置 1 条：1 条已损坏，没有写入——请把回执带回，对方的下一个数据包会再带一次；或者重新拷贝这个文件，再接收一次。"
    looked = found(pages, PACKS, pack=(pack.read_bytes(), "up.pack"))
    assert "有 1 条所在的段已损坏" in looked
    shown = found(pages, PACKS + "accept", looked=hidden(looked, "looked"))
    assert re.search(rf"收下 {whole - 1} 条（新的 8\d 条），{aside}", shown)
    assert ("下载回执" in shown, "写在“公共部分”" in shown) == (True, True)
    ran = Program(Path(pages.store.path), capsys)("pack", "accept", pack)
    assert f"收下 {whole - 1} 条（新的 0 条），{aside}" in ran.out
    told = Program(Path(pages.store.path), capsys).json("pack", "accept", pack)
    assert (told["accepted"], told["set_aside"]) == (
        whole - 1,
        [{"facts": 1, "why": "已损坏，没有写入", "what_to_do": aside.split("——")[1][:-1]}],
    )


def test_what_is_outstanding_both_ways_stands_on_page_and_command(pages, child, tmp_path, capsys):
    def line() -> list[str]:
        (cells,) = [row for row in rows(see(pages, PACKS)) if "鼓楼区第1台" in row[0]]
        return cells

    def due() -> dict[str, object]:
        (told,) = Program(Path(pages.store.path), capsys).json("pack", "due")["neighbours"]
        return {name: told[name] for name in ("last_contact", "to_carry", "to_carry_since", "to_fetch", "to_fetch_told")}

    contact = due()["last_contact"]
    assert (line()[1], line()[2], line()[4]) == (contact, "0", "0")
    with pages.store.writing() as w:
        people.register(w, Registration("350102", "陈小红"))
    with child.writing() as w:
        people.register(w, Registration("350102", "李小明"))
    send_pack(pages.store, tmp_path / "down.pack")
    (tmp_path / "back").write_bytes(accept_pack(child, tmp_path / "down.pack").receipt)
    with pages.store.writing() as w:
        add_unit(w, UnitRow("S8", "第八小学", "350102", "学校"))
    hear_receipt(pages.store, tmp_path / "back")
    told = due()
    assert (told["to_carry"], told["to_fetch"]) == (1, 2)
    assert re.fullmatch(r"2023-\d\d-\d\d \d\d:\d\d", str(told["to_carry_since"]))
    cells = line()
    assert (cells[1], cells[2], cells[3]) == (told["last_contact"], "1", told["to_carry_since"])
    assert cells[4] == f"2 按 {told['to_fetch_told']} 收到的回执"
    assert "鼓楼区第1台" in Program(Path(pages.store.path), capsys)("pack", "due").out
