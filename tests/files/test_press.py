"""What sets pages: the user's own fonts and sheets beside the data file, and what a sheet may not do."""

from __future__ import annotations

import shutil
import struct
from pathlib import Path

import pytest

from campmgr.areas.certificates.files.template import copy_template
from campmgr.errors import CampError
from campmgr.files import press as presses
from campmgr.files.glyphs import coverage
from campmgr.files.press import Press

TOLD = '{"frame": {"title": "", "occasion": "", "issuers": ["甲"], "seal": "", "shape": "sheet"}, "pages": []}'


def _sheet(folder: Path, text: str, name: str = "own.typ") -> Press:
    (folder / "templates").mkdir(exist_ok=True)
    (folder / "templates" / name).write_text(text, "utf-8")
    return Press(folder / "camp.sqlite")


def _refusal(work) -> CampError:
    with pytest.raises(CampError) as told:
        work()
    assert told.value.reason == "bad_template"
    return told.value


def test_a_copy_of_the_template_can_be_changed_and_used(tmp_path):
    copied = copy_template(tmp_path / "templates")
    assert {"certificate.typ", "说明.txt"} < set(copied)
    own = Press(tmp_path / "camp.sqlite")
    assert own.pdf(own.own_sheet("certificate.typ"), TOLD).startswith(b"%PDF-1.4")
    with pytest.raises(CampError, match="不会覆盖"):
        copy_template(tmp_path / "templates")


def test_a_sheet_that_is_not_there_is_said(tmp_path):
    assert "没有证书模板“own.typ”" in _refusal(lambda: Press(tmp_path / "camp.sqlite").own_sheet("own.typ")).sentence


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('#import "@preview/cetz:0.3.1"', 1),
        ('\n#import ("@pre" + "view/cetz:0.3.1")', 2),
        ('#let a = 1\n\n#include "/etc/other.typ"', 3),
        ('#import "..\\\\x.typ": a', 1),
        ('#eval("im" + "port")', 1),
        ('#let x = plugin("a.wasm")', 1),
    ],
)
def test_a_sheet_that_reaches_out_is_refused_with_its_line(tmp_path, text, line):
    own = _sheet(tmp_path, text)
    assert f"own.typ 第 {line} 行" in _refusal(lambda: own.own_sheet("own.typ")).sentence


def test_a_sheet_taken_in_by_another_is_looked_at_too(tmp_path):
    own = _sheet(tmp_path, '#import "part.typ": a\n#a')
    _sheet(tmp_path, '#let a = eval("1")', "part.typ")
    assert "part.typ 第 1 行" in _refusal(lambda: own.own_sheet("own.typ")).sentence


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("#set page(width: 10pt)\n#let x = (\n", "own.typ 第 2 行"),
        ("hi\n#unheard()", "own.typ 第 2 行"),
        ('#read("../secret.txt")', "own.typ 第 1 行"),
        ('\n\n#image("/etc/passwd")', "own.typ 第 3 行"),
        ("#while true { }", "own.typ 第 1 行"),
    ],
)
def test_a_wrong_sheet_is_refused_in_a_sentence_with_its_line(tmp_path, text, where):
    (tmp_path / "secret.txt").write_text("secret")
    own = _sheet(tmp_path, text)
    assert where in _refusal(lambda: own.pdf(own.own_sheet("own.typ"), TOLD)).sentence


def test_fonts_beside_the_data_file_draw_what_ours_lack(tmp_path, monkeypatch):
    packed = Path(presses.__file__).with_name("fonts") / "LXGWWenKai-Medium.ttf"
    monkeypatch.setattr(presses, "_PACKED", tmp_path / "none")
    own = Press(tmp_path / "camp.sqlite")
    assert own.missing("李𠮷") == ("𠮷",)
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts" / "broken.ttf").write_bytes(b"no font at all")
    (tmp_path / "fonts" / "说明.txt").write_text("no font")
    assert own.missing("李𠮷") == ("𠮷",)
    shutil.copyfile(packed, tmp_path / "fonts" / "mine.ttf")
    assert own.missing("李𠮷") == ()


def test_coverage_is_read_from_old_tables_and_collections_too(tmp_path):
    """A table of format 4 with the letters A to C and 王, alone and as the second font of a collection."""
    ends, firsts, deltas = (0x43, 0x738B, 0xFFFF), (0x41, 0x738B, 0xFFFF), (1 - 0x41, 4 - 0x738B, 1)
    segments = b"".join(struct.pack(">3H", *(each & 0xFFFF for each in column)) for column in (firsts, deltas, (0, 0, 0)))
    table = struct.pack(">7H", 4, 0, 0, 6, 0, 0, 0) + struct.pack(">3H", *ends) + b"\0\0" + segments
    cmap = struct.pack(">HHHHI", 0, 1, 3, 1, 12) + table

    def font(at: int) -> bytes:
        return struct.pack(">IHHHH", 0x00010000, 1, 0, 0, 0) + struct.pack(">4sIII", b"cmap", 0, at + 28, len(cmap)) + cmap

    (tmp_path / "a.ttf").write_bytes(font(0))
    head = struct.pack(">4sIIII", b"ttcf", 0x00010000, 2, 20, 20 + len(font(0)))
    (tmp_path / "a.ttc").write_bytes(head + font(20) + font(20 + len(font(0))))
    expected = ((0x41, 0x43), (0x738B, 0x738B))
    assert coverage(str(tmp_path / "a.ttf")) == expected
    assert coverage(str(tmp_path / "a.ttc"), 1) == expected
    assert coverage(str(tmp_path / "none.ttf")) == ()
