"""The signed list of ended certificates on paper: QR codes that any checker of the camp reads, and the numbers for people."""

from __future__ import annotations

from pathlib import Path

from campmgr.areas.camp.settings import Camp
from campmgr.areas.certificates.queries.revocation_lists import RevocationList
from campmgr.clock import minute_text
from campmgr.files.press import Press
from campmgr.files.qr import qr_svg
from campmgr.settings.rules import Rules

_SHEET = Path(__file__).with_name("revocation_sheet.typ")
STATES = {"revoked": "已撤销", "superseded": "已换发", "stands": "仍有效（签发设备已停用）"}
_HOW = ("核验的人把下面的码逐个扫进核验页面（/c/）或离线核验文件，就按这份名单判断。每个码自带签名，改动一个字符就不成立。"
        "名单只有编号，没有姓名。")  # fmt: skip


def list_code_text(text: str, base: str) -> str:
    """What the QR code of a part holds: the page that takes it, with the part behind the #; the part alone without an address."""
    return f"{base.rstrip('/')}/c/#{text}" if base else text


def revocation_sheet(press: Press, rules: Rules, ended: RevocationList) -> bytes:
    """The list as PDF, A4."""
    camp = rules[Camp].name
    until = minute_text(ended.as_of)
    return press.sheet(_SHEET, {
        "title": "证书撤销名单",
        "camp": camp,
        "until": until,
        "issuer": ended.issuer,
        "count": ended.count,
        "how": _HOW,
        "foot": f"{camp} · 证书撤销名单 · 截至 {until}",
        "codes": [qr_svg(list_code_text(text, rules[Camp].base_address)) for text in ended.texts],
        "rows": [[entry.number, STATES[entry.state], entry.instead or "—"] for entry in ended.entries],
    })  # fmt: skip
