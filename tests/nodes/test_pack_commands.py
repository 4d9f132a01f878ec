"""`campmgr pack` as people call it."""

from __future__ import annotations

from pathlib import Path

from tests.kit.packs import places_of
from tests.kit.program import Program
from tests.kit.story import Node


def _program(node: Node, monkeypatch, capsys) -> Program:
    """The command line on a node's file, on its machine."""
    node.close()
    monkeypatch.setenv("CAMPMGR_STATE", str(node.state))
    monkeypatch.setenv("CAMPMGR_DB", str(node.path))
    return Program(node.path, capsys)


def _with_a_flipped_bit_in_the_last_segment(pack: Path) -> Path:
    data = bytearray(pack.read_bytes())
    data[places_of(pack)[1][-1][0] + 5] ^= 1
    altered = pack.with_name("altered.pack")
    altered.write_bytes(data)
    return altered


def test_a_pack_for_nobody_yet_says_so(cast, tmp_path, monkeypatch, capsys):
    run = _program(cast.root(), monkeypatch, capsys)
    made = run("pack", "make", "--out", tmp_path / "alone.pack")
    assert made.code == 0
    assert "只有这份数据文件自己能打开" in made.out
    assert run.json("pack", "show", tmp_path / "alone.pack")["opens"] is True


def test_show_tells_the_head_to_everybody_and_whether_it_opens_here(cast, tmp_path, monkeypatch, capsys):
    root, county, other = cast.root(), cast.new("县"), cast.new("外")
    root.enrols(county, "350102")
    pack = root.packed(county.id)
    told = _program(county, monkeypatch, capsys).json("pack", "show", pack)
    assert (told["opens"], told["made_for"], told["made_by"]) == (True, [county.id], root.writer)
    run = _program(other, monkeypatch, capsys)
    assert run.json("pack", "show", pack)["segments"] == [each | {"opens": False} for each in told["segments"]]
    assert "打不开" in run("pack", "show", pack).out


def test_a_damaged_segment_is_named_and_the_others_are_taken(cast, monkeypatch, capsys):
    root, county = cast.root(), cast.new("县")
    root.enrols(county, "350102")
    county.joins("350102", "甲", "001")
    altered = _with_a_flipped_bit_in_the_last_segment(county.packed())
    run = _program(root, monkeypatch, capsys)
    taken = run("pack", "accept", altered, "--json")
    assert taken.code == 0
    assert [each["result"] for each in taken.data["segments"]][-1] == "damaged"
    assert "鼓楼区第1台写在“鼓楼区”" in taken.err
    assert "已损坏，没有写入；其余已写入" in taken.err


def test_an_altered_head_is_refused_whole(cast, monkeypatch, capsys):
    root, county = cast.root(), cast.new("县")
    root.enrols(county, "350102")
    pack = county.packed()
    pack.write_bytes(pack.read_bytes().replace(b'"at":"2023-', b'"at":"2022-', 1))
    _program(root, monkeypatch, capsys).fails(2, "damaged_pack", "pack", "accept", pack)
