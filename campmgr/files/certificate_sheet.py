"""Certificates as PDF: A4 landscape, one page each; who cannot be printed is named, never drawn with a box (F-19, F-20)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from campmgr.errors import Refused
from campmgr.files.glyphs import font_folder, missing_characters
from campmgr.files.pdf_runs import joined_pdf
from campmgr.files.qr import qr_svg
from campmgr.ids import canonical
from campmgr.projections.world import World
from campmgr.queries.certificate_prints import PrintedCertificate
from campmgr.wording import hours_text, list_words

_SHEET = Path(__file__).with_name("certificate.typ")
_HINT = "请核对这个字是不是打错了；没有错的，请手写这张证书。"

RUN = 25
"""Certificates set at a time: the setter remembers its last runs, and of thousands at once that takes gigabytes."""


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
class CertificateFile:
    """A PDF, how many certificates are in it, and those that are not; these stand on its last page."""

    pdf: bytes
    printed: int
    unprinted: tuple[Unprinted, ...]


def certificate_file(world: World, certificates: Sequence[PrintedCertificate]) -> CertificateFile:
    """Certificates as one PDF, the same bytes for the same content, in the order given.

    The issuer is the unit that opened the camp; the bodies of the notice (F-04) did not sign here and are not named. With a base
    address each bears a QR code of its page `/c/<number>`. Raises Refused "missing_glyph" when none of them can be printed.
    """
    frame = _frame(world)
    missing = {each.number: missing_characters("".join((*frame.values(), each.name, each.unit_name))) for each in certificates}
    unprinted = tuple(Unprinted(each, missing[each.number]) for each in certificates if missing[each.number])
    printed = [each for each in certificates if not missing[each.number]]
    if not printed:
        raise Refused(unprinted[0].sentence if unprinted else "没有可以打印的证书。", reason="missing_glyph", hint=_HINT)
    runs = _runs(frame, printed, unprinted, world.rules.camp.base_address)
    return CertificateFile(joined_pdf(runs), len(printed), unprinted)


def _runs(
    frame: dict[str, str], printed: Sequence[PrintedCertificate], unprinted: Sequence[Unprinted], base: str
) -> Iterator[bytes]:
    """One small PDF after another; what was left out stands at the end of the last."""
    for start in range(0, len(printed), RUN):
        pages = [_page(each, base) for each in printed[start : start + RUN]]
        left_out = [_drawable(each) for each in unprinted] if start + RUN >= len(printed) else []
        yield _compiled(canonical({"frame": frame, "pages": pages, "unprinted": left_out}))


def _frame(world: World) -> dict[str, str]:
    """What all certificates of a camp have in common."""
    camp, root = world.rules.camp, world.tree.units.get(world.root_unit)
    return {
        "title": world.rules.certificate.name,
        "occasion": camp.occasion,
        "camp": camp.name if camp.name.startswith("“") else f"“{camp.name}”",
        "issuer": root.name if root else "",
    }


def _page(each: PrintedCertificate, base: str) -> dict[str, str]:
    """What one certificate says; `qr` is empty without a base address."""
    address = f"{base.rstrip('/')}/c/{each.number}" if base else ""
    year, month, day = each.issued_on.split("-")
    return {
        "name": each.name,
        "gap": "1" if len(each.name) == 2 and all(map(_is_han, each.name)) else "",
        "unit": each.unit_name,
        "hours": hours_text(each.credited),
        "number": each.number,
        "day": f"{year}年{int(month)}月{int(day)}日",
        "address": address,
        "qr": qr_svg(address) if address else "",
    }


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


def _compiled(told: str) -> bytes:
    """The PDF, in the form that pdf_runs joins; texts go in as data, so that nothing in a name is markup."""
    import typst  # 20 MB of it, and few commands print -- slow import

    made = typst.compile(str(_SHEET), sys_inputs={"told": told}, font_paths=[font_folder()], ignore_system_fonts=True,
                         timestamp=0, pdf_standards="1.4", pdf_tags=False)  # fmt: skip
    return bytes(made)
