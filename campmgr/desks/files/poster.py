"""The poster of a unit: A4, our join QR told apart from the platform's, three steps, search words (F-01, F-27, F-28, F-29)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path

from campmgr.areas.camp.settings import Camp, Live, TakingPart
from campmgr.areas.certificates.settings import Certificate
from campmgr.areas.hours.settings import Completion
from campmgr.files.qr import qr_svg
from campmgr.ids import canonical
from campmgr.settings.rules import Rules
from campmgr.wording import hours_text

_SHEET = Path(__file__).with_name("poster.typ")


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
        platform_caption=part.platform_code_caption,
        steps=part.steps,
        search_words=part.search_words,
        live=f"{live.starts_on}{until}" if live.starts_on else "",
        hours=hours,
    )


def poster_pdf(poster: Poster) -> bytes:
    """The poster as PDF, the same bytes for the same content; texts go in as data, so that nothing in a name is markup."""
    from pylopdf_fonts_zh_cn import sans_path  # few commands print -- slow import

    from campmgr.files.typesetting import typst  # as above -- slow import

    told = {"poster": canonical(asdict(poster)), "qr": qr_svg(poster.address)}
    made = typst.compile(str(_SHEET), sys_inputs=told, font_paths=[str(Path(sans_path()).parent)], ignore_system_fonts=True,
                         timestamp=0)  # fmt: skip
    return bytes(made)
