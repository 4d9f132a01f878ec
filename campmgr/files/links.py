"""The one web address of a cell: written there, among the words an app shares with it, or behind the text as a hyperlink."""

from __future__ import annotations

import re

from campmgr.files.cells import CellProblem, shown, text
from campmgr.files.odd_cells import LONGEST_CELL, LinkedText
from campmgr.files.read_table import Cell
from campmgr.wording import normal

_LONGEST = 500
_NOT_IN_ADDRESSES = r"\s<>\"'“”‘’`（）()【】「」《》〈〉{}|、，。；！？…\uff00-\uffef"
_ADDRESS = re.compile(rf"https?://[^{_NOT_IN_ADDRESSES}]+(?:\([^{_NOT_IN_ADDRESSES}]*\)[^{_NOT_IN_ADDRESSES}]*)*", re.IGNORECASE)
_HAN = re.compile("[\u3400-\u9fff]")
_SHARED = re.compile("复制|打开|链接|观看|点击|查看|抖音|快手|微信|视频号|小红书|哔哩|分享|看看|作品|视频")
"""Words that apps put behind an address they share; other Chinese in an address belongs to it."""

_HOST = re.compile(r"https?://[\w-]+(\.[\w-]+)+(:(?P<port>[0-9]{1,5}))?([/?#]\S*)?", re.IGNORECASE)
"""Without a name or password before the host: no platform has any, and it may lead elsewhere than it seems to."""

_LAST_PORT = 65_535
_BARE = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(:[0-9]+)?/[^\s\u3400-\u9fff]+", re.IGNORECASE)
_TOGETHER = re.compile(r"[,;|、，；]+(?=https?://)", re.IGNORECASE)
"""What stands between two addresses written one behind the other; inside one, as what it leads on to, follows a = sign."""
_BEHIND = ".,;:!?…]}*"


def link(cell: Cell) -> str:
    """The address; a bare host and path (v.example.org/1) serves too. Blank gives "".

    Raises CellProblem `bad_link` where there is none, or more than one; `too_long`.
    """
    said = text(cell, longest=LONGEST_CELL)
    if not said:
        return ""
    found = _addresses(said)
    if not found and isinstance(cell, LinkedText):
        found = _addresses(cell.address)
    bare = said.strip(_BEHIND)
    if not found and len(said) <= 2 * _LONGEST and _BARE.fullmatch(bare) and _is_address(f"https://{bare}"):
        found = [bare]
    if len(found) > 1:
        raise CellProblem("bad_link", f"“{shown(cell)}”里有 {len(found)} 个网址，分不清是哪一个。请只留一个。")
    if not found:
        raise CellProblem("bad_link", f"“{shown(cell)}”不是网址。请填以 http 开头的作品链接，不要只写“点击查看”之类的字。")
    if len(found[0]) > _LONGEST:
        raise CellProblem("too_long", f"这个网址有 {len(found[0])} 个字符，最多 {_LONGEST} 个。请换成短链接。")
    return found[0]


def _addresses(said: str) -> list[str]:
    """The different addresses in a text, as they stand there, without what stands behind them in a sentence."""
    said = _TOGETHER.sub(" ", said.replace("&amp;", "&"))
    found = [_cut(each.group()) for each in _ADDRESS.finditer(said)]
    if not found and not said.isascii():
        found = [_cut(each.group()) for each in _ADDRESS.finditer(normal(said))]
    return list(dict.fromkeys(filter(_is_address, found)))


def _is_address(text: str) -> bool:
    """Whether a whole text is an address that can lead anywhere."""
    match = _HOST.fullmatch(text)
    return match is not None and 0 < int(match["port"] or _LAST_PORT) <= _LAST_PORT


def _cut(address: str) -> str:
    """An address without what stands behind it."""
    if (han := _HAN.search(address)) and _SHARED.search(address):
        address = address[: han.start()]
    return address.rstrip(_BEHIND)
