"""Whether a link leads to where everybody can look: notices ask for works that are published."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

_INDOORS = ("localhost", "local", "lan", "internal", "home", "corp", "intranet")


def link_trouble(link: str) -> str:
    """What is wrong with a work's link, in a sentence; "" for one that leads to the open web. Nothing is looked up."""
    if not link.lower().startswith(("http://", "https://")):
        return "作品链接要以 http:// 或 https:// 开头。"
    try:
        host = urlsplit(link).hostname or ""
    except ValueError:
        host = ""
    if not host or any(each.isspace() for each in link):
        return "作品链接不完整，请从浏览器的地址栏重新复制。"
    return "" if _is_open(host) else "这是内网或本机的地址，别人打不开；请填作品在网上公开发布的链接。"


def _is_open(host: str) -> bool:
    try:
        return ip_address(host).is_global
    except ValueError:
        return "." in host.strip(".") and host.rstrip(".").rpartition(".")[2] not in _INDOORS
