"""Certificates that end, and what proves the others: reissue, revoke by list, signed list, checker, badge."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, request, url_for

from campmgr.accounts.queries import Account
from campmgr.areas.certificates.actions import revoking
from campmgr.areas.certificates.actions.revoking_lists import RevocationPlan, plan_revocations, revoke_planned
from campmgr.areas.certificates.files.checker_file import checker_file
from campmgr.areas.certificates.files.revocation_rows import wanted_rows
from campmgr.areas.certificates.files.revocation_sheet import revocation_sheet
from campmgr.areas.certificates.queries.listed import STATES, CertificateRow, certificate_row, changed_since
from campmgr.areas.certificates.queries.prints import certificate_badge
from campmgr.areas.certificates.queries.revocation_lists import revocation_list
from campmgr.clock import local_text, minute_text
from campmgr.errors import BadInput, CampError
from campmgr.facts.world import World
from campmgr.settings.limits import Limits
from campmgr.store.door import Reader
from campmgr.web import respond
from campmgr.web.before import Before, OpenPoint, Result, ResultLine
from campmgr.web.current import me, press, reading, writing
from campmgr.web.done import told
from campmgr.web.downloads import HTML, JWT, PDF, download
from campmgr.web.forms import Form
from campmgr.web.guard import require
from campmgr.web.i18n import _
from campmgr.web.respond import Answer
from campmgr.web.uploads import drop_upload, keep_upload, kept_upload
from campmgr.wording import hours_text

area = Blueprint("revoking", __name__, url_prefix="/office/certificates")

_SHOWN = 200


@dataclass(frozen=True, slots=True)
class EndedPage:
    """How far the signed list goes, how many numbers it has and in how many codes; the form for a list to revoke."""

    until: str
    count: int
    codes: int
    form: Form


@area.get("/ended")
@require("organizer")
def ended() -> Answer:
    """Revoking by a list, the signed list, the checker file."""
    return _ended(Form())


@area.get("/ended.pdf")
@require("organizer")
def list_pdf() -> Answer:
    """The signed list as QR codes to print. Raises NotAllowed."""
    with reading() as (r, world):
        known = revocation_list(r, world)
        pdf = revocation_sheet(press(), world.rules, known)
    return download(pdf, f"证书撤销名单{local_text(known.as_of)[:10]}.pdf", PDF)


@area.get("/checker.html")
@require("organizer")
def checker() -> Answer:
    """The checker file, with everything this data file knows now. Raises NotAllowed."""
    with reading() as (r, world):
        page = checker_file(r, world)
    return download(page, f"{world.name}证书核验.html", HTML)


@area.get("/<number>/badge.jwt")
@require("organizer")
def badge(number: str) -> Answer:
    """One valid certificate as an Open Badge. Raises NotFound, also for one of people elsewhere; NotAllowed."""
    account = me()
    with reading() as (r, world):
        row = certificate_row(r, world, account.unit, account.line, number)
        token = certificate_badge(r, world, account.unit, row.number, account.line)
    return download(token.encode(), f"{row.name}开放徽章.jwt", JWT)


@area.get("/<number>/reissue")
@require("organizer")
def before_reissuing(number: str) -> Answer:
    """What giving a certificate anew does. Raises NotFound, Refused where its holder cannot have one now."""
    account = me()
    with reading() as (r, world):
        row = certificate_row(r, world, account.unit, account.line, number)
        before = None if row.instead else _reissuing(r, row)
    if before is None:
        return respond.go(url_for("office_certificates.certificate", number=row.instead))
    return respond.before(before, Form())


@area.post("/<number>/reissue")
@require("organizer")
def reissue(number: str) -> Answer:
    """Give the holder the certificate that was looked at, under a new number; sent twice, it is given once."""
    account, form = me(), Form.sent()
    with writing() as (w, world):
        row = certificate_row(w, world, account.unit, account.line, number)
        if row.instead:
            return respond.go(url_for("office_certificates.certificate", number=row.instead))
        before = _reissuing(w, row)
        if before.is_agreed(form):
            with form.beside("reason", BadInput):
                made = revoking.reissue(w, row.number, form.typed("reason"), account.actor)
                to = url_for("office_certificates.certificate", number=made.number)
                return told(w, _("已换发，新编号 %(new)s。") % {"new": made.number}, to, undo="")
    return respond.before(before, form)


@area.post("/ended/try")
@require("organizer")
def tried() -> Answer:
    """Keep the list and say what revoking it comes to, row by row; nothing is written."""
    form = Form.sent()
    reason = form.text("reason", required=False, most=200)
    if form.errors:
        return _ended(form, 422)
    try:
        kept = keep_upload(request.files.get("file"))
        with reading() as (r, world):
            _plan(r, world, me(), kept, reason)
    except CampError as problem:
        if problem.status != 422:
            raise
        form.refuse("file", problem)
        return _ended(form, 422)
    return respond.shown_at("revoking.planned", [kept.name, reason])


@area.get("/ended/planned")
@require("organizer")
def planned() -> Answer:
    """What revoking the list that was sent comes to, row by row; nothing is written."""
    kept, reason = respond.shown_again()
    with reading() as (r, world):
        plan = _plan(r, world, me(), kept_upload(kept), reason)
    return respond.before(_before(plan, kept, reason), Form())


@area.post("/ended/commit")
@require("organizer")
def commit() -> Answer:
    """Revoke what the kept list names: the same bytes that were looked at, with the same outcome."""
    account, form = me(), Form.sent()
    kept, reason = kept_upload(form.typed("kept")), form.typed("for_all")[:200]
    with writing() as (w, world):
        plan = _plan(w, world, account, kept, reason)
        before = _before(plan, kept.name, reason)
        if not before.is_agreed(form):
            return respond.before(before, form)
        revoke_planned(w, plan, account.actor)
    drop_upload(kept)
    return respond.go(url_for("office_certificates.certificates"))


def _reissuing(r: Reader, row: CertificateRow) -> Before:
    credited, changed = revoking.to_reissue(r, row.number), changed_since(r, row)
    said = (
        (_("旧编号"), row.number), (_("现在的状态"), _(STATES[row.state])), (_("姓名"), row.name), (_("单位"), row.unit_name),
        (_("旧证书的课时"), hours_text(row.credited)), (_("新证书的课时"), hours_text(credited)),
        (_("签发后变动的"), _("、").join(changed) or _("没有")),
    )  # fmt: skip
    return Before(
        title=_("换发证书"),
        back=(url_for("office_certificates.certificate", number=row.number), row.number),
        open=(
            OpenPoint(int(row.state == "valid" and not changed), _("份证书没有要改的"),
                      _("它有效，签发以后姓名和单位也没有变；确实要换发再按。") if row.state == "valid" and not changed else ""),
        ),
        result=Result(_("会换成这样"), tuple(ResultLine(each) for each in said)),
        does=(
            _("按现在的姓名、单位和课时发一份新证书，编号会换，立即有效；参与者在自己的页面上就能下载。"),
            _("旧编号马上显示“已换发”和原因；各台电脑收到数据包时也会知道。"),
            _("已经印出去的旧证书收不回，请发新的；换发不能取消，新证书有错再换发。"),
        ),
        reason=_("换发的原因"),
        reason_hint=_("查验证书的人会看到；请不要写个人信息。例如：姓名更正。"),
        button=_("换发新证书"),
    )  # fmt: skip


def _before(plan: RevocationPlan, kept: str, reason: str) -> Before:
    words = {"new": _("将撤销"), "known": _("已撤销过"), "rejected": _("不能撤销")}
    ranked = sorted(plan.rows, key=lambda each: (each.result != "new", each.result != "known"))
    lines = tuple(
        ResultLine(
            (str(each.row), each.number or "—", each.name or "—", words[each.result],
             each.why if each.result == "new" else each.sentence),
            is_out=each.result != "new")
        for each in ranked[:_SHOWN]
    )  # fmt: skip
    count, rejected = plan.count("new"), plan.count("rejected")
    return Before(
        title=_("按名单撤销"),
        back=(url_for("revoking.ended"), _("撤销与核验")),
        open=(OpenPoint(rejected, _("行不能撤销"), _("原因写在各行里；改好名单再来一次，已撤销的不会重复。") if rejected else ""),),
        result=Result(
            _("逐行的结果") if len(ranked) <= _SHOWN else _("前 %(n)s 行的结果，共 %(all)s 行") % {"n": _SHOWN, "all": len(ranked)},
            lines,
            ((_("行"), "n"), (_("证书编号"), ""), (_("姓名"), ""), (_("结果"), ""), (_("原因"), "wide")),
            name_at=1,
        ),
        does=(
            _("%(n)s 份证书马上失效，查验时显示各行的原因；各台电脑收到数据包时也会知道。") % {"n": count},
            _("%(n)s 份本来就已撤销，不再变。") % {"n": plan.count("known")},
            _("撤销不能取消；弄错了可以换发，编号会换。"),
        ),
        carries=(("kept", kept), ("for_all", reason)),
        action=url_for("revoking.commit"),
        button=_("撤销 %(n)s 份") % {"n": count} if count else "",
    )


def _plan(r: Reader, world: World, account: Account, path: Path, reason: str) -> RevocationPlan:
    wanted = wanted_rows(path, max_bytes=world.rules[Limits].import_bytes)
    above = world.tree.units[account.unit].path
    within = {unit.unit for unit in world.tree.units.values()
              if unit.path.startswith(above) and account.line in {"", unit.line}}  # fmt: skip
    return plan_revocations(r, wanted, reason, within)


def _ended(form: Form, status: int = 200) -> Answer:
    with reading() as (r, world):
        known = revocation_list(r, world)
    until = minute_text(known.as_of)
    return respond.page("certificates/ended.html", EndedPage(until, known.count, len(known.texts), form), status)
