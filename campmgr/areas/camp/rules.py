"""Where in its time a camp stands, and whether an address that gets printed will still lead here tomorrow (F-05); pure."""

from __future__ import annotations

from ipaddress import ip_address
from typing import Literal
from urllib.parse import urlsplit

from campmgr.areas.camp.settings import Live, WarmUp
from campmgr.settings.rules import Rules

Phase = Literal["before", "warm_up", "live", "after"]

PHASE_WORDS: dict[Phase, str] = {"before": "未开始", "warm_up": "预热", "live": "进行中", "after": "已结束"}


def phase_of(rules: Rules, day: str) -> Phase:
    """The phase of a day "YYYY-MM-DD"; first and last days are included (F-05).

    A camp without dates is always live; one without an end stays live; days between warm-up and start count as before.
    """
    warm_up, live = rules[WarmUp], rules[Live]
    if live.ends_on and day > live.ends_on:
        return "after"
    if not live.starts_on or day >= live.starts_on:
        return "live"
    warming = bool(warm_up.starts_on) and warm_up.starts_on <= day
    return "warm_up" if warming and day <= (warm_up.ends_on or day) else "before"


def address_warning(base: str) -> str:
    """What to warn of before printing this base address: none set, this machine only, one network only; "" for none."""
    if not base:
        return "还没有在“规则”里填“印制材料所用网址”，二维码用的是现在这台电脑的地址；地址一变，印好的就扫不开了。"
    try:
        host = urlsplit(base).hostname or ""
    except ValueError:
        host = ""
    if not host:
        return f"印制材料所用网址“{base}”不是完整的网址，扫码可能打不开；请写成带 http 的完整网址。"
    if host == "localhost":
        return "这个网址只有本机能打开，别人的手机扫不开；请设置别人也能打开的网址。"
    return _ip_warning(host)


def _ip_warning(host: str) -> str:
    try:
        address = ip_address(host)
    except ValueError:
        return ""
    if address.is_loopback:
        return "这个网址只有本机能打开，别人的手机扫不开；请设置别人也能打开的网址。"
    if address.is_private:
        return "这个网址只在本单位的局域网里有效，手机要连上同一个 Wi-Fi 才能扫开；路由器换了地址，就要重印。"
    return ""
