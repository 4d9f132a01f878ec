"""Whether an address that gets printed will still lead here tomorrow, from where people are."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit


def address_warning(base: str) -> str:
    """What to warn of before printing this base address: none set, this machine only, one network only; "" for none."""
    if not base:
        return "还没有设置印制材料所用网址（camp.base_address），二维码用的是现在这台电脑的地址；地址一变，印好的就扫不开了。"
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
