"""A laptop asks to join and another takes it in, on pages, as two people would."""

from __future__ import annotations

import re
from html import unescape

from tests.kit.office import send

GIVE, ASKED = "/office/nodes/join/", "/office/nodes/join/asked"


def asked_by_file(pages, request: bytes, name: str = "request.json"):
    """The page that shows who asks, or the refusal of the file."""
    return send(pages, GIVE, file=(request, name), text="")


def agreed(pages, asked, unit: str, line: str = ""):
    """The page of the laptop that was taken in, or the refusal."""
    told = {name: unescape(value) for name, value in re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', asked.text)}
    return send(pages, ASKED, **told | {"unit": unit, "line": line})


def answer_of(pages, taken_in) -> bytes:
    """The file that goes back."""
    address = re.findall(r'href="(/office/nodes/join/[0-9a-f]{32}/answer\.pack)"', taken_in.text)[0]
    answer = pages.browser("root").get(address)
    assert "attachment" in answer.headers["Content-Disposition"]
    return answer.data


def figures_of(text: str) -> list[str]:
    """The groups that a waiting laptop shows."""
    return re.findall(r"<li>(\d{5} \d{5})</li>", text)


def picture_of(text: str) -> str:
    """The QR code that a waiting laptop shows, as the address of a picture."""
    return re.findall(r'src="(data:image/svg[^"]+)"', text)[0]
