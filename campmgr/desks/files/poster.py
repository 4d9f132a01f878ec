"""The poster of a unit: A4 or A3, our join QR beside the platform's, three steps, search words (F-01, F-27, F-28, F-29)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from campmgr.areas.camp.settings import Camp, Live, TakingPart
from campmgr.areas.certificates.settings import Certificate
from campmgr.areas.hours.settings import Completion
from campmgr.files.pdf_runs import joined_pdf
from campmgr.files.press import Press
from campmgr.files.qr import qr_svg
from campmgr.settings.rules import Rules
from campmgr.wording import hours_text

_SHEET = Path(__file__).with_name("poster.typ")
_RUN = 32
"""Posters set at a time: the setter remembers its last runs."""

PaperSize = Literal["a4", "a3"]
"""How large a poster is; on A3 it is the same one, larger."""


@dataclass(frozen=True, slots=True)
class Poster:
    """Everything a poster says; `live` and `hours` are sentences, `code` is typed where a camera fails."""

    camp: str
    occasion: str
    hashtag: str
    host: str
    unit: str
    code: str
    address: str
    own_caption: str
    platform: str
    platform_code: str
    platform_caption: str
    steps: tuple[str, ...]
    search_words: tuple[str, ...]
    live: str
    hours: str


def poster_for(rules: Rules, unit: str, code: str, address: str) -> Poster:
    """The poster of a unit for one join code and the whole address its QR leads to."""
    camp, live, part, asks = rules[Camp], rules[Live], rules[TakingPart], rules[Completion]
    until = f" 至 {live.ends_on}" if live.ends_on else " 起"
    signed = "并签到" if asks.sign_in_required else ""
    hours = f"学满 {hours_text(asks.required_hundredths)} 课时{signed}，可领取{rules[Certificate].name}"
    return Poster(
        camp=camp.name,
        occasion=camp.occasion,
        hashtag=camp.hashtag,
        host=camp.host,
        unit=unit,
        code=code,
        address=address,
        own_caption=part.own_code_caption,
        platform=part.app,
        platform_code=part.platform_code,
        platform_caption=part.platform_code_caption,
        steps=part.steps,
        search_words=part.search_words,
        live=f"{live.starts_on}{until}" if live.starts_on else "",
        hours=hours,
    )


def posters_pdf(press: Press, posters: Iterable[Poster], paper: PaperSize = "a4") -> bytes:
    """Posters as PDF, a page each, the same bytes for the same content."""
    return joined_pdf(_runs(press, list(posters), paper))


def _theirs(poster: Poster) -> str:
    """The platform's code drawn anew from what is in it; "" where it is to be pasted."""
    return qr_svg(poster.platform_code) if poster.platform_code else ""


def _runs(press: Press, posters: Sequence[Poster], paper: PaperSize) -> Iterator[bytes]:
    for start in range(0, len(posters), _RUN):
        run = posters[start : start + _RUN]
        pages = [asdict(each) | {"qr": qr_svg(each.address), "platform_qr": _theirs(each)} for each in run]
        yield press.sheet(_SHEET, {"paper": paper, "posters": pages})
