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


_WHO = "规则由主办方的组织方账号修改；您的页面上没有“规则”的，请告诉他们。"

_OPEN = "要让手机打开，请关掉程序的窗口，改用“启动-手机和别的电脑也能打开”，再到这里看。"


def address_warning(base: str, own: str = "") -> str:
    """What to warn of before printing this base address: none set, this machine only, one network only; "" for none.

    `own`: where none is set, the address that is printed instead.
    """
    if not base:
        missing = "还没有在“规则”里填“印制材料所用网址”，"
        if _is_here(_host(own)):
            return f"{missing}现在用的是 127.0.0.1，只有这台电脑自己能打开，任何手机都打不开。{_OPEN}{_WHO}"
        return f"{missing}二维码用的是现在这台电脑的地址；地址一变，印好的就扫不开了。{_WHO}"
    host = _host(base)
    if not host:
        return f"印制材料所用网址“{base}”不是完整的网址，扫码可能打不开；请写成带 http 的完整网址。{_WHO}"
    if _is_here(host):
        return f"印制材料所用网址是 {host}，只有这台电脑自己能打开，任何手机都打不开；请换成别人也能打开的网址。{_WHO}"
    return _network_warning(host)


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _network_warning(host: str) -> str:
    try:
        if ip_address(host).is_private:
            return "这个网址只在本单位的局域网里有效，手机要连上同一个 Wi-Fi 才能扫开；路由器换了地址，就要重印。"
    except ValueError:
        pass
    return ""
