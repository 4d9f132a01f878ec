"""Certificates in the office: who would get one, issue, list, look up, revoke (F-19 … F-21)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, request, url_for

from campmgr.accounts.queries import Account, unit_for
from campmgr.areas.certificates.actions import issuing as actions
from campmgr.areas.certificates.actions import revoking
from campmgr.areas.certificates.actions.issuing import Issued
from campmgr.areas.certificates.files.sheet import certificates_pdf, look_of
from campmgr.areas.certificates.queries.camps import as_of_certificate
from campmgr.areas.certificates.queries.certificates import REASONS, outcome_by_unit
from campmgr.areas.certificates.queries.listed import (
    STATES,
    CertificateList,
    CertificateRow,
    certificate_list,
    certificate_row,
    changed_since,
)
from campmgr.areas.certificates.queries.prints import certificate_prints
from campmgr.areas.units.queries.offering import units_offered
from campmgr.errors import BadInput, NotFound, Refused
from campmgr.facts.units import Unit
from campmgr.facts.wall import LONG_PAUSE, clock_doubt
from campmgr.facts.world import World
from campmgr.store.door import Writer
from campmgr.web import respond
from campmgr.web.before import Before, OpenPoint, Result, ResultLine
from campmgr.web.current import frame, me, page_asked, press, reading, writing
from campmgr.web.done import told
from campmgr.web.downloads import PDF, download
from campmgr.web.forms import Form
from campmgr.web.guard import require
from campmgr.web.i18n import _
from campmgr.web.respond import Answer
from campmgr.wording import hours_text, list_words

area = Blueprint("office_certificates", __name__, url_prefix="/office/certificates")

_NAMED = 60
"""Names of one unit that are told; the command line tells all."""


@dataclass(frozen=True, slots=True)
class CertificatesPage:
    """A page of certificates and the form to look one up."""

    certificates: CertificateList
    states: dict[str, str]
    form: Form


@dataclass(frozen=True, slots=True)
class CertificatePage:
    """One certificate, what of it is no longer so, and the forms to reissue and revoke it."""

    row: CertificateRow
    states: dict[str, str]
    changed: tuple[str, ...]
    form: Form


@area.get("/")
@require("organizer")
def certificates() -> Answer:
    """The certificates of my unit's people, page by page, or those that a search found: `?search=` is a number."""
    text = frame().searches.typed(me().account, request.args.get("search", ""))
    return listed(Form({"query": text}), query=text)


@area.post("/search")
@require("organizer")
def search() -> Answer:
    """Look one up by number, name, 编号 or code; posted, since names do not belong into addresses."""
    form = Form.sent()
    query = form.text("query", required=False, most=60)
    if form.errors:
        return listed(form, 422)
    number = frame().searches.keep(me().account, query) if query else None
    return respond.go(url_for("office_certificates.certificates", search=number))


@area.get("/issue")
@require("organizer")
def before_issuing() -> Answer:
    """Who would get one, and who would not; nothing is written. The unit stands in the address."""
    form = Form(request.args.to_dict())
    with writing() as (w, world):  # it looks at everything that issuing would
        before = _issuing(w, world, form)
    return respond.before(before, Form()) if before else listed(form, 422)


@area.post("/issue")
@require("organizer")
def issue() -> Answer:
    """Issue to everyone who was shown; again gives nothing new."""
    form, account = Form.sent(), me()
    with writing() as (w, world):
        before = _issuing(w, world, form)
        if before and before.is_agreed(form):
            result = actions.issue(w, _unit(world, form).unit, account.actor, on=form.typed("on"))
            return told(w, _("已签发 %(n)s 份证书。") % {"n": result.issued}, url_for("office_certificates.certificates"), undo="")
    return respond.before(before, form) if before else listed(form, 422)


@area.get("/<number>/certificate.pdf")
@require("organizer")
def print_one(number: str) -> Answer:
    """One valid certificate as PDF. Raises NotFound, also for one of people elsewhere; Refused "missing_glyph"."""
    account = me()
    with reading() as (r, world):
        row = certificate_row(r, world, account.unit, account.line, number)
        found = certificate_prints(r, world, account.unit, account.line, row.number)
        look = look_of(r, as_of_certificate(r, world, row.number), press())
    return download(certificates_pdf(look, found), f"{row.name}证书.pdf", PDF)


@area.get("/<number>")
@require("organizer")
def certificate(number: str) -> Answer:
    """One certificate of my unit's people. Raises NotFound."""
    return _one(number, Form())


@area.get("/<number>/revoke")
@require("organizer")
def before_revoking(number: str) -> Answer:
    """What revoking a certificate does. Raises NotFound, Refused for one that is not valid."""
    account = me()
    with reading() as (r, world):
        row = certificate_row(r, world, account.unit, account.line, number)
    if row.state != "valid":
        raise Refused("这份证书现在不是有效的，不用撤销。", reason="conflict", hint="请打开证书页查看。")
    return respond.before(_revoking(row), Form())


@area.post("/<number>/revoke")
@require("organizer")
def revoke(number: str) -> Answer:
    """Revoke the certificate that was looked at, with the reason; sent twice it is revoked once."""
    account, form = me(), Form.sent()
    with writing() as (w, world):
        row = certificate_row(w, world, account.unit, account.line, number)
        if row.state != "valid":
            return respond.go(url_for("office_certificates.certificate", number=row.number))
        before = _revoking(row)
        if before.is_agreed(form):
            with form.beside("reason", BadInput):
                revoking.revoke(w, row.number, form.typed("reason"), account.actor)
                return respond.go(url_for("office_certificates.certificate", number=row.number))
    return respond.before(before, form)


def listed(form: Form, status: int = 200, query: str = "") -> Answer:
    """The certificates of my unit's people, or those that a search finds, with the forms to issue and print."""
    account = me()
    with reading() as (r, world):
        found = certificate_list(r, world, account.unit, account.line, query, page_asked())
    return respond.page("certificates/certificates.html", CertificatesPage(found, STATES, form), status)


def _unit(world: World, form: Form) -> Unit:
    return asked_unit(world, me(), form.pick("unit", units_offered(world, me()), required=False) or me().unit)


def _issuing(w: Writer, world: World, form: Form) -> Before | None:
    """The page before certificates are issued; None where the unit is none, and the form says so."""
    with form.beside("unit", NotFound):
        unit = _unit(world, form)
        if not form.error("unit"):
            return _before_issuing(w, world, unit, actions.issue(w, unit.unit, me().actor, dry_run=True))
    return None


def _before_issuing(w: Writer, world: World, unit: Unit, result: Issued) -> Before:
    units = outcome_by_unit(w, world, result.holders, result.refused)
    reasons = Counter(REASONS.get(reason, reason) for _person, reason in result.refused)
    doubt = clock_doubt(w, LONG_PAUSE)
    lines = (
        *(ResultLine((each.name, str(len(each.ready)), _names(each.ready))) for each in units if each.ready),
        *(ResultLine((each.name, "—", list_words(f"{one.name}：{one.reason}" for one in each.refused[:_NAMED])), is_out=True)
          for each in units if each.refused),
    )  # fmt: skip
    return Before(
        title=_("签发证书：%(unit)s") % {"unit": unit.name},
        back=(url_for("office_certificates.certificates"), _("证书")),
        open=tuple(
            OpenPoint(count, _("人学满课时但领不到：%(why)s") % {"why": why}, _("办好以后再签发一次就会补上，不影响这次。"),
                      url_for("chase.page", code=unit.address), _("看名单"))
            for why, count in sorted(reasons.items())
        )
        or (OpenPoint(0, _("人学满课时但领不到")),),
        result=Result(
            _("会签发给") if result.issued else _("这次没有人可签发"), lines,
            ((_("单位"), ""), (_("份数"), "n"), (_("姓名"), "")),
            _("以下的人这次不签发") if result.issued and result.refused else ""),
        does=(
            _("给 %(n)s 人各签发一份，立即有效，参与者在自己的页面上就能下载。") % {"n": result.issued}
            if result.issued else _("没有新的证书可签发。"),
            _("%(n)s 人本来就有，不重复签发。") % {"n": result.already},
            _("签发了不能删除；有错的可以一份一份撤销或换发，都要写原因。"),
            *((doubt + _("请核对后写明今天的日期。"),) if doubt else ()),
        ),
        carries=(("unit", unit.address),),
        asks_day=_("证书上的日期") if doubt else "",
        button=_("签发 %(n)s 份") % {"n": result.issued} if result.issued else "",
        is_grave=False,
    )  # fmt: skip


def _names(names: Sequence[str]) -> str:
    return list_words(names[:_NAMED]) + (_("等") if len(names) > _NAMED else "")


def _revoking(row: CertificateRow) -> Before:
    told_of = (
        (_("证书编号"), row.number), (_("姓名"), row.name), (_("单位"), row.unit_name), (_("课时"), hours_text(row.credited)),
        (_("签发日期"), row.issued_on),
    )  # fmt: skip
    return Before(
        title=_("撤销证书"),
        back=(url_for("office_certificates.certificate", number=row.number), row.number),
        result=Result(_("要撤销的证书"), tuple(ResultLine(each) for each in told_of)),
        does=(
            _("查验时马上显示“证书已收回”和原因；各台电脑收到数据包时也会知道。"),
            _("已经印出去的收不回，扫码查验会说已收回。"),
            _("撤销不能取消；弄错了可以换发一份新的，编号会换。"),
        ),
        reason=_("撤销的原因"),
        reason_hint=_("查验证书的人会看到；请不要写个人信息。"),
        button=_("撤销这份证书"),
    )


def asked_unit(world: World, account: Account, code: str) -> Unit:
    """A unit to issue for: one's own or below, with everyone in it. Raises NotFound, NotAllowed."""
    if not world.tree.called(code):
        raise NotFound("没有这个单位。", reason="unknown_unit", hint="请填写单位代码，或留空表示本单位全部。")
    return unit_for(world, account, code)


def _one(number: str, form: Form, status: int = 200) -> Answer:
    account = me()
    with reading() as (r, world):
        row = certificate_row(r, world, account.unit, account.line, number)
        changed = changed_since(r, row)
    return respond.page("certificates/certificate.html", CertificatePage(row, STATES, changed, form), status)
