"""Every sheet that is printed: whatever names are in it, they stand there whole, beside each other, where printers reach."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from itertools import combinations, cycle
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from campmgr.areas.certificates.files.revocation_sheet import revocation_sheet
from campmgr.areas.certificates.files.sheet import TEMPLATE, CertificateDesign, certificates_pdf, picture
from campmgr.areas.certificates.proof.revocation_list import RevokedEntry
from campmgr.areas.certificates.queries.prints import PrintedCertificate
from campmgr.areas.certificates.queries.revocation_lists import RevocationList
from campmgr.areas.hours.files.roster_sheet import PrintedRoster, RosterFrame, roster_pdf
from campmgr.areas.hours.queries.paper import PaperRow, Roster
from campmgr.areas.people.files.cards import cards_pdf
from campmgr.areas.people.files.class_list import roster_paper
from campmgr.areas.people.queries.roster import RosterRow
from campmgr.areas.whole import CATALOGUE
from campmgr.desks.files.poster import poster_for, posters_pdf
from campmgr.files import press as presses
from campmgr.files.official_paper import Group, Paper, PaperColumn, PaperPart
from campmgr.files.official_sheet import paper_pdf
from campmgr.files.press import Press, spelt

needs_poppler = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext (poppler-utils) is not installed")

CLIPPED = 8
"""Millimetres at each edge that common printers leave blank."""

NAMES = {
    "plain": "王芳",
    "fifty letters": "Maximilianalexanderkonstantinhubertusvonundzusternb",
    "fifty Han": "长" * 50,
    "several parts": "古丽米热·阿不都热合曼·买买提艾力江·苏",
    "rare": "㼆䶮𠮷𪚥",
    "nobody draws it": "李😀\U0002f000",
    "marks stacked": "A\u0301\u0302\u0303\u0304\u0306\u0307\u0323\u0331nna",
    "markup": '#read("x") *b* $y$ @z <w> \\',
}
UNIT = "福建省福州市鼓楼区" + "第一实验学校附属幼儿园" * 9 + "分部"
LONG_UNIT = UNIT[:110]


def _certificate(press: Press, name: str, unit: str, shape: str = "") -> bytes:
    look = CertificateDesign("电子结业证书", "第 22 个全国“安全生产月”", "“逃生演练训练营”", "{name}同志：学完{hours}课时，特发此证。",
                             ("福建省消防救援总队",), "", "https://camp.example.org", TEMPLATE, press)  # fmt: skip
    one = PrintedCertificate("ABCD-EFGH-JKMN-0001", name, unit, 850, "2023-06-10")
    return picture(look, one, shape, 100) if shape else certificates_pdf(look, [one])


def _poster(press: Press, name: str, unit: str) -> bytes:
    one = poster_for(CATALOGUE.book.preset("escape-drill-2023"), f"{unit}{name}", "ABCD2345", "https://camp.example.org/j/ABCD2345")
    return posters_pdf(press, [one, replace(one, host=name, steps=(unit * 3, name), search_words=(name, unit))])


def _large_poster(press: Press, name: str, unit: str) -> bytes:
    one = poster_for(CATALOGUE.book.preset("escape-drill-2023"), f"{unit}{name}", "ABCD2345", "https://camp.example.org/j/ABCD2345")
    return posters_pdf(press, [one], "a3")


def _cards(press: Press, name: str, unit: str) -> bytes:
    one = RosterRow("p", name, "1", name, "u", unit, "1234567890123456", 0, False, False, False, False, False)
    return cards_pdf(press, "“逃生演练训练营”", [one] * 12)


def _passes(press: Press, name: str, unit: str) -> bytes:
    one = RosterRow("p", name, "1", name, "u", unit, "1234567890123456", 0, False, False, False, False, False)
    return cards_pdf(press, "“逃生演练训练营”", [one] * 25, "pass")


def _class_list(press: Press, name: str, unit: str) -> bytes:
    one = RosterRow("p", name, "1", name, "u", unit, "1234567890123456", 750, True, True, True, False, False)
    return paper_pdf(press, roster_paper(unit, name, [one] * 12))


def _roster(press: Press, name: str, unit: str) -> bytes:
    rows = [PaperRow(number, "p", name, name, "1234") for number in range(1, 41)]
    roster = Roster("1" * 8, "u", "", "x", "2023-06-10", True, "", len(rows))
    frame = RosterFrame("“逃生演练训练营”", unit, "", name, "2023-06-10", True, "1111 1111", roster.sheets)
    return roster_pdf(press, [PrintedRoster(frame, roster, rows)])


def _prizes(press: Press, name: str, unit: str) -> bytes:
    columns = (PaperColumn("名次", "number", 3), PaperColumn("姓名", "name", 6), PaperColumn("作品名称", "text", 12),
               PaperColumn("单位", "text", 10))  # fmt: skip
    rows = tuple((place, name, name, unit) for place in range(1, 6))
    return paper_pdf(press, Paper((PaperPart("公示", f"{unit}名单", columns, (Group(rows, "小计：5 行"),), above=(unit,)),), unit))


def _revoked(press: Press, name: str, unit: str) -> bytes:
    entries = tuple(RevokedEntry(f"ABCD-EFGH-JKMN-{number:04d}", "revoked", "") for number in range(40))
    return revocation_sheet(
        press,
        CATALOGUE.book.preset("escape-drill-2023"),
        RevocationList("2023-06-10T00:00", f"{unit}{name}", entries, ("x" * 300,)),
    )


SHEETS: dict[str, Callable[[Press, str, str], bytes]] = {
    "certificate": _certificate,
    "poster": _poster,
    "poster A3": _large_poster,
    "cards": _cards,
    "passes": _passes,
    "class list": _class_list,
    "roster": _roster,
    "prizes": _prizes,
    "revoked": _revoked,
}


def _said(pdf: bytes) -> str:
    """All texts of a PDF without blanks, as another program reads them."""
    text = subprocess.run(["pdftotext", "-raw", "-", "-"], check=True, capture_output=True, input=pdf).stdout.decode()
    return _squeezed(text)


def _squeezed(text: str) -> str:
    return re.sub(r"[\s\u200b\u0300-\u036f]+", "", text)


def _pages(pdf: bytes, folder: Path) -> list[Image.Image]:
    (folder / "a.pdf").write_bytes(pdf)
    subprocess.run(["pdftoppm", "-r", "40", "-gray", "-png", folder / "a.pdf", folder / "page"], check=True)
    return [Image.open(path) for path in sorted(folder.glob("page*.png"))]


def _boxes(pdf: bytes) -> list[list[tuple[float, ...]]]:
    """Where the words of each page stand: left, top, right, bottom, in points."""
    told = subprocess.run(["pdftotext", "-bbox", "-", "-"], check=True, capture_output=True, input=pdf).stdout.decode(
        errors="replace"
    )
    word = re.compile(r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">[^<\s]')
    return [[tuple(map(float, each)) for each in word.findall(page)] for page in told.split("<page ")[1:]]


def _one_over_the_other(boxes: list[tuple[float, ...]]) -> list[tuple[tuple[float, ...], tuple[float, ...]]]:
    """Words whose middles lie in each other: the boxes of a font are higher than what is drawn."""
    found = []
    for first, other in combinations(boxes, 2):
        across = min(first[2], other[2]) - max(first[0], other[0])
        down = min(first[3], other[3]) - max(first[1], other[1])
        line = min(first[3] - first[1], other[3] - other[1])
        if across > 0.6 * line and down > 0.5 * line:
            found.append((first, other))
    return found


def _is_blank_at_the_edges(page: Image.Image) -> bool:
    dots = int(CLIPPED / 25.4 * 40)
    inner = page.convert("L").crop((dots, dots, page.width - dots, page.height - dots))
    blank = Image.new("L", page.size, 255)
    blank.paste(inner, (dots, dots))
    at_the_edges = ImageChops.difference(blank, page.convert("L")).point(lambda value: 255 if value > 4 else 0)
    return at_the_edges.getbbox() is None


_DRAWN = [
    (sheet, name, unit)
    for name, unit in zip(NAMES, cycle([LONG_UNIT, "演练小学"]))
    for sheet in SHEETS
    if (sheet, name) != ("certificate", "nobody draws it")  # it is left out rather than printed with a code point
]


@needs_poppler
@pytest.mark.parametrize(("sheet", "name", "unit"), _DRAWN, ids=[f"{name} on {sheet}" for sheet, name, _ in _DRAWN])
def test_every_name_stands_whole_on_every_sheet_and_nothing_where_printers_clip(sheet, name, unit, tmp_path):
    press, name = Press(), NAMES[name]
    pdf = SHEETS[sheet](press, name, unit)
    said = _said(pdf)
    for text in (name, unit):
        assert _squeezed(spelt(text, press.missing(text))) in said
    if press.missing(name):
        assert "字体里没有的字写作" in said
    for page in _pages(pdf, tmp_path):
        assert _is_blank_at_the_edges(page), sheet
    for words in _boxes(pdf):
        assert _one_over_the_other(words) == []


@pytest.mark.parametrize("name", ["fifty letters", "fifty Han", "several parts"])
def test_the_picture_for_a_phone_holds_any_name_inside_its_frame(name):
    """What stands beside the middle is the frame, the same with any name."""
    plain, other = (
        Image.open(BytesIO(_certificate(Press(), each, LONG_UNIT, "phone"))).convert("L") for each in ("王芳", NAMES[name])
    )
    beside = plain.width * 9 // 108
    for box in ((0, 0, beside, plain.height), (plain.width - beside, 0, plain.width, plain.height)):
        assert ImageChops.difference(plain.crop(box), other.crop(box)).getbbox() is None


@needs_poppler
def test_fonts_beside_the_data_file_draw_on_every_sheet_what_ours_lack(tmp_path, monkeypatch):
    packed = Path(presses.__file__).with_name("fonts") / "LXGWWenKai-Medium.ttf"
    (tmp_path / "fonts").mkdir()
    shutil.copyfile(packed, tmp_path / "fonts" / "mine.ttf")
    monkeypatch.setattr(presses, "_PACKED", tmp_path / "none")
    for name, sheet in SHEETS.items():
        if name != "certificate":
            assert "李〔U+20BB7〕" in _said(sheet(Press(), "李𠮷", "演练小学")), name
        assert "李𠮷" in _said(sheet(Press(tmp_path / "camp.sqlite"), "李𠮷", "演练小学")), name
