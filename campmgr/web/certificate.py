"""Is this certificate real? For everyone who holds its number; the name is masked (design 2.6)."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, request, url_for

from campmgr.ids import is_certificate_number, tidy_certificate_number
from campmgr.queries.certificate_checks import Verified, verify_certificate
from campmgr.queries.finding import masked_name
from campmgr.web import respond
from campmgr.web.current import reading
from campmgr.web.guard import anyone
from campmgr.web.i18n import _
from campmgr.web.respond import Answer

area = Blueprint("certificate", __name__)

STATES = {
    "valid": ("good", "证书有效", "编号、持有人和颁发日期如下，请与证书核对。"),
    "revoked": ("bad", "证书已收回", "这张证书颁发过，后来被收回，现在无效。"),
    "superseded": ("warn", "证书已换发", "持有人后来换了新证书，这个编号不再使用；请让持有人出示新的证书。"),
    "unknown": (
        "bad",
        "查不到这个编号",
        "这里没有颁发过这个编号的证书。证书也可能由别的单位颁发、还没有汇总到这里，请向颁发单位核实。",
    ),
    "forged": ("bad", "证书是伪造的", "签名与编号对不上，请不要采信。"),
}
"""How each state is shown: colour, title, what it means and what to do."""


@dataclass(frozen=True, slots=True)
class CheckPage:
    """The form for a number, and what was found; `found` is None before anything was asked."""

    number: str
    found: Verified | None = None
    name: str = ""
    certificate: str = ""
    look: str = ""
    title: str = ""
    meaning: str = ""


@area.get("/c/")
@anyone
def check() -> Answer:
    """Type a number; `?number=` leads on to its page."""
    number = tidy_certificate_number(request.args.get("number", "").strip()[:60])
    number = "".join(each for each in number if each.isalnum() or each == "-")
    return (
        respond.go(url_for("certificate.shown", number=number)) if number else respond.page("certificate/check.html", CheckPage(""))
    )


@area.get("/c/<number>")
@anyone
def shown(number: str) -> Answer:
    """What is known of a certificate's number, in words."""
    with reading() as (r, world):
        found = verify_certificate(r, number)
        certificate = world.rules.certificate.name
    look, title, meaning = STATES[found.state]
    if found.state == "unknown" and not is_certificate_number(found.number):
        title, meaning = "编号有误", "编号共 16 位，末位是校验位，这个编号对不上；请照证书重新输入。"
    page = CheckPage(found.number, found, masked_name(found.name), certificate, look, _(title), _(meaning))
    return respond.page("certificate/check.html", page, 404 if found.state == "unknown" else 200)
