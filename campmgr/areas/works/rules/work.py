"""A work as it was handed in, the id it gets from its link or number, and how links are told apart."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit

from campmgr.ids import hash_id
from campmgr.settings.terms import fold
from campmgr.wording import name_key, normal

_SAME_SITE = ("www.", "m.", "mobile.", "wap.", "h5.")
"""Hosts of one and the same page for telephones and for desks. Short-link hosts such as v. are sites of their own."""

_TELLING = frozenset(
    "id v vid videoid video_id photoid photo_id aweme_id modal_id item_id itemid bvid aid noteid note_id feedid feed_id docid"
    " __biz mid idx sn".split()
)
"""What of a query says which work it is; all the rest is what links gather on their way through chats and advertisements."""


class Work(NamedTuple):
    """A work as it was handed in."""

    title: str
    link: str = ""
    number: str = ""
    account: str = ""
    field: str = ""
    published_on: str = ""


def work_id(campaign: str, work: Work) -> str:
    """A work's id: from its link, else its number, so that two offices give it the same one."""
    return id_of_link(campaign, work.link) if work.link else id_of_number(campaign, work.number)


@lru_cache(10_000)  # an import asks several times for each row
def id_of_link(campaign: str, link: str) -> str:
    """The id of a work with a link."""
    return hash_id(campaign, "work", tidy_link(link))


@lru_cache(10_000)
def id_of_number(campaign: str, number: str) -> str:
    """The id of a work with a number and no link."""
    return hash_id(campaign, "work number", number)


@lru_cache(10_000)  # an import asks several times for each row
def tidy_link(link: str) -> str:
    """A link as works are told apart by: half-width, host in lower case and without www or m, no scheme, no tracking.

    No fragment unless the page is chosen by it (#/…), no closing slash. Paths keep their case: short links differ by it. Whatever
    was written comes back in some form; a stray bracket must not stop an import.
    """
    text = link.strip()
    if not text.isascii():
        text = "".join(each for each in normal(text) if each.isprintable() and not each.isspace()).strip()
    try:
        parts = urlsplit(text if "://" in text else "https://" + text)
        host = parts.netloc.lower().rpartition("@")[2]
    except ValueError:
        return text
    if not host:
        return text
    for begin in _SAME_SITE:
        if host.startswith(begin) and "." in host.removeprefix(begin):
            host = host.removeprefix(begin)
            break
    host = host.removesuffix(":443").removesuffix(":80")
    page = "#" + parts.fragment.rstrip("/") if parts.fragment.startswith(("/", "!/")) else ""
    return host + parts.path.rstrip("/") + (_told(parts.query) if parts.query else "") + page


def _told(query: str) -> str:
    """What of a query says which work it is, in one order."""
    kept = sorted((name, value) for name, value in parse_qsl(query) if name.lower() in _TELLING)
    return "?" + urlencode(kept) if kept else ""


def link_key(link: str) -> str:
    """The key of a row with a link."""
    return "link:" + tidy_link(link)


def row_key(link: str, number: str, title: str, author: str, unit: str) -> str:
    """The key a row is known by again: its link, else its number, else a hash of who and what, since keys hold no names."""
    if link:
        return link_key(link)
    return "number:" + number if number else "row:" + hash_id(fold(title), name_key(author), unit)
