"""Certificates as a zip: folders by city and unit, every certificate in the lists, nothing lost and no place left."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from io import BytesIO

import openpyxl
import pytest

from campmgr.areas.camp.actions import open_camp
from campmgr.areas.certificates.files.bundle import write_bundle
from campmgr.areas.certificates.files.sheet import look_of
from campmgr.areas.certificates.queries.prints import PrintedCertificate
from campmgr.areas.whole import CATALOGUE
from campmgr.clock import FixedClock
from campmgr.errors import Refused
from campmgr.facts import world as worlds
from campmgr.files.press import Press
from campmgr.store import data_file


@pytest.fixture(scope="module")
def camp(tmp_path_factory):
    """World and look of a camp as the preset opens it."""
    path = tmp_path_factory.mktemp("camp") / "camp.sqlite"
    store = open_camp(path, "escape-drill-2023", CATALOGUE, FixedClock("2023-06-10T09:00"))
    with store.reading() as r:
        world = worlds.load(r)
        yield world, look_of(r, world, Press(path))
    data_file.close(store)


def _one(number: int, name: str, unit: str, unit_name: str, platform: str = "") -> PrintedCertificate:
    return PrintedCertificate(f"ABCD-EFGH-JKMN-{number:04d}", name, unit_name, 850, "2023-06-10", "", unit, "三班", platform)


SOME = [
    _one(1, "王芳", "350102", "鼓楼区", "KS-1"),
    _one(2, "李😀", "350102", "鼓楼区"),
    _one(3, "=HYPERLINK(1)", "350203", "../思明:区"),
    _one(4, "林小明", "350128", "平潭综合实验区"),
    _one(5, "周\U0002f000", "3500", "省直"),
    _one(6, "没有家", "none", "不知道的单位"),
]


def _written(camp, certificates):
    out = BytesIO()
    heard: list[tuple[int, int]] = []
    world, look = camp
    known = world.tree.by_code
    certificates = [replace(each, unit=known[each.unit][0].unit if each.unit in known else each.unit) for each in certificates]
    made = write_bundle(world, look, certificates, out, lambda done, whole: heard.append((done, whole)))
    return made, zipfile.ZipFile(out), heard


def _rows(archive: zipfile.ZipFile, name: str) -> list[tuple]:
    sheet = openpyxl.load_workbook(BytesIO(archive.read(name))).active
    return [tuple(row) for row in sheet.iter_rows(min_row=3, values_only=True)]


def test_everyone_is_in_a_folder_and_in_the_lists(camp):
    made, archive, heard = _written(camp, SOME)
    assert (made.printed, len(made.unprinted)) == (4, 2)
    assert archive.testzip() is None
    assert [name for name in archive.namelist() if name.endswith("证书.pdf")] == [
        "厦门市/_思明_区（350203）/证书.pdf",
        "平潭综合实验区/平潭综合实验区（350128）/证书.pdf",
        "省直/不知道的单位（none）/证书.pdf",
        "福州市/鼓楼区（350102）/证书.pdf",
    ]
    assert heard[-1] == (6, 6)
    packing = _rows(archive, "装箱单.xlsx")
    assert packing[-1][:5] == ("合计", "5 个单位", None, 4, 2)
    assert {(row[2], row[3], row[4]) for row in packing[:-1]} == {
        ("350102", 1, 1), ("350203", 1, 0), ("350128", 1, 0), ("3500", 0, 1), ("none", 1, 0),
    }  # fmt: skip
    signed = _rows(archive, "福州市/鼓楼区（350102）/签收单.xlsx")
    assert [(row[1], row[3], row[5], row[6]) for row in signed] == [
        ("王芳", "ABCD-EFGH-JKMN-0001", "KS-1", None),
        ("李😀", "ABCD-EFGH-JKMN-0002", None, "没有印出"),
    ]
    assert [row[3] for row in _rows(archive, "没有印出的证书.xlsx")] == ["周\U0002f000", "李😀"]


def test_names_of_files_lead_nowhere_and_cells_are_no_formulas(camp):
    _, archive, _ = _written(camp, SOME)
    for name in archive.namelist():
        assert not re.search(r'[\\\\:*?"<>|]|\\.\\.|^/', name), name
    sheet = openpyxl.load_workbook(BytesIO(archive.read("厦门市/_思明_区（350203）/签收单.xlsx"))).active
    assert sheet.cell(3, 2).data_type == "s"


def test_the_same_content_gives_the_same_bytes(camp):
    first, again = (_written(camp, SOME[:4])[1].fp.getvalue() for _ in range(2))
    assert first == again


def test_where_nothing_can_be_printed_there_is_no_zip(camp):
    with pytest.raises(Refused, match="李😀"):
        _written(camp, [SOME[1]])
