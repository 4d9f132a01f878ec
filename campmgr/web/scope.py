"""What of the office is about the whole camp: rules, lessons, like counts, prize lists, nodes."""

from __future__ import annotations

from campmgr.accounts.queries import Account, holds_all
from campmgr.errors import NotAllowed
from campmgr.facts.world import World
from campmgr.web.current import me


def whole_camp(world: World) -> Account:
    """Who is logged in, for what concerns everyone. Raises NotAllowed for an organizer of a part of the camp."""
    account = me()
    if not holds_all(world, account):
        raise NotAllowed("这一项由全营的组织方统一办理。", hint="如需修改，请联系上级组织方。")
    return account
