"""What cannot be taken back on one's own page, and is looked at first: leaving, and ending one's other links."""

from __future__ import annotations

from flask import Blueprint, url_for

from campmgr.accounts.kept_files import forget_all
from campmgr.areas.people.actions import joining
from campmgr.areas.people.local import end_pages, is_recovered_page, other_pages
from campmgr.desks.files.receipt import receipt_paper
from campmgr.desks.queries.my_page import my_page
from campmgr.desks.queries.receipts import erasure_receipt
from campmgr.errors import NotAllowed
from campmgr.facts.earlier import drop_stale
from campmgr.facts.world import World
from campmgr.files.official_sheet import paper_pdf
from campmgr.masks import mask_phone
from campmgr.store.door import Reader
from campmgr.web import respond
from campmgr.web.before import Before, OpenPoint, Result, ResultLine
from campmgr.web.current import frame, press, reading, writing
from campmgr.web.downloads import PDF, download
from campmgr.web.forms import Form
from campmgr.web.guard import anyone
from campmgr.web.i18n import _
from campmgr.web.respond import Answer
from campmgr.wording import hours_text

area = Blueprint("my_leaving", __name__, url_prefix="/p/<token>")


@area.get("/leave")
@anyone
def before_leaving(token: str) -> Answer:
    """What becomes of me here, before my details are erased. Raises NotAllowed for a page that was found again."""
    with reading() as (r, world):
        before = _leaving(r, world, token)
    return respond.before(before, Form(), "public") if before else respond.go(url_for("me.mine", token=token))


@area.post("/leave")
@anyone
def leave(token: str) -> Answer:
    """Withdraw my consent: my details are erased, my page says so; sent twice it is done once."""
    form = Form.sent()
    with writing() as (w, world):
        before = _leaving(w, world, token)
        if before and not before.is_agreed(form):
            return respond.before(before, form, "public")
        if before:
            joining.leave(w, joining.person_of_page(w, token))
    forget_all()
    frame().open_store().empty_log(patience=1)
    drop_stale(frame().open_store())
    return respond.go(url_for("me.mine", token=token))


@area.get("/receipt.pdf")
@anyone
def receipt(token: str) -> Answer:
    """The receipt of what was erased of me, to keep. Raises NotFound where nothing was."""
    with reading() as (r, world):
        found = erasure_receipt(r, world, joining.person_of_page(r, token))
    return download(paper_pdf(press(), receipt_paper(found)), _("删除回执-%(code)s.pdf") % {"code": found.code}, PDF)


def _refuse_recovered(r: Reader, token: str) -> None:
    """Who found a page by four digits may look at it; erasing is for its owner. Raises NotAllowed."""
    if is_recovered_page(r, token):
        raise NotAllowed(
            _("这个链接还没有经联络员确认是您本人，还不能撤回同意。"),
            hint=_("请联络员在您的人员页面确认后再办，或给您一个新的链接。"),
        )


@area.get("/others/end")
@anyone
def before_ending_others(token: str) -> Answer:
    """Which links end, before they do. Raises NotAllowed for a page that was found again."""
    with reading() as (r, _world):
        before = _ending_others(r, token)
    return respond.before(before, Form(), "public") if before else respond.go(url_for("me.mine", token=token))


@area.post("/others/end")
@anyone
def end_others(token: str) -> Answer:
    """End every other link to my page: one that I lost, or showed somebody; sent twice it is done once."""
    form = Form.sent()
    with writing() as (w, _world):
        before = _ending_others(w, token)
        if before and not before.is_agreed(form):
            return respond.before(before, form, "public")
        end_pages(w, joining.person_of_page(w, token).person, but=token)
    return respond.go(url_for("me.mine", token=token))


def _ending_others(r: Reader, token: str) -> Before | None:
    """The page before the other links end; None where there is no other."""
    person = joining.person_of_page(r, token)
    _refuse_recovered(r, token)
    count = other_pages(r, person.person, but=token)
    if not count:
        return None
    return Before(
        title=_("停用我以前的其他链接"),
        back=(url_for("me.mine", token=token), _("我的学时")),
        result=Result(_("要停用的"), (
            ResultLine((_("以前的链接"), _("%(n)s 个") % {"n": count})), ResultLine((_("现在这个链接"), _("照常能用"))),
        )),
        does=(
            _("那些链接马上打不开这一页，存过它们的手机和截图也打不开；不能恢复。"),
            _("学时、申报和证书都不变。"),
            _("请先收藏现在这一页，它是唯一能打开的了；丢了可以用编码和手机号后四位找回。"),
        ),
        button=_("停用其他 %(n)s 个链接") % {"n": count},
    )  # fmt: skip


def _leaving(r: Reader, world: World, token: str) -> Before | None:
    """The page before somebody leaves; None for who has left already."""
    person = joining.person_of_page(r, token)
    _refuse_recovered(r, token)
    if person.erased:
        return None
    found = my_page(r, world, person)
    valid = [each for each in found.certificates if each.state == "valid"]
    waiting = sum(1 for each in found.declarations if each.state == "waiting")
    return Before(
        title=_("撤回同意、删除我的信息"),
        back=(url_for("me.mine", token=token), _("我的学时")),
        open=(
            OpenPoint(len(valid), _("份有效的证书"), _("删除以后不能再下载，查验页也不再显示姓名；要留底的请先下载。") if valid else "",
                      url_for("me.certificate_pdf", token=token), _("先下载")),
            OpenPoint(waiting, _("条申报联络员还没有答复"), _("删除以后不再答复。") if waiting else ""),
        ),
        result=Result(_("要删除谁的信息"), (
            ResultLine((_("姓名"), person.shown_name)), ResultLine((_("班级"), person.class_name or "—")),
            ResultLine((_("手机号"), mask_phone(person.phone) or "—")), ResultLine((_("编号"), person.number or "—")),
            ResultLine((_("课时"), hours_text(found.hours.credit.total))),
        )),
        does=(
            _("姓名、班级、手机号和编号马上删除，不能恢复；其他电脑收到数据包时也会删除。"),
            _("已学的 %(hours)s 课时只保留不含姓名的合计。") % {"hours": hours_text(found.hours.credit.total)},
            _("以后不能再用这份记录学习和领取证书；要再参加，须重新加入并同意。"),
            _("只是信息有误，不用撤回：请联络员更正。"),
        ),
        button=_("撤回同意，删除我的信息"),
    )  # fmt: skip
