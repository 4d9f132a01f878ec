"""Telling equals apart: the ordered grounds a camp may choose, each a value of which the smaller stands in front (F-24)."""

from __future__ import annotations

from campmgr.ids import sha256

PUBLISHED = "发布较早"
REACHED = "先达到该点赞数"
DRAW = "抽签"

TIE_BREAKS = (PUBLISHED, REACHED, DRAW)
"""Every ground, in the order a camp starts with."""

_UNKNOWN = "~"
"""Sorts behind every date and every time: whoever gave no date has no advantage from it."""


def tie_key(grounds: tuple[str, ...], seed: str, work: str, published: str, reached: str) -> tuple[str, ...]:
    """What stands beside the likes when equals are told apart: one value for each ground, in the camp's order.

    `published` the work's day of publication, `reached` the earliest reading that showed its count; "" where not known.
    """
    values = {PUBLISHED: published or _UNKNOWN, REACHED: reached or _UNKNOWN, DRAW: draw(seed, work)}
    return tuple(values[ground] for ground in grounds)


def draw(seed: str, work: str) -> str:
    """The lot of a work, 64 hex digits, the smaller in front; anyone who has the seed and the work's id can draw it again.

    By work and not by person, since people are merged and works never are. Without a seed nobody is drawn: "" for all.
    """
    return sha256(f"{seed}/{work}") if seed else ""
