"""How a browser is named in the list of devices."""

from __future__ import annotations

import re

from flask import request

_BROWSERS = (("MicroMessenger", "微信"), ("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
_SYSTEMS = (("Windows", "Windows"), ("Android", "安卓"), ("iPhone|iPad", "iPhone/iPad"), ("Mac OS", "macOS"), ("Linux", "Linux"))
"""The first sign that is found counts: Edge calls itself Chrome too, and an Android phone Linux."""


def device_label() -> str:
    """The browser and system of the request in hand: "Chrome · Windows"."""
    agent = request.headers.get("User-Agent", "")
    found = [next((words for sign, words in signs if re.search(sign, agent)), "") for signs in (_BROWSERS, _SYSTEMS)]
    return " · ".join(filter(None, found)) or "未知浏览器"
