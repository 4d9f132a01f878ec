"""Small vocabulary for the tests of the office: forms sent as a browser would, files, and what a page says."""

from __future__ import annotations

import re
from html import unescape
from io import BytesIO
from urllib.parse import urlencode

from tests.kit.pages import OWN, drawn


def send(pages, path: str, who: str = "root", **typed: object):
    """Post a form; a pair of bytes and name is a file."""
    typed = drawn(pages, path, who, typed) | typed
    data = {name: (BytesIO(value[0]), value[1]) if isinstance(value, tuple) else value for name, value in typed.items()}
    return pages.browser(who).post(path, data=data, headers=OWN, content_type="multipart/form-data")


def see(pages, path: str, who: str = "root") -> str:
    """A page's text, which must be there."""
    answer = pages.browser(who).get(path)
    assert answer.status_code == 200, answer.text
    return answer.text


def tasks(text: str) -> dict[str, tuple[int, str]]:
    """What waits on a first page: in words, how much of it, and where it leads."""
    lines = re.findall(r'<a href="([^"]+)"><span class="n">([\d,]+)</span>\s*<span><span class="what">([^<]+)</span>', text)
    return {what: (int(count.replace(",", "")), unescape(address)) for address, count, what in lines}


def agree(pages, path: str, who: str = "root", reason: str = "已核对", **asked: str):
    """Look at the page before an act, tick what is open, give a reason, and press: what a browser would send."""
    told = told_before(see(pages, f"{path}?{urlencode(asked)}", who))
    return send(pages, path, who, **{"sure": "1", "reason": reason} | told)


def looked(pages, path: str, who: str = "root", **typed: object):
    """Send a form that leads to a page before an act, look at it, and press: the last answer."""
    shown = send(pages, path, who, **typed).text
    to = re.search(r'<form method="post" action="([^"]+)" class="card act', shown)
    assert to is not None, shown
    return send(pages, to[1], who, **{"sure": "1"} | told_before(shown))


def found(pages, path: str, who: str = "root", **typed: object) -> str:
    """The page to which a search or a preview leads that was sent."""
    answer = send(pages, path, who, **typed)
    assert answer.status_code == 303, answer.text
    return see(pages, answer.location, who)


def told_before(text: str) -> dict[str, str]:
    """What the form of a page before an act carries."""
    told = re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', text[text.index('class="card act') :])
    return {name: unescape(value) for name, value in told}


def hidden(text: str, name: str) -> str:
    """The value of a page's first hidden field of a name."""
    found = re.search(rf'type="hidden" name="{name}" value="([^"]*)"', text)
    assert found is not None, f"no hidden field {name}"
    return found[1]


def rows(text: str) -> list[list[str]]:
    """The cells of every row of every table body, tags off."""
    found = []
    for body in re.findall(r"<tbody>(.*?)</tbody>", text, re.DOTALL):
        for row in re.findall(r"<tr[^>]*>(.*?)</tr>", body, re.DOTALL):
            cells = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)
            found.append([re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", cell)).strip() for cell in cells])
    return found


def import_csv(pages, kind: str, text: str, read_at: str = ""):
    """Send a sheet, look at the preview, import it; both answers."""
    preview = send(pages, f"/office/import/{kind}", file=(text.encode(), f"{kind}.csv"), read_at=read_at)
    assert preview.status_code == 200, preview.text
    told = {name: hidden(preview.text, name) for name in ("kept", "name", "read_at")}
    return preview, send(pages, f"/office/import/{kind}/commit", **told)
