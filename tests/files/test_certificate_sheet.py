"""Certificates as PDF: a page each, every character drawn or its owner named, many joined into one file."""

from __future__ import annotations

import re
import zlib
from dataclasses import replace

import pytest

from campmgr.actions.camp import open_camp
from campmgr.clock import FixedClock
from campmgr.errors import Refused
from campmgr.files.certificate_sheet import RUN, certificate_file
from campmgr.files.glyphs import missing_characters
from campmgr.files.pdf_runs import joined_pdf
from campmgr.projections import world as worlds
from campmgr.queries.certificate_prints import PrintedCertificate
from campmgr.store import data_file

NAMES = ["王芳", "林小明", "欧阳娜娜", "阿卜杜热合曼·买买提江江江", "㼆䶮龘", '#read("x") *b*', "长" * 60]


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """A camp as the preset opens it, without a base address."""
    store = open_camp(tmp_path_factory.mktemp("camp") / "camp.sqlite", "escape-drill-2023", FixedClock("2023-06-10T09:00"))
    with store.reading() as r:
        yield worlds.load(r)
    data_file.close(store)


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
def test_names_of_any_length_are_one_page_with_every_character_drawn(world, name):
    made = certificate_file(world, [_certificate(name)])
    assert (_page_count(made.pdf), made.printed, made.unprinted) == (1, 1, ())
    wanted = f"{name}演练小学8.50课时“逃生演练训练营”电子结业证书福建省20236"
    assert set(wanted) - {" "} <= set(_drawn(made.pdf))


def test_a_character_that_no_font_has_leaves_its_certificate_out_and_says_so(world):
    made = certificate_file(world, [_certificate("王芳"), _certificate("李𠮷", 1), _certificate("林小明", 2, "𠮷田小学")])
    assert (_page_count(made.pdf), made.printed) == (2, 1)
    assert [each.sentence for each in made.unprinted] == [
        "李𠮷的证书 ABCD-EFGH-JKMN-0001 没有印出：字体里没有“𠮷”（U+20BB7）。",
        "林小明的证书 ABCD-EFGH-JKMN-0002 没有印出：字体里没有“𠮷”（U+20BB7）。",
    ]
    assert "𠮷" not in _drawn(made.pdf)


def test_where_nothing_can_be_printed_there_is_no_file(world):
    with pytest.raises(Refused, match="李𠮷") as told:
        certificate_file(world, [_certificate("李𠮷")])
    assert told.value.reason == "missing_glyph"


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("王芳·Anna 8.50〔㼆䶮龘〕", ()),
        ("李𠮷𠮷😀", ("𠮷", "😀")),
        ("ئەھمەد", ("ئ", "ە", "ھ", "م", "د")),
        ("\U0010ffff", ("\U0010ffff",)),
    ],
)
def test_what_the_fonts_lack_is_known(text, missing):
    assert missing_characters(text) == missing


def test_the_same_content_gives_the_same_bytes(world):
    first, again = (certificate_file(world, [_certificate("王芳"), _certificate("林小明", 1)]).pdf for _ in range(2))
    assert first == again


def test_more_than_one_run_is_one_file_whose_table_finds_every_object(world):
    many = [_certificate("王芳", number) for number in range(RUN + 1)] + [_certificate("李𠮷", RUN + 1)]
    made = certificate_file(world, many)
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
        joined_pdf([other])


def test_a_base_address_puts_a_code_to_scan_on_the_page(world):
    camp = replace(world.rules.camp, base_address="https://camp.example.org/")
    printed = certificate_file(replace(world, rules=replace(world.rules, camp=camp)), [_certificate("王芳")]).pdf
    assert set("扫码查验https://camp.example.org/c/") <= set(_drawn(printed))
    assert not set("扫码") & set(_drawn(certificate_file(world, [_certificate("王芳")]).pdf))
