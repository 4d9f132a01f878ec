"""What is looked at before an account is closed, by whoever governs it or by two of equal place."""

from __future__ import annotations

from flask import url_for

from campmgr.accounts import governing
from campmgr.accounts.queries import ROLE_WORDS, EndsWith, account_of, ends_with, governs, unit_name
from campmgr.facts.world import World
from campmgr.store.door import Reader
from campmgr.web.before import Before, OpenPoint, Result, ResultLine
from campmgr.web.current import me
from campmgr.web.i18n import _


def before_closing(r: Reader, world: World, key: str) -> Before:
    """The page before an account is closed, or its closing is asked for. Raises NotFound for one that is not within reach."""
    by = me()
    account = account_of(governing.closable(r, world, by, key))
    alone, agrees = governs(world, by, account), governing.is_asked_by_another(r, by, key)
    ends = ends_with(r, account)
    told = (
        (_("姓名"), account.name), (_("登录名"), account.login), (_("角色"), ROLE_WORDS[account.role]),
        (_("单位"), unit_name(world, account.unit)), (_("条线"), account.line or _("全部条线")),
    )  # fmt: skip
    closes = (
        _("已经登录的浏览器马上退出，以后不能再登录；发给本人的登录链接也不能再用。"),
        _("本人登记过的记录都留着，不受影响。"),
    )
    if alone:
        last = _("停用以后可以恢复；退出的登录、邀请和没有保存的内容恢复不了。")
        return _before(account.name, _("停用"), told, (*closes, last), ends, url_for("office.close", account=key))
    if agrees:
        last = _("另一位组织方已经提议，您按下去就停用；同级的账号停用后，要由上级恢复。")
        return _before(account.name, _("同意停用"), told, (last, *closes), ends, url_for("office.ask_closing", account=key))
    first = _("同级的账号要两位组织方都同意才停用：现在只是提议，对方仍能使用。")
    return _before(account.name, _("提议停用"), told, (first,), ends, url_for("office.ask_closing", account=key))


def _before(name: str, act: str, told: tuple[tuple[str, str], ...], does: tuple[str, ...], ends: EndsWith, action: str) -> Before:
    return Before(
        title=_("%(act)s账号：%(name)s") % {"act": act, "name": name},
        back=(url_for("office.accounts"), _("账号")),
        open=(
            OpenPoint(int(not ends.others), _("个单位会没有人接着办"), _("同一单位、同一条线没有别的人有这样的账号，请先邀请一位。")
                      if not ends.others else "", url_for("office.accounts"), _("去邀请")),
            OpenPoint(ends.invitations, _("份由它发出、还没有用的邀请"), _("会一起作废，要用的请重新邀请。") if ends.invitations else ""),
            OpenPoint(ends.unsaved, _("页填了没有保存的内容"), _("会一起清掉；可以先请本人保存。") if ends.unsaved else ""),
        ),
        result=Result(_("要停用的账号"), tuple(ResultLine(each) for each in told)),
        does=does,
        action=action,
        button=act,
    )  # fmt: skip
