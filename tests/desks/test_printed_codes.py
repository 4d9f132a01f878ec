"""The QR codes on everything that is printed are read back from the rendered page: as it is, and as a phone gets to see it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter

from campmgr.areas.certificates.files.sheet import TEMPLATE, CertificateDesign, certificates_pdf, code_text
from campmgr.areas.certificates.queries.prints import PrintedCertificate
from campmgr.areas.hours.files.roster_sheet import PrintedRoster, RosterFrame, roster_pdf
from campmgr.areas.hours.queries.paper import PaperRow, Roster
from campmgr.areas.people.files.cards import cards_pdf
from campmgr.areas.people.files.slips import Slip, slips_pdf
from campmgr.areas.people.queries.roster import RosterRow
from campmgr.areas.whole import CATALOGUE
from campmgr.desks.files.poster import poster_for, posters_pdf
from campmgr.files.press import Press
from campmgr.files.qr_reading import read_qr

PRESS, BASE = Press(), "https://camp.example.org"
SIGNED = PrintedCertificate("ABCD-EFGH-JKMN-0001", "王芳", "演练小学", 850, "2023-06-10", statement="".join(
    chr(65 + (n * n + 7) % 57 % 26) for n in range(200)))  # fmt: skip
PEOPLE = [
    RosterRow("p", f"王{n}", "", "三年1班", "u", "演练小学", f"{n:016}", 0, False, False, False, False, False) for n in range(24)
]


THEIRS = "https://platform.example.com/live/12345"


def _posters(paper, theirs: str = "") -> bytes:
    """A poster with our code, and the platform's where it is known."""
    rules = CATALOGUE.book.preset("escape-drill-2023").with_change("taking_part.platform_code", theirs)
    return posters_pdf(PRESS, [poster_for(rules, "演练小学", "ABCD2345", f"{BASE}/j/ABCD2345")], paper)


def _certificate() -> bytes:
    look = CertificateDesign("电子结业证书", "", "营", "{name}：特发此证。", ("某单位",), "", BASE, TEMPLATE, PRESS)
    return certificates_pdf(look, [SIGNED])


def _roster() -> bytes:
    roster = Roster("1" * 8, "u", "", "x", "2023-06-10", True, "", 1)
    frame = RosterFrame("营", "演练小学", "", "课", "2023-06-10", True, "1111 1111", 1)
    return roster_pdf(PRESS, [PrintedRoster(frame, roster, [PaperRow(1, "p", "王芳", "三年1班", "1234")])])


SLIPS = [Slip("福州市妇联", code, f"{BASE}/j/{code}", 3, "2023-06-30") for code in (f"ABCD234{n}" for n in range(10))]
CODES = [person.code for person in PEOPLE]
PRINTED: dict[str, tuple[Callable[[], bytes], Sequence[str]]] = {
    "poster A4": (lambda: _posters("a4"), [f"{BASE}/j/ABCD2345"]),
    "poster A3": (lambda: _posters("a3"), [f"{BASE}/j/ABCD2345"]),
    "poster with both codes": (lambda: _posters("a4", THEIRS), [f"{BASE}/j/ABCD2345", THEIRS]),
    "certificate": (_certificate, [code_text(SIGNED, BASE)]),
    "roster": (_roster, ["11111111-1"]),
    "cards": (lambda: cards_pdf(PRESS, "营", PEOPLE[:10]), CODES[:10]),
    "family slips": (lambda: slips_pdf(PRESS, "营", SLIPS), [each.address for each in SLIPS]),
    "passes": (lambda: cards_pdf(PRESS, "营", PEOPLE, "pass"), CODES),
}


def _streaked(page: Image.Image) -> Image.Image:
    """White lines across, as of a printer that runs out of ink."""
    streaked = page.copy()
    draw = ImageDraw.Draw(streaked)
    for down in range(7, page.height, page.height // 60):
        draw.line((0, down, page.width, down), fill=255, width=1)
    return streaked


LOOKS: dict[str, Callable[[Image.Image], Image.Image]] = {
    "as it is": lambda page: page,
    "blurred": lambda page: page.filter(ImageFilter.GaussianBlur(1.2)),
    "tilted": lambda page: page.rotate(11, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC),
    "faint": lambda page: ImageEnhance.Contrast(page).enhance(0.18),
    "streaked": _streaked,
}


def _page(pdf: bytes, folder: Path) -> Image.Image:
    (folder / "a.pdf").write_bytes(pdf)
    subprocess.run(["pdftoppm", "-r", "220", "-gray", "-png", "-singlefile", folder / "a.pdf", folder / "page"], check=True)
    return Image.open(folder / "page.png").convert("L")


@pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="pdftoppm (poppler-utils) is not installed")
@pytest.mark.parametrize("sheet", PRINTED)
def test_every_code_on_every_sheet_is_read_back_however_badly_it_is_seen(sheet, tmp_path):
    make, wanted = PRINTED[sheet]
    page = _page(make(), tmp_path)
    for name, look in LOOKS.items():
        seen = look(page)
        read = {each.text for each in zxingcpp.read_barcodes(seen) if each.valid}
        assert read == set(wanted), name


def test_a_bad_photo_of_a_poster_is_read_by_our_own_reader(tmp_path):
    """All at once: tilted, blurred, faint, streaked; as a picture that a browser sends."""
    if shutil.which("pdftoppm") is None:
        pytest.skip("pdftoppm (poppler-utils) is not installed")
    page = _page(_posters("a4"), tmp_path)
    for look in ("streaked", "tilted", "blurred", "faint"):
        page = LOOKS[look](page)
    photo = BytesIO()
    page.save(photo, "JPEG", quality=60)
    assert read_qr(photo.getvalue()) == f"{BASE}/j/ABCD2345"
