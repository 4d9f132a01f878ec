"""How much stands in drafts, as the lines of a page before something becomes of them."""

from __future__ import annotations

from campmgr.areas.drafts.queries import Drafts
from campmgr.web.before import ResultLine
from campmgr.web.i18n import _


def held_lines(drafts: Drafts) -> tuple[ResultLine, ...]:
    """People, what they learned, and join codes."""
    held = ((_("人"), len(drafts.people)), (_("学习和签到"), len(drafts.marks)), (_("加入码"), len(drafts.codes)))
    return tuple(ResultLine((name, f"{count:,}")) for name, count in held)
