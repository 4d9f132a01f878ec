"""Bulletins: those that were frozen, a draft before it is, amendments; each as chart, table, text to paste, workbook and PDF."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, request, url_for

from campmgr.areas.points.actions.bulletins import amend_bulletin, freeze
from campmgr.areas.points.files.bulletin import bulletin_paper
from campmgr.areas.points.pages.shown_bulletin import ShownBulletin, bulletin_file, names_in, shown_bulletin
from campmgr.areas.points.pages.standing import OfficeStand, at_office
from campmgr.areas.points.queries.bulletins import Bulletin, bulletin_of, bulletins_of, changes_since
from campmgr.areas.points.queries.table import points_table
from campmgr.areas.points.rules.bulletin import BulletinRow
from campmgr.areas.points.rules.tasks import BLOCKS, GROUPS
from campmgr.areas.points.settings import Points
from campmgr.clock import today_of
from campmgr.errors import BadInput, Refused
from campmgr.facts.world import World
from campmgr.periods.spans import Span, named, spans_in
from campmgr.store.door import Reader
from campmgr.web import respond
from campmgr.web.before import Before, OpenPoint, Result, ResultLine
from campmgr.web.current import me, reading, writing
from campmgr.web.done import told
from campmgr.web.forms import Form
from campmgr.web.guard import require
from campmgr.web.i18n import _
from campmgr.web.respond import Answer

area = Blueprint("office_bulletins", __name__, url_prefix="/office/a/<activity>/bulletins")


@dataclass(frozen=True, slots=True)
class BulletinsPage:
    """Every bulletin, and the periods that are over, of which one may be frozen; the groups."""

    at: OfficeStand
    bulletins: tuple[Bulletin, ...]
    periods: tuple[Span, ...]
    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BulletinPage:
    """One bulletin; `changed`: how many of its rows would be others today."""

    at: OfficeStand
    shown: ShownBulletin
    changed: int


@area.get("/")
@require("organizer")
def listed(activity: str) -> Answer:
    """Every bulletin."""
    with reading() as (r, world):
        at, today = at_office(world, activity), today_of(r.clock)
        year = named(str(at.activity.rules[Points].year))
        over = tuple(each for each in (*spans_in("quarter", year.first, year.last), year) if each.last < today)
        page = BulletinsPage(at, bulletins_of(r, at.activity), over, GROUPS)
    return respond.page("points/bulletins.html", page)


@area.get("/freeze")
@require("organizer")
def before_freezing(activity: str) -> Answer:
    """The draft, before it is frozen."""
    period, group = _asked(request.args.get("period", ""), request.args.get("group", ""))
    with reading() as (r, world):
        act = _freezing(r, world, at_office(world, activity, runs=True), period, group)
    return respond.before(act, Form())


@area.post("/freeze")
@require("organizer")
def frozen(activity: str) -> Answer:
    """Freeze the draft that was looked at."""
    form = Form.sent()
    period, group = _asked(form.typed("period"), form.typed("group"))
    with writing() as (w, world):
        at = at_office(world, activity, runs=True)
        act = _freezing(w, world, at, period, group)
        if not act.is_agreed(form):
            return respond.before(act, form)
        number = freeze(w, at.activity, period, group, me().actor)
        words = _("已定稿：第 %(n)s 号通报。") % {"n": number}
        return told(w, words, url_for("office_bulletins.one", number=number, **at.address), undo="")


@area.get("/<int:number>")
@require("organizer")
def one(activity: str, number: int) -> Answer:
    """One bulletin."""
    with reading() as (r, world):
        at = at_office(world, activity)
        found = bulletin_of(r, at.activity, number)
        changed = len(changes_since(r, world, at.activity, found))
    page = BulletinPage(at, shown_bulletin(world, found), changed)
    return respond.page("points/bulletin.html", page)


@area.get("/<int:number>.<any(xlsx, pdf):ending>")
@require("organizer")
def file(activity: str, number: int, ending: str) -> Answer:
    """A bulletin on the form of the notice's annex."""
    with reading() as (r, world):
        at = at_office(world, activity)
        found = bulletin_of(r, at.activity, number)
        paper = bulletin_paper(r, world, found)
    return bulletin_file(found, paper, ending)


@area.get("/<int:number>/amend")
@require("organizer")
def before_amending(activity: str, number: int) -> Answer:
    """What an amendment would say, row by row."""
    with reading() as (r, world):
        at = at_office(world, activity, runs=True)
        act = _amending(r, world, at, bulletin_of(r, at.activity, number))
    return respond.before(act, Form())


@area.post("/<int:number>/amend")
@require("organizer")
def amended(activity: str, number: int) -> Answer:
    """Amend it, as was looked at."""
    form = Form.sent()
    with writing() as (w, world):
        at = at_office(world, activity, runs=True)
        found = bulletin_of(w, at.activity, number)
        act = _amending(w, world, at, found)
        if act.is_agreed(form):
            with form.beside("reason", BadInput, Refused):
                amend_bulletin(w, at.activity, found, form.typed("reason"), me().actor)
                return told(w, _("已发出更正。"), url_for("office_bulletins.one", number=number, **at.address), undo="")
    return respond.before(act, form)


def _asked(period: str, group: str) -> tuple[Span, str]:
    return named(period or "2022"), group if group in GROUPS else BLOCKS


def _freezing(r: Reader, world: World, at: OfficeStand, period: Span, group: str) -> Before:
    if today_of(r.clock) <= period.last:
        raise Refused(f"{period.words}还没有结束（{period.last} 止），不能定稿。", hint="请在结束以后再定稿。")
    table = points_table(r, world, at.activity, period, group)
    unclassed = table.unclassed
    already = sum(each.period == period and each.group == group for each in bulletins_of(r, at.activity))
    lines = tuple(
        ResultLine((str(each.place), each.row.unit.name, str(each.reports), str(each.articles),
                    " ".join(map(str, each.adopted)), str(each.points)))
        for each in sorted(table.rows, key=lambda each: each.place)
    )  # fmt: skip
    return Before(
        title=_("定稿：%(period)s（%(group)s）") % {"period": period.words, "group": group},
        back=(url_for("office_bulletins.listed", **at.address), _("通报")),
        open=(
            OpenPoint(unclassed, _("次录用的媒体还没有归类"), _("定稿以后归类的，要另发更正。") if unclassed else "",
                      url_for("office_points.adoptions", **at.address), _("去归类")),
            OpenPoint(already, _("份同一时期的通报已经定稿"), _("再定一份，会有两个编号。") if already else ""),
        ),
        result=Result(
            _("通报"), lines,
            ((_("名次"), "n"), (_("单位"), ""), (_("动态/舆情"), "n"), (_("文章/约稿"), "n"), (_("一至五类"), "wide"), (_("总计"), "n")),
            whole=url_for("office_points.table", period=period.name, group=group, **at.address), name_at=1,
        ),
        does=(_("照现在的规则和稿件定下，编号，校验码公布给所有电脑。"), _("定下的不再变；以后有迟到的、撤回的，另发更正。")),
        carries=(("period", period.name), ("group", group)),
        action=url_for("office_bulletins.frozen", **at.address),
        button=_("定稿"),
    )  # fmt: skip


def _amending(r: Reader, world: World, at: OfficeStand, found: Bulletin) -> Before:
    changes, names = changes_since(r, world, at.activity, found), names_in(world, found)
    pairs = ((each.after or each.before, each) for each in changes)
    lines = tuple(
        ResultLine((names.get(row.unit, "—"), _total(each.before), _total(each.after))) for row, each in pairs if row is not None
    )
    return Before(
        title=_("更正第 %(n)s 号通报") % {"n": found.number},
        back=(url_for("office_bulletins.one", number=found.number, **at.address), _("第 %(n)s 号通报") % {"n": found.number}),
        result=Result(_("变化的行"), lines, ((_("单位"), ""), (_("原来"), ""), (_("更正后"), ""))),
        does=(_("按定稿时的规则重算；原来的通报照样看得到。"), _("更正发出以后不能撤回，只能再发一次更正。"))
        if changes
        else (_("没有需要更正的：定稿以后没有迟到的、撤回的稿件或录用。"),),
        reason=_("更正的原因"),
        reason_hint=_("各单位都看得到，不能再改、不能删除，不要写姓名、电话。例如：一篇稿件撤回，一次录用补登。"),
        action=url_for("office_bulletins.amended", number=found.number, **at.address),
        button=_("发出更正") if changes else "",
    )


def _total(row: BulletinRow | None) -> str:
    return f"{row.figures[-1]} 分，第 {row.place} 名" if row else "—"
