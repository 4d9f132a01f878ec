"""The quick bound of a sheet never falls short of the exact rectangle, and whatever looks unusual is left to the exact reading."""

from __future__ import annotations

import zipfile
from random import Random

import pytest

from campmgr.files.xml_bound import quick_bound
from campmgr.files.xml_extent import RectangleTooLarge, xlsx_cells

HEAD = '<?xml version="1.0" encoding="UTF-8"?><worksheet><sheetData>'
TAIL = "</sheetData></worksheet>"
LIMIT = 10**12


def bound(tmp_path, content):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("sheet.xml", content)
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        return quick_bound(archive, archive.infolist()[0], LIMIT)


def cell(row, letters):
    return f'<c r="{letters}{row}" s="1"><v>1</v></c>'


def test_cells_are_found_wherever_a_piece_of_the_file_ends(tmp_path):
    dice = Random(5)
    places = [(dice.randint(3, 70_000), dice.choice(["B", "Z", "AA", "CV"])) for _ in range(70_000)]
    places += [(3, "B"), (70_000, "CV")]
    padding = "x" * 3_000_001

    found = bound(tmp_path, HEAD + "".join(cell(*place) for place in places) + f"<a>{padding}</a>" + cell(70_001, "B") + TAIL)

    assert found == (70_001 - 3 + 1) * (100 - 2 + 1)


def test_a_list_of_shared_texts_holds_no_cells(tmp_path):
    assert bound(tmp_path, '<sst count="2" uniqueCount="2"><si><t>a</t></si><si><t>b</t></si></sst>') == 0


@pytest.mark.parametrize(
    "content",
    [
        HEAD + "<row><c><v>1</v></c></row>" + TAIL,
        HEAD + "<row>" + cell(1, "A") + '<c s="1" r="B9"><v>1</v></c></row>' + TAIL,
        HEAD + cell(1, "A") + '<c\nr="B9"><v>1</v></c>' + TAIL,
        HEAD + cell(1, "A") + "<c r='B9'><v>1</v></c>" + TAIL,
        HEAD + cell(1, "A") + '<x:c r="B9"><v>1</v></x:c>' + TAIL,
        HEAD + cell(1, "A") + "<c/>" + TAIL,
        HEAD + cell(1, "a") + TAIL,
        HEAD + cell(1, "A") + "<!-- -->" + TAIL,
        "<!DOCTYPE a>" + HEAD + cell(1, "A") + TAIL,
        HEAD.replace("UTF-8", "UTF-7") + cell(1, "A") + TAIL,
        (HEAD + cell(1, "A") + TAIL).encode("utf-16"),
        HEAD + cell(1, "A") + TAIL.removesuffix(">"),
        HEAD + cell(1, "A") + "<a>" + "x" * 6_000_000 + "</a>" + cell(9, "B") + TAIL,
        f'<sst uniqueCount="{LIMIT}0"></sst>',
        "<sst uniqueCount='2'></sst>",
        HEAD + TAIL,
    ],
)
def test_what_looks_unusual_leaves_doubt(tmp_path, content):
    assert bound(tmp_path, content) is None


def test_cells_that_are_only_formatted_are_looked_at_exactly_before_a_file_is_refused(tmp_path):
    sheet = HEAD + cell(1, "A") + '<c r="ZZ900000" s="1"/>' + TAIL
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("one.xml", sheet)
        archive.writestr("two.xml", HEAD + cell(1, "A") + cell(9, "B") + TAIL)
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert xlsx_cells(archive, archive.infolist(), 19) == 1 + 18
        with pytest.raises(RectangleTooLarge):
            xlsx_cells(archive, archive.infolist(), 18)
