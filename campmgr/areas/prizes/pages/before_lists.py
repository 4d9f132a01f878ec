"""What is looked at before something becomes of a frozen list that cannot be taken back: put up, taken down early, amended,
objected to, answered.
"""

from __future__ import annotations

from flask import url_for

from campmgr.areas.holidays.world import calendar_of
from campmgr.areas.prizes.actions.amending import Proposal, propose
from campmgr.areas.prizes.queries.prizes import AmendedLine, PrizeList
from campmgr.areas.prizes.queries.publicity import PHASES, ListPublicity, Objection, Posting, public_rows
from campmgr.areas.prizes.queries.unsettled import unsettled
from campmgr.areas.works.queries.standings import StandingRow
from campmgr.clock import today_of, week_day
from campmgr.facts.world import World
from campmgr.store.door import Reader
from campmgr.web.before import Before, OpenPoint, Result, ResultLine
from campmgr.web.i18n import _

_UP = ("before", "open", "ended")
"""Phases in which a list is up, or will be by itself."""


def before_posting(
    r: Reader, world: World, listed: PrizeList, found: ListPublicity, posting: Posting, carries: tuple[tuple[str, str], ...]
) -> Before:
    """Before a list is put up: each line as everybody would see it, and until when."""
    today, number = today_of(r.clock), listed.number
    begins = _("马上") if posting.starts_on <= today else _("从 %(day)s 起") % {"day": _day(posting.starts_on)}
    return Before(
        title=_("公示第 %(n)s 号名单") % {"n": number},
        back=_to_publicity(number),
        open=(
            _again(found, today),
            _waiting(found, number),
            _doubtful(r, world, listed),
            _outdated(r, world, listed),
            _without_holidays(world, posting),
        ),
        result=_as_everybody_sees(listed),
        does=(
            _("%(begins)s，不用登录，人人都能在公示页看到这 %(n)s 行；看到的和第 2 栏一样：姓名隐去中间的字，没有电话和编号。")
            % {"begins": begins, "n": len(listed.rows)},
            _("异议收到 %(day)s 24:00 为止（%(counted)s）。") % {"day": _day(posting.ends_on), "counted": posting.counted},
            _("%(day)s 过后自动撤下。") % {"day": _day(posting.shown_until)},
            _("公示页上写的提异议的办法：%(how)s") % {"how": posting.how},
            _("看到的人记得住，收不回；时间设错了可以重新设定，要提前撤下须写原因。"),
        ),
        carries=carries,
        button=_("公示第 %(n)s 号名单（%(count)s 行）") % {"n": number, "count": len(listed.rows)},
    )


def before_taking_down(r: Reader, listed: PrizeList, found: ListPublicity) -> Before:
    """Before a list is taken down earlier than its time."""
    number, phase = listed.number, found.phase(today_of(r.clock))
    told = [(_("名单"), _("第 %(n)s 号，%(count)s 行") % {"n": number, "count": len(listed.rows)}), (_("现在"), _(PHASES[phase]))]
    if found.posting:
        told += [
            (_("开始"), found.posting.starts_on),
            (_("异议截止"), found.posting.ends_on),
            (_("原定展示到"), found.posting.shown_until),
        ]
    return Before(
        title=_("提前撤下第 %(n)s 号名单") % {"n": number},
        back=_to_publicity(number),
        open=(_waiting(found, number), _days_left(r, found)),
        result=Result(_("要撤下的公示"), tuple(ResultLine(each) for each in told)),
        does=(
            _("公示页马上看不到这份名单，公示版也不再导出；已经看过、存过的收不回。"),
            _("名单本身不变，发放版和存档版仍可导出。"),
            _("不能恢复这一次公示；要再公示，须重新设定时间，从头算起。"),
        ),
        reason=_("为什么提前撤下"),
        reason_hint=_("一直保留，不能再改，不要写姓名、电话。例如：名单有更正，改后重新公示。"),
        button=_("撤下第 %(n)s 号名单") % {"n": number},
    )


def before_amending(r: Reader, listed: PrizeList, found: ListPublicity, proposal: Proposal, strike: str, objection: str) -> Before:
    """Before an amendment: each line before and after, and who will read it."""
    number, is_up = listed.number, found.phase(today_of(r.clock)) in _UP
    about = next((each for each in found.objections if each.fact == objection), None)
    rows = len(listed.rows) + sum((not each.before) - (not each.after) for each in proposal.lines)
    return Before(
        title=_("第 %(n)s 号名单：发第 %(at)s 号更正") % {"n": number, "at": proposal.amendment},
        back=(url_for("office_publicity.amend", number=number, strike=strike or None, objection=objection or None), _("更正")),
        open=(_waiting(found, number, but=objection), _unanswered(about, number)),
        result=Result(
            _("会改这些"), tuple(map(_changed, proposal.lines)),
            ((_("作者和作品"), ""), (_("更正前"), ""), (_("更正后"), "")),
            whole=url_for("office_publicity.amend", number=number, strike=strike or None, objection=objection or None),
        ),
        does=(
            _("名单改成 %(n)s 行，换新的校验码；原来的名单和每次更正都一直查得到。") % {"n": rows},
            _("公示页马上写明改前、改后和原因，人人看得到。") if is_up else _("现在没有公示；以后公示时，这次更正一并写明。"),
            _("划去的一行空着，后面的不递补。") if proposal.strike else _("按现在的记录重新排，名次可能前移。"),
            _("依据的异议：%(what)s") % {"what": about.matter} if about else _("不是因为异议。"),
            _("发了收不回；又有错的，再发下一号更正。"),
        ),
        carries=(("strike", strike), ("objection", objection)),
        reason=_("为什么更正"),
        reason_hint=_("人人看得到，不能再改，不要写姓名、电话。例如：异议成立，作品系搬运。"),
        button=_("发第 %(at)s 号更正（改 %(n)s 行）") % {"at": proposal.amendment, "n": len(proposal.lines)},
    )  # fmt: skip


def before_objection(listed: PrizeList, found: ListPublicity, said: tuple[tuple[str, str], ...]) -> Before:
    """Before an objection is logged: just what will stand; `said` is the day, the way, the work and the matter."""
    typed, number = dict(said), listed.number
    row = next((each for each in listed.rows if each.work == typed["work"]), None)
    about = _("第 %(n)s 名　%(title)s") % {"n": row.place, "title": row.title or row.link} if row else _("不指明")
    is_late = found.posting is not None and typed["on"] > found.posting.ends_on
    equal = sum(1 for each in found.objections if (each.matter, each.work) == (typed["matter"], typed["work"]))
    told = (
        (_("名单"), _("第 %(n)s 号") % {"n": number}), (_("收到日期"), _day(typed["on"])), (_("方式"), _(typed["way"])),
        (_("关于哪件作品"), about), (_("异议内容"), typed["matter"]),
    )  # fmt: skip
    return Before(
        title=_("登记一条异议"),
        back=_to_publicity(number),
        open=(
            OpenPoint(equal, _("条内容相同的异议已经登记过"), _("同一件事不用登记两次。") if equal else ""),
            OpenPoint(int(is_late), _("条过了异议截止日"), _("记录上会标“逾期”，仍须答复。") if is_late else "", mark="!"),
        ),
        result=Result(_("会这样记下"), tuple(ResultLine(each) for each in told)),
        does=(
            _("一直保留，不能再改，也不能删除：请看清楚里面没有提出人的姓名、电话。"),
            _("只有组织方和存档版看得到，公示页上没有。"),
            _("等您核实后答复；答复以前，公示、更正都会提醒还有异议没有答复。"),
        ),
        carries=said,
        action=url_for("office_objections.log", number=number),
        button=_("登记这条异议"),
        is_grave=False,
    )  # fmt: skip


def before_answer(number: int, about: Objection, words: str, *, upheld: bool) -> Before:
    """Before an objection is answered: the matter, the answer, and what follows from it."""
    address = url_for("office_objections.objection", number=number, fact=about.fact)
    earlier = about.answer if about.state != "waiting" else ""
    told = (
        (_("异议内容"), about.matter), (_("处理结果"), _("异议成立") if upheld else _("异议不成立")), (_("答复"), words),
        (_("以前的答复"), earlier or _("没有")),
    )  # fmt: skip
    return Before(
        title=_("答复第 %(n)s 号名单的异议") % {"n": number},
        back=(address, _("改一改")),
        result=Result(_("会这样答复"), tuple(ResultLine(each) for each in told)),
        does=(
            _("一直保留，不能删除：请看清楚里面没有姓名、电话。"),
            _("名单本身不变；异议成立的，请接着取消作品的资格或发更正。") if upheld else _("名单不变，这条异议不再算作没有答复。"),
            _("只有组织方和存档版看得到；要改，只能再答复一次，以最后一次为准。"),
        ),
        carries=(("upheld", "yes" if upheld else "no"), ("words", words)),
        action=address,
        button=_("答复：异议成立") if upheld else _("答复：异议不成立"),
        is_grave=False,
    )  # fmt: skip


def _to_publicity(number: int) -> tuple[str, str]:
    return url_for("office_publicity.shown", number=number), _("公示与异议")


def _day(day: str) -> str:
    return f"{day}（{week_day(day)}）"


def _again(found: ListPublicity, today: str) -> OpenPoint:
    phase, posting = found.phase(today), found.posting
    if posting is None or phase not in _UP:
        return OpenPoint(0, _("次公示还没有结束"))
    told = {"from": posting.starts_on, "to": posting.ends_on}
    return OpenPoint(1, _("次公示还没有结束"), _("原定 %(from)s 至 %(to)s；再设一次，就以新的时间为准。") % told)


def _waiting(found: ListPublicity, number: int, but: str = "") -> OpenPoint:
    waiting = sum(1 for each in found.objections if each.state == "waiting" and each.fact != but)
    return OpenPoint(waiting, _("条异议还没有答复"), _("答复以后名单可能还要更正。") if waiting else "",
                     url_for("office_publicity.shown", number=number), _("去答复"))  # fmt: skip


def _unanswered(about: Objection | None, number: int) -> OpenPoint:
    if about is None or about.state != "waiting":
        return OpenPoint(0, _("条作依据的异议还没有答复"))
    address = url_for("office_objections.objection", number=number, fact=about.fact)
    return OpenPoint(1, _("条作依据的异议还没有答复"), _("请先写明异议是否成立。"), address, _("去答复"))


def _doubtful(r: Reader, world: World, listed: PrizeList) -> OpenPoint:
    doubts = unsettled(r, world, listed.content).doubts
    count = sum(1 for row in listed.rows if row.work in doubts)
    return OpenPoint(count, _("件名单上的作品存疑，还没有决定"), _("公示以后再取消，只能发更正。") if count else "",
                     url_for("office_flags.flags"), _("去决定"))  # fmt: skip


def _outdated(r: Reader, world: World, listed: PrizeList) -> OpenPoint:
    changes = len(propose(r, world, listed).changes)
    return OpenPoint(changes, _("行和现在的记录不同"), _("定榜以后有更正或迟到的记录；要改的，请先发更正再公示。") if changes else "",
                     url_for("office_publicity.amend", number=listed.number), _("看改动"))  # fmt: skip


def _without_holidays(world: World, posting: Posting) -> OpenPoint:
    years = calendar_of(world).unknown_years(posting.starts_on, posting.ends_on) if "工作日" in posting.counted else ()
    told = {"years": "、".join(map(str, years))}
    return OpenPoint(len(years), _("年的放假安排还没有"), _("%(years)s 年的工作日按周一至周五算，截止日可能不对。") % told if years else "",
                     url_for("office_calendar.years"), _("导入"))  # fmt: skip


def _days_left(r: Reader, found: ListPublicity) -> OpenPoint:
    is_open = found.posting is not None and found.phase(today_of(r.clock)) in {"before", "open"}
    means = (
        _("原定收到 %(day)s；撤下以后，想提异议的人看不到名单。") % {"day": found.posting.ends_on}
        if is_open and found.posting
        else ""
    )
    return OpenPoint(int(is_open), _("异议期还没有满"), means, mark="!")


def _as_everybody_sees(listed: PrizeList) -> Result:
    shown = public_rows(listed.rows, listed.frozen_rows)
    lines = tuple(
        ResultLine((str(each.place), each.name, each.title, f"{'≥' if row.at_least else ''}{each.likes:,}", each.unit))
        for row, each in zip(listed.rows, shown, strict=True)
    )
    head = ((_("名次"), "n"), (_("姓名"), ""), (_("作品"), "wide"), (_("点赞"), "n"), (_("单位"), ""))
    return Result(_("公示页上会是这样"), lines, head, name_at=1,
                  whole=url_for("office_prizes.one", number=listed.number, fact=listed.fact[:12]))  # fmt: skip


def _changed(line: AmendedLine) -> ResultLine:
    row = line.after or line.before
    named = f"{row.name}　{row.title or row.link}" if row else ""
    return ResultLine((named, _place(line.before) or _("（新列入）"), _place(line.after) or _("划去")))


def _place(row: StandingRow | None) -> str:
    return _("第 %(n)s 名，%(likes)s 赞") % {"n": row.place, "likes": f"{row.likes:,}"} if row else ""
