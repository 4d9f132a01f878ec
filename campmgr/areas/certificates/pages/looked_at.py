"""What is looked at before certificates are issued or one is revoked, in the office and at a desk."""

from __future__ import annotations

from collections.abc import Sequence

from flask import url_for

from campmgr.areas.certificates.queries.listed import CertificateRow
from campmgr.areas.certificates.queries.planned import Planned
from campmgr.facts.units import Unit
from campmgr.facts.wall import LONG_PAUSE, clock_doubt
from campmgr.store.door import Writer
from campmgr.web.before import Before, OpenPoint, Result, ResultLine
from campmgr.web.i18n import _
from campmgr.wording import hours_text, list_words

_NAMED = 60
"""Names of one unit that are told; the command line tells all."""


def before_issuing(
    w: Writer, unit: Unit, result: Planned, back: tuple[str, str], carries: tuple[tuple[str, str], ...], of: str = ""
) -> Before:
    """What issuing to these comes to. `of`: a class of the unit, for the title; `carries`: what says whom, in the form."""
    doubt = clock_doubt(w, LONG_PAUSE)
    lines = (
        *(ResultLine((each.name, str(each.count), _names(each.names))) for each in result.ready_units),
        *_more(result.more_ready),
        *(ResultLine((each.name, "—", _names(each.names)), is_out=True) for each in result.refused_units),
        *_more(result.more_refused, is_out=True),
    )  # fmt: skip
    return Before(
        title=_("签发证书：%(unit)s") % {"unit": f"{unit.name}{of}"},
        back=back,
        open=tuple(
            OpenPoint(count, _("人学满课时但领不到：%(why)s") % {"why": why}, _("办好以后再签发一次就会补上，不影响这次。"),
                      url_for("chase.page", code=unit.address), _("看名单"))
            for why, count in sorted(result.refused.items())
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
        carries=carries,
        asks_day=_("证书上的日期") if doubt else "",
        button=_("签发 %(n)s 份") % {"n": result.issued} if result.issued else "",
        is_grave=False,
    )  # fmt: skip


def _names(names: Sequence[str]) -> str:
    return list_words(names[:_NAMED]) + (_("等") if len(names) > _NAMED else "")


def _more(left: tuple[int, int], *, is_out: bool = False) -> tuple[ResultLine, ...]:
    """A line for the units that are not told one by one."""
    units, people = left
    words = _("另有 %(n)s 个单位") % {"n": units}, "—" if is_out else str(people), _("%(n)s 人") % {"n": people}
    return (ResultLine(words, is_out=is_out),) if units else ()


def before_revoking(row: CertificateRow, back: tuple[str, str]) -> Before:
    """What revoking a certificate does."""
    told_of = (
        (_("证书编号"), row.number), (_("姓名"), row.name), (_("单位"), row.unit_name), (_("课时"), hours_text(row.credited)),
        (_("签发日期"), row.issued_on),
    )  # fmt: skip
    return Before(
        title=_("撤销证书"),
        back=back,
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
