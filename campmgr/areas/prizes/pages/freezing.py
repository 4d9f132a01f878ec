"""Freezing a list, and making one void: each shown before it is done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flask import Blueprint, request, url_for

from campmgr.areas.prizes.actions import freezing as actions
from campmgr.areas.prizes.actions import voiding
from campmgr.areas.prizes.pages.prizes import ASKED, ranking_page
from campmgr.areas.prizes.queries.prizes import PrizeList, last_number, prize_list
from campmgr.areas.prizes.queries.publicity import PHASES, publicity
from campmgr.areas.prizes.queries.unsettled import DraftLines, Unsettled, draft_lines, unsettled
from campmgr.areas.units.queries.offering import units_offered
from campmgr.areas.works.queries.divisions import Division, asked_division
from campmgr.areas.works.queries.standings import StandingRow
from campmgr.areas.works.settings import Ranking
from campmgr.clock import moment_text, parse_instant, today_of, until_words
from campmgr.errors import BadInput, NotFound, Refused
from campmgr.facts.wall import believed_today
from campmgr.facts.world import World
from campmgr.store.door import Reader
from campmgr.web import respond
from campmgr.web.before import Before, OpenPoint, Result, ResultLine
from campmgr.web.current import me, reading, writing
from campmgr.web.forms import Form
from campmgr.web.guard import require, whole_camp
from campmgr.web.i18n import _
from campmgr.web.respond import Answer
from campmgr.wording import check_code

area = Blueprint("office_freezing", __name__, url_prefix="/office/prizes")

_FRESH = 60
"""Minutes before the time within which the last reading is as good as on it."""


@area.get("/freeze")
@require("organizer")
def before_freezing() -> Answer:
    """What the list would be, and what is still open; the time and the part of the works stand in the address."""
    form = Form(request.args.to_dict())
    with reading() as (r, world):
        whole_camp(world)
        before = _freezing(r, world, form)
    return respond.before(before, Form()) if before else ranking_page(form, 422)


@area.post("/freeze")
@require("organizer")
def freeze() -> Answer:
    """Freeze the list that was looked at; sent twice it gives the same list."""
    form = Form.sent()
    with writing() as (w, world):
        account = whole_camp(world)
        if known := actions.frozen_by(w, form.client_id):
            return respond.go(url_for("office_prizes.one", number=known))
        before = _freezing(w, world, form)
        if before and before.is_agreed(form):
            with form.beside("reason", BadInput, Refused):
                frozen = actions.freeze(w, form.typed("at"), account.actor, form.client_id, _division(world, form),
                                        on=form.typed("on"), remark=form.typed("reason"))  # fmt: skip
                return respond.go(url_for("office_prizes.one", number=frozen.number))
    return respond.before(before, form) if before else ranking_page(form, 422)


@area.get("/<int:number>/void")
@require("organizer")
def before_voiding(number: int) -> Answer:
    """What making a list void does. Raises NotFound, Refused for one that is void."""
    fact = request.args.get("fact", "")[:64]
    with reading() as (r, world):
        before = _voiding(r, world, number, fact)
    return respond.before(before, Form())


@area.post("/<int:number>/void")
@require("organizer")
def void(number: int) -> Answer:
    """Make a list void, with a reason; sent twice it does so once."""
    form = Form.sent()
    fact = form.typed("fact")[:64]
    with writing() as (w, world):
        account = whole_camp(world)
        listed = prize_list(w, world, number, fact)
        if listed.voided_on:
            return respond.go(_address(listed))
        before = _voiding(w, world, number, listed.fact)
        if before.is_agreed(form):
            with form.beside("reason", BadInput, Refused):
                voiding.void(w, number, form.typed("reason"), fact=listed.fact, actor=account.actor, client_id=form.client_id)
                return respond.go(_address(listed))
    return respond.before(before, form)


def _address(listed: PrizeList) -> str:
    return url_for("office_prizes.one", number=listed.number, fact=listed.fact[:12])


def _division(world: World, form: Form) -> Division:
    unit = form.pick("unit", units_offered(world, me()), required=False)
    return asked_division(world, unit, *(form.typed(part)[:80] for part in ASKED[1:]))


def _freezing(r: Reader, world: World, form: Form) -> Before | None:
    """The page before a list is frozen; None where there can be none, and the form says why."""
    beside_at = form.beside("at", BadInput, Refused, by_reason={"doubtful_clock": "on"})
    with beside_at, form.beside("unit", NotFound):
        body = actions.drafted(
            r, world, form.typed("at")[:40], _division(world, form), today=believed_today(r, form.day("on", required=False))
        )
        return None if form.errors else _before_freezing(r, world, form, body)
    return None


def _before_freezing(r: Reader, world: World, form: Form, body: Mapping[str, Any]) -> Before:
    number, lines, found = int(body["number"]), draft_lines(r, world, body), unsettled(r, world, body)
    count = len(lines.rows)
    open_points = tuple(_open(world, body, lines, found))
    not_settled = sum(1 for each in open_points if each.stands)
    does = [
        _("%(count)s 行写进第 %(n)s 号名单，收得到名单的电脑都看得到；这一步还不公示。") % {"count": count, "n": number},
        _("写下的改不了。有错可以发更正，整份弄错了可以作废，都要写原因，原来的名单仍看得到。"),
        *(_("第 %(n)s 号名单不会因此作废。") % {"n": each.number} for each in found.same),
        _("规则：%(rule)s") % {"rule": body["rule_text"]},
    ]
    said = {"at": moment_text(str(body["at"])), **{part: form.typed(part)[:80] for part in (*ASKED, "on")}}
    return Before(
        title=_("定第 %(n)s 号名单") % {"n": number},
        back=(url_for("office_prizes.ranking"), _("排名与名单")),
        open=open_points,
        result=_result(
            lines,
            found,
            url_for(
                "office_prizes.ranking",
                at=said["at"],
                unit=said["unit"],
                line=said["line"],
                field=said["field"],
                account=said["account"],
            ),
        ),
        does=tuple(does),
        carries=tuple(said.items()),
        why_open=_("为什么不等"),
        reason_hint=_("写进名单的依据里，不能再改，不要写姓名、电话。例如：领奖时间已定，存疑的另行更正。"),
        button=_("定第 %(n)s 号名单（%(count)s 行）") % {"n": number, "count": count}
        if not not_settled
        else _("不等了，定第 %(n)s 号名单（%(count)s 行）") % {"n": number, "count": count},
    )


def _open(world: World, body: Mapping[str, Any], lines: DraftLines, found: Unsettled) -> Iterator[OpenPoint]:
    yield _doubts(lines, found)
    yield _waiting(lines, found)
    yield _last_reading(str(body["at"]), found.last_read)
    for each in found.same:
        differing = _("有 %(n)s 行不同") % {"n": each.differing} if each.differing else _("逐行相同")
        yield OpenPoint(
            1, _("份名单用的是同一个截止时间：第 %(n)s 号") % {"n": each.number},
            _("那一份 %(count)s 行，和这一份%(differing)s。弄错了的请先作废。") % {"count": each.count, "differing": differing},
            url_for("office_prizes.one", number=each.number), _("看一看"))  # fmt: skip
    if not found.same:
        yield OpenPoint(0, _("份名单用同一个截止时间"))
    silent = _("、").join(found.silent[:5]) + (_("等") if len(found.silent) > 5 else "")
    yield OpenPoint(len(found.silent), _("台电脑在截止时间以后没有报过数据"), silent, url_for("office_nodes.nodes"), _("看电脑"))
    yield _rule_differs(world, str(body["at"]))


def _rule_differs(world: World, at: str) -> OpenPoint:
    cut_off = world.rules[Ranking].cut_off
    if cut_off == at:
        return OpenPoint(0, _("处和规则不同"))
    said = _("规则里是 %(at)s。") % {"at": until_words(cut_off)} if cut_off else _("规则里还没有定截止时间。")
    return OpenPoint(1, _("处和规则不同：截止时间"), said, url_for("office_rules.rule", key="ranking.cut_off"), _("看规则"))


def _doubts(lines: DraftLines, found: Unsettled) -> OpenPoint:
    inside = sum(1 for row in lines.rows if row.work in found.doubts)
    means = _("%(n)s 件排在这份名单里；都取消的话，这 %(n)s 行要换。") % {"n": inside} if inside else _("都不在这份名单里。")
    return OpenPoint(len(found.doubts), _("件作品存疑，还没有决定"), means if found.doubts else "",
                     url_for("office_flags.flags"), _("去决定"))  # fmt: skip


def _waiting(lines: DraftLines, found: Unsettled) -> OpenPoint:
    enough = [each for each in found.waiting if each >= lines.rows[-1].likes]
    means = _("点赞数都够不上这份名单。") if found.waiting else ""
    if enough:
        told = {"n": len(enough), "most": f"{max(enough):,}"}
        means = _("%(n)s 件够得上名单，最多的 %(most)s 赞；定了以后再对上，只能发更正。") % told
    return OpenPoint(
        len(found.waiting), _("件作品没对上作者"), means, url_for("office_matching.rows"), _("去对上"), is_open=bool(enough)
    )


def _last_reading(at: str, last: str) -> OpenPoint:
    minutes = int((parse_instant(at) - parse_instant(last)).total_seconds()) // 60
    told = _("截止是 %(at)s，最后一次读数是 %(last)s。") % {"at": until_words(at), "last": moment_text(last)}
    return OpenPoint(
        int(minutes > _FRESH), _("最后一次读数比截止早%(age)s") % {"age": _age(minutes)}, told,
        url_for("office_import.choose", kind="likes"), _("再读一次"), mark="!")  # fmt: skip


def _age(minutes: int) -> str:
    days, rest = divmod(minutes, 1440)
    hours, minutes = divmod(rest, 60)
    if days:
        return _(" %(d)s 天 %(h)s 小时") % {"d": days, "h": hours}
    return _(" %(h)s 小时 %(m)s 分") % {"h": hours, "m": minutes} if hours else _(" %(m)s 分") % {"m": minutes}


def _result(lines: DraftLines, found: Unsettled, whole: str) -> Result:
    def line(row: StandingRow, *, is_out: bool) -> ResultLine:
        likes = f"{'≥' if row.at_least else ''}{row.likes:,}"
        cells = ("—" if is_out else str(row.place), row.name, row.title or row.link, likes, row.unit)
        doubt = found.doubts.get(row.work, "")
        return ResultLine(cells, _("存疑：%(why)s") % {"why": doubt} if doubt else "", is_out)

    shown = [*(line(row, is_out=False) for row in lines.rows), *(line(row, is_out=True) for row in lines.below)]
    last = lines.rows[-1].place
    tied = sum(1 for row in lines.rows if row.place == last)
    end = _("到这里为止，共 %(n)s 行") % {"n": len(lines.rows)}
    return Result(
        _("名单会是这样"), tuple(shown),
        ((_("名次"), "n"), (_("姓名"), ""), (_("作品"), "wide"), (_("点赞"), "n"), (_("单位"), "")),
        end + (_("；并列第 %(place)s 名的 %(n)s 行都在内") % {"place": last, "n": tied} if tied > 1 else ""), whole, name_at=1)  # fmt: skip


def _voiding(r: Reader, world: World, number: int, fact: str) -> Before:
    whole_camp(world)
    listed = prize_list(r, world, number, fact)
    actions.check_stands(listed)
    found = publicity(r, number)
    phase, waiting = found.phase(today_of(r.clock)), sum(1 for each in found.objections if each.state == "waiting")
    is_up = phase in {"open", "ended"}
    told = (
        (_("名单"), listed.part_words(world) or _("全部作品")), (_("截至"), listed.until),
        (_("行数"), str(len(listed.rows))), (_("公示"), _(PHASES[phase])),
        (_("更正"), _("%(n)s 次") % {"n": len(listed.amendments)}), (_("校验码"), check_code(listed.digest_now)),
    )  # fmt: skip
    return Before(
        title=_("作废第 %(n)s 号名单") % {"n": number},
        back=(_address(listed), _("第 %(n)s 号名单") % {"n": number}),
        open=(
            OpenPoint(waiting, _("条异议还没有答复"), _("作废以后仍可答复。") if waiting else "",
                      url_for("office_publicity.shown", number=number), _("去答复")),
        ),
        result=Result(_("要作废的名单"), tuple(ResultLine(each) for each in told)),
        does=(
            _("这份名单标为“已作废”，连同原因一直看得到；编号 %(n)s 不再使用。") % {"n": number},
            _("公示页马上改为“已作废”和原因，名单本身不再显示。") if is_up else _("不能再公示、更正或发奖，只能导出存档版。"),
            _("收不回。要用的话请重新定榜，会是第 %(n)s 号名单。") % {"n": last_number(r) + 1},
        ),
        carries=(("fact", listed.fact),),
        reason=_("为什么作废"),
        reason_hint=_("人人看得到，不能再改，不要写姓名、电话。例如：截止时间写错了。"),
        button=_("作废第 %(n)s 号名单") % {"n": number},
    )  # fmt: skip
