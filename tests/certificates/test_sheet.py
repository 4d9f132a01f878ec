"""Certificates as PDF: a page each, every character drawn or its owner named, many joined into one file."""

from __future__ import annotations

import re
import shutil
import subprocess
import zlib
from dataclasses import dataclass, replace
from io import BytesIO

import pytest
import typst

from campmgr.areas.camp.actions import open_camp
from campmgr.areas.certificates.files.sheet import (
    PHONE_PPI,
    RUN,
    TEMPLATE,
    certificate_picture,
    certificates_pdf,
    code_text,
    drawn_around,
    look_of,
    picture,
    write_certificates,
)
from campmgr.areas.certificates.queries.prints import PrintedCertificate
from campmgr.areas.whole import CATALOGUE
from campmgr.clock import FixedClock
from campmgr.errors import Refused
from campmgr.facts import world as worlds
from campmgr.files.pdf_runs import join_pdf
from campmgr.files.press import Press
from campmgr.files.qr_reading import read_qr
from campmgr.store import data_file

NAMES = [
    "王芳",
    "林小明",
    "欧阳娜娜",
    "阿卜杜热合曼·买买提江江江",
    "古丽米热·阿不都热合曼·买买提艾力江·苏",
    "㼆䶮龘",
    "李𠮷",
    "𪚥\U000e0100",
    '#read("x") *b*',
    "长" * 60,
]


@pytest.fixture(scope="module")
def look(tmp_path_factory):
    """How certificates look in a camp as the preset opens it, without a base address."""
    path = tmp_path_factory.mktemp("camp") / "camp.sqlite"
    store = open_camp(path, "escape-drill-2023", CATALOGUE, FixedClock("2023-06-10T09:00"))
    with store.reading() as r:
        yield look_of(r, worlds.load(r), Press(path))
    data_file.close(store)


@dataclass(frozen=True)
class _Made:
    pdf: bytes
    printed: int
    unprinted: tuple


def _made(look, certificates) -> _Made:
    out = BytesIO()
    written = write_certificates(look, certificates, out)
    return _Made(out.getvalue(), written.printed, written.unprinted)


def _certificate(name: str, number: int = 0, unit: str = "演练小学") -> PrintedCertificate:
    return PrintedCertificate(f"ABCD-EFGH-JKMN-{number:04d}", name, unit, 850, "2023-06-10")


def _page_count(pdf: bytes) -> int:
    return len(re.findall(rb"/Type/Page[^s]", pdf))


def _drawn(pdf: bytes) -> str:
    """Every character that the file's fonts say they draw (their ToUnicode tables)."""
    inflated = [zlib.decompress(each) for each in re.findall(rb"/Type/CMap.*?stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)]
    found = [text for table in inflated for text in re.findall(rb"<[0-9a-fA-F]{4}> <([0-9a-fA-F]+)>\n", table)]
    return "".join(bytes.fromhex(each.decode()).decode("utf-16-be") for each in found)


@pytest.mark.parametrize("name", NAMES)
def test_names_of_any_length_are_one_page_with_every_character_drawn(look, name):
    made = _made(look, [_certificate(name)])
    assert (_page_count(made.pdf), made.printed, made.unprinted) == (1, 1, ())
    wanted = f"{name}演练小学8.50课时“逃生演练训练营”电子结业证书福建省20236"
    assert set(wanted) - {" ", "\U000e0100"} <= set(_drawn(made.pdf))


def test_a_character_that_no_font_has_leaves_its_certificate_out_and_says_so(look):
    made = _made(look, [_certificate("王芳"), _certificate("李\U0002f000", 1), _certificate("林小明", 2, "😀小学")])
    assert (_page_count(made.pdf), made.printed) == (2, 1)
    assert [each.sentence for each in made.unprinted] == [
        "李\U0002f000的证书 ABCD-EFGH-JKMN-0001 没有印出：字体里没有“\U0002f000”（U+2F000）。",
        "林小明的证书 ABCD-EFGH-JKMN-0002 没有印出：字体里没有“😀”（U+1F600）。",
    ]
    assert "😀" not in _drawn(made.pdf)


def test_where_nothing_can_be_printed_there_is_no_file(look):
    with pytest.raises(Refused, match="李😀") as told:
        certificates_pdf(look, [_certificate("李😀")])
    assert told.value.reason == "missing_glyph"
    with pytest.raises(Refused, match="李😀"):
        certificate_picture(look, _certificate("李😀"))


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("王芳·Anna 8.50〔㼆䶮龘𠮷𪚥〕", ()),
        ("李😀😀", ("😀",)),
        ("ئەھمەد", ("ئ", "ە", "ھ", "م", "د")),
        ("\U0010ffff", ("\U0010ffff",)),
    ],
)
def test_what_the_fonts_lack_is_known(text, missing):
    assert Press().missing(text) == missing


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext (poppler-utils) is not installed")
def test_names_can_be_selected_and_searched_in_the_file(look, tmp_path):
    (tmp_path / "out.pdf").write_bytes(certificates_pdf(look, [_certificate(name) for name in NAMES]))
    text = subprocess.run(["pdftotext", tmp_path / "out.pdf", "-"], check=True, capture_output=True, text=True).stdout
    squeezed = "".join(text.split())
    assert [
        name for name in NAMES if "".join(name.split()).replace("\U000e0100", "") not in squeezed.replace("\U000e0100", "")
    ] == []


@pytest.mark.parametrize("name", NAMES)
def test_the_picture_for_a_phone_is_three_to_four(look, name):
    png = certificate_picture(look, _certificate(name))
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    assert (int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")) == (1080, 1440)


def test_the_same_content_gives_the_same_bytes(look):
    first, again = (_made(look, [_certificate("王芳"), _certificate("林小明", 1)]).pdf for _ in range(2))
    assert first == again


def test_more_than_one_run_is_one_file_whose_table_finds_every_object(look):
    many = [_certificate("王芳", number) for number in range(RUN + 1)] + [_certificate("李😀", RUN + 1)]
    made = _made(look, many)
    assert (_page_count(made.pdf), made.printed, len(made.unprinted)) == (RUN + 2, RUN + 1, 1)
    start = int(made.pdf[made.pdf.rindex(b"startxref") :].split()[1])
    entries = made.pdf[start : made.pdf.index(b"trailer", start)].splitlines()[3:]
    offsets = [int(each.split()[0]) for each in entries]
    assert all(made.pdf[at:].startswith(b"%d 0 obj" % number) for number, at in enumerate(offsets, start=1))
    assert {len(each) for each in entries} == {19}
    assert {int(each) for each in re.findall(rb"/Parent (\d+) 0 R", made.pdf)} <= set(range(1, len(offsets) + 1))
    assert b"/Type/Pages/Count %d/" % (RUN + 2) in made.pdf


@pytest.mark.parametrize("other", [b"", b"%PDF-1.7\nstartxref\n9\n%%EOF", b"no PDF at all"])
def test_only_our_own_pdfs_are_joined(other):
    with pytest.raises(ValueError, match=r".+"):
        join_pdf([other], BytesIO())


def test_a_base_address_puts_a_code_to_scan_on_the_page(look):
    printed = certificates_pdf(replace(look, base="https://camp.example.org"), [_certificate("王芳")])
    assert set("扫码https://camp.example.org/c/") <= set(_drawn(printed))
    assert not set("扫码") & set(_drawn(certificates_pdf(look, [_certificate("王芳")])))


@pytest.mark.parametrize(("shape", "ppi"), [("sheet", 120), ("sheet", 300), ("phone", PHONE_PPI)])
def test_the_code_on_a_certificate_is_read_back_with_its_statement(look, shape, ppi):
    """At the resolution of a coarse scan, of a print, and as a phone shows it."""
    based = replace(look, base="https://camp.example.org")
    for number in range(5):
        signed = replace(
            _certificate("王芳", number), statement="".join(chr(65 + (n * n + number * 7) % 57 % 26) for n in range(200))
        )
        assert read_qr(picture(based, signed, shape, ppi)) == code_text(signed, based.base)


def test_what_all_pages_share_is_in_the_file_once(look):
    """The frame and the seal, in however many runs the pages were set."""
    sealed = replace(look, seal=drawn_around(picture(look, _certificate("王芳"), "sheet", 30)))
    one, many = (certificates_pdf(sealed, [_certificate("王芳", number) for number in range(count)]) for count in (1, 3 * RUN))
    assert one.count(b"/Subtype/Image") == many.count(b"/Subtype/Image") > 0
    assert len(many) < len(one) + 3 * RUN * 4_000


def test_the_frame_that_is_set_is_the_one_that_can_be_edited():
    """A PDF as background stands in a file once, a drawing on every page; `说明.txt` tells how the one becomes the other."""
    folder = TEMPLATE.parent
    sheet = b"#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes(sys.inputs.svg), width: 297mm)"
    svg = (folder / "certificate-frame.svg").read_text("utf-8")
    made = typst.compile(sheet, sys_inputs={"svg": svg}, pdf_standards="1.4", pdf_tags=False, timestamp=0, ignore_system_fonts=True)
    assert (folder / "certificate-frame.pdf").read_bytes() == made
