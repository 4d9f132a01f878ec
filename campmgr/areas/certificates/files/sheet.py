"""Certificates as PDF (A4 landscape, one page each) and as a picture for a phone; who cannot be drawn is named, never drawn with a
box (F-19, F-20).
"""

from __future__ import annotations

import base64
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO

from campmgr.areas.camp.settings import Camp
from campmgr.areas.certificates.queries.prints import PrintedCertificate, seal_picture
from campmgr.areas.certificates.rules import clauses, issuers_of
from campmgr.areas.certificates.settings import Certificate
from campmgr.errors import Refused
from campmgr.facts.world import World
from campmgr.files.pdf_runs import join_pdf
from campmgr.files.press import Press
from campmgr.files.qr import qr_svg_in_bulk
from campmgr.ids import canonical
from campmgr.store.door import Reader
from campmgr.wording import hours_text, list_words

TEMPLATE = Path(__file__).with_name("certificate") / "certificate.typ"
"""The sheet that comes along, beside its frames and a text for those who make their own of it."""

_LEFT_OUT = Path(__file__).with_name("left_out.typ")
_HINT = "请核对这个字是不是打错了；没有错的，把有这个字的字体文件放进数据文件旁边的 fonts 文件夹，再印一次。"

RUN = 64
"""Certificates set at a time: of thousands at once, what the setter remembers takes gigabytes."""

PHONE_PPI = 254
"""A picture of 108 × 144 mm has 1080 × 1440 pixels by that: 3 to 4, as a phone shows it whole."""


Progress = Callable[[int, int], None]
"""Hears how far work is: (done, of how many); may raise to stop it."""


def nobody_watches(done: int, whole: int) -> None:
    """Where nobody waits to hear how far work is."""


@dataclass(frozen=True, slots=True)
class CertificateDesign:
    """What all certificates of a camp have in common: words, issuing bodies in order, seal (SVG, "" for none), address, sheet."""

    title: str
    occasion: str
    camp: str
    wording: str
    issuers: tuple[str, ...]
    seal: str
    base: str
    sheet: Path
    press: Press

    def parted(self, certificates: Sequence[PrintedCertificate]) -> tuple[list[PrintedCertificate], tuple[Unprinted, ...]]:
        """Those that can be drawn, and the others with what they lack."""
        common = self.press.missing("".join((self.title, self.occasion, self.camp, self.wording, *self.issuers, self.base)))
        lacking = set(self.press.missing("".join({letter for each in certificates for letter in each.name + each.unit_name})))
        printed: list[PrintedCertificate] = []
        unprinted: list[Unprinted] = []
        for each in certificates:
            missing = (*common, *(letter for letter in dict.fromkeys(each.name + each.unit_name) if letter in lacking))
            if missing:
                unprinted.append(Unprinted(each, missing))
            else:
                printed.append(each)
        return printed, tuple(unprinted)


@dataclass(frozen=True, slots=True)
class WordedCertificate:
    """A certificate in words of its own, of whatever it was given for; `says`: (words, whether they stand out, the stop after
    them); `on`: an ISO day.
    """

    number: str
    name: str
    unit_name: str
    on: str
    says: tuple[tuple[str, bool, str], ...]


@dataclass(frozen=True, slots=True)
class Unprinted:
    """A certificate that was left out, and the characters our fonts do not have."""

    certificate: PrintedCertificate
    characters: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """Who, which certificate, which characters."""
        words = list_words(f"“{each}”（{_point(each)}）" for each in self.characters)
        return f"{self.certificate.name}的证书 {self.certificate.number} 没有印出：字体里没有{words}。"


@dataclass(frozen=True, slots=True)
class Written:
    """How many certificates were written, and those that were not; these stand on the last page."""

    printed: int
    unprinted: tuple[Unprinted, ...]


def look_of(r: Reader, world: World, press: Press) -> CertificateDesign:
    """How the camp's certificates look, with the seal where this data file holds it.

    Raises NotFound and BadInput "bad_template" for a sheet of the organizer's own that is not here or reaches out.
    """
    rules, root = world.rules, world.tree.units.get(world.root_unit)
    name = rules[Camp].name
    own, seal = rules[Certificate].template, seal_picture(r, world)
    return CertificateDesign(
        title=rules[Certificate].name,
        occasion=rules[Camp].occasion,
        camp=name if name.startswith("“") else f"“{name}”",
        wording=rules[Certificate].wording,
        issuers=issuers_of(rules[Certificate], root.name if root else ""),
        seal=drawn_around(seal) if seal else "",
        base=rules[Camp].base_address.rstrip("/"),
        sheet=press.own_sheet(own) if own else TEMPLATE,
        press=press,
    )


def certificates_pdf(look: CertificateDesign, certificates: Sequence[PrintedCertificate]) -> bytes:
    """A few certificates as one PDF. Raises as `write_certificates` does."""
    made = BytesIO()
    write_certificates(look, certificates, made)
    return made.getvalue()


def write_certificates(
    look: CertificateDesign, certificates: Sequence[PrintedCertificate], out: IO[bytes], progress: Progress = nobody_watches
) -> Written:
    """Write certificates as one PDF, the same bytes for the same content, in the order given, in little memory.

    `progress` hears how many are set so far, of how many, and may raise to stop. Raises Refused "missing_glyph" when none can be
    printed.
    """
    printed, unprinted = look.parted(certificates)
    if not printed:
        raise Refused(unprinted[0].sentence if unprinted else "没有可以打印的证书。", reason="missing_glyph", hint=_HINT)
    join_pdf(_runs(look, printed, unprinted, progress), out)
    return Written(len(printed), unprinted)


def certificate_picture(look: CertificateDesign, certificate: PrintedCertificate) -> bytes:
    """A certificate as PNG for a phone: the same content, upright. Raises Refused "missing_glyph"."""
    return picture(look, certificate, "phone", PHONE_PPI)


def picture(look: CertificateDesign, certificate: PrintedCertificate, shape: str, ppi: int) -> bytes:
    """A certificate as PNG in one of the shapes "sheet" and "phone". Raises Refused "missing_glyph"."""
    _, unprinted = look.parted([certificate])
    if unprinted:
        raise Refused(unprinted[0].sentence, reason="missing_glyph", hint=_HINT)
    return look.press.pictures(look.sheet, _told(look, [certificate], shape), ppi)[0]


def _runs(
    look: CertificateDesign, printed: Sequence[PrintedCertificate], unprinted: Sequence[Unprinted], progress: Progress
) -> Iterator[bytes]:
    """One small PDF after another; what was left out stands on pages of its own at the end."""
    for start in range(0, len(printed), RUN):
        if start:
            look.press.forget()
        yield look.press.pdf(look.sheet, _told(look, printed[start : start + RUN], "sheet"))
        progress(min(start + RUN, len(printed)), len(printed))
    if unprinted:
        yield look.press.pdf(_LEFT_OUT, canonical({"unprinted": [_drawable(each) for each in unprinted]}))


def _told(look: CertificateDesign, certificates: Sequence[PrintedCertificate], shape: str) -> str:
    """What a sheet hears; 说明.txt beside it says the same to people."""
    frame = {"title": look.title, "occasion": look.occasion, "issuers": look.issuers, "seal": look.seal, "shape": shape}
    return canonical({"frame": frame, "pages": [_page(look, each) for each in certificates]})


def _page(look: CertificateDesign, each: PrintedCertificate) -> dict[str, object]:
    """What one certificate says; `address` is empty without a base address, `qr` where nothing is signed either."""
    address = f"{look.base}/c/{each.number}" if look.base else ""
    year, month, day = each.issued_on.split("-")
    values = {
        "name": each.name,
        "unit": each.unit_name,
        "hours": hours_text(each.credited),
        "camp": look.camp,
        "date": f"{year}年{int(month)}月{int(day)}日",
    }
    return {
        "name": each.name,
        "spaced": len(each.name) == 2 and all(map(_is_han, each.name)),
        "unit": each.unit_name,
        "hours": values["hours"],
        "number": each.number,
        "day": values["date"],
        "address": address,
        "qr": qr_svg_in_bulk(code) if (code := code_text(each, look.base)) else "",
        "says": [
            {"parts": [part._asdict() for part in clause.parts], "stop": clause.stop} for clause in clauses(look.wording, values)
        ],
    }


def worded_pdf(press: Press, title: str, occasion: str, issuers: Sequence[str], certificates: Sequence[WordedCertificate]) -> bytes:
    """Certificates in their own words on the sheet that comes along, a page each. Raises Refused "missing_glyph", without any."""
    said = "".join((title, occasion, *issuers, *(part for each in certificates for part in _worded_texts(each))))
    if missing := press.missing(said):
        words = list_words(f"“{each}”（{_point(each)}）" for each in missing)
        raise Refused(f"字体里没有{words}，证书没有印出。", reason="missing_glyph", hint=_HINT)
    frame = {"title": title, "occasion": occasion, "issuers": list(issuers), "seal": "", "shape": "sheet"}
    return press.pdf(TEMPLATE, canonical({"frame": frame, "pages": [_worded(each) for each in certificates]}))


def _worded_texts(each: WordedCertificate) -> Iterator[str]:
    yield from (each.number, each.name, each.unit_name)
    yield from (words for words, _, _ in each.says)


def _worded(each: WordedCertificate) -> dict[str, object]:
    year, month, day = each.on.split("-")
    return {
        "name": each.name, "spaced": len(each.name) == 2 and all(map(_is_han, each.name)), "unit": each.unit_name, "hours": "",
        "number": each.number, "day": f"{year}年{int(month)}月{int(day)}日", "address": "", "qr": "",
        "says": [{"parts": [{"key": "hours" if stands_out else "", "text": words}], "stop": stop}
                 for words, stands_out, stop in each.says],
    }  # fmt: skip


def code_text(each: PrintedCertificate, base: str) -> str:
    """What the QR code of a certificate holds: its page, with the signed statement behind the #, which no browser sends.

    Without a base address the statement alone: whoever has the checker file, or any laptop of the camp, can still prove it.
    """
    if not base:
        return each.statement
    return f"{base.rstrip('/')}/c/{each.number}" + (f"#{each.statement}" if each.statement else "")


def drawn_around(png: bytes) -> str:
    """A picture as a drawing that holds it, since a sheet hears only texts."""
    data = base64.b64encode(png).decode("ascii")
    image = f'<image width="1" height="1" href="data:image/png;base64,{data}"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">{image}</svg>'


def _is_han(character: str) -> bool:
    return unicodedata.name(character, "").startswith("CJK ")


def _drawable(each: Unprinted) -> dict[str, str]:
    """The line of a certificate left out, with missing characters by their code points."""
    said = {"number": each.certificate.number, "name": each.certificate.name, "unit": each.certificate.unit_name}
    return {key: _spelt(text, each.characters) for key, text in said.items()} | {"missing": " ".join(map(_point, each.characters))}


def _spelt(text: str, missing: Iterable[str]) -> str:
    for each in missing:
        text = text.replace(each, f"〔{_point(each)}〕")
    return text


def _point(character: str) -> str:
    return f"U+{ord(character):04X}"
