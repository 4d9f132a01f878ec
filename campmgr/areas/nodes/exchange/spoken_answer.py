"""The answer to a request in one QR code: that it was agreed to, as what, in which camp, and the secret of the granted unit.

Small whatever the camp has grown to: facts come with the file, or by any pack later. The secret is closed for whoever asked, bound
to all else that is told, so nothing of it can be altered and no other laptop can take it. Who gave it nobody can see in it, so two
people compare twelve figures, as with the request; from then on the laptop takes in the files of this camp alone.
"""

from __future__ import annotations

import base64
import json
import re
from dataclasses import dataclass

from campmgr.areas.nodes.exchange.pack_reader import PackReader
from campmgr.areas.nodes.queries.nodes import calls
from campmgr.errors import BadInput
from campmgr.facts import world as worlds
from campmgr.facts.secret import keep_key, unit_key
from campmgr.facts.world import World
from campmgr.ids import canonical, sha256
from campmgr.ledger.hpke import close_for, open_with
from campmgr.store.door import Reader, Writer
from campmgr.store.ledger import own_sealing_keys
from campmgr.wording import normal

_MARK = "CAMPMGR-ANSWER"
_WORDS = re.compile(_MARK + r"([A-Z2-7\s]+)")
_ID, _SUM = 16, 4
_LONGEST_NAME = 40
_AGREED = "agreed_as"
"""The meta key of the answer that was taken while the file was still to come."""

_AGAIN = "请重新拍上级屏幕上的二维码，或把那段文字整段复制过来。"


@dataclass(frozen=True, slots=True)
class Agreed:
    """What an answer tells: the camp's id and name, the granted unit's id and secret (64 hex digits, "" where whoever gave it holds
    none), what the laptop is called from now on, its line ("" for all), and the figures to compare.
    """

    campaign: str
    camp: str
    unit: str
    key: str
    name: str
    line: str
    check: str


def answer_words(r: Reader, world: World, node: str) -> str:
    """The answer to a laptop that was taken in, as a QR code says it and as it can be sent as text. `node` has a grant."""
    grant = world.trust.grants(node)[-1]
    told = canonical([world.name[:_LONGEST_NAME], calls(world, node)[0][:_LONGEST_NAME], grant.line])
    secret = bytes.fromhex(unit_key(r, world, grant.unit))
    closed = close_for(world.trust.sealing_keys(node)[0], secret, _bound(world.campaign, grant.unit, told))
    plain = bytes.fromhex(world.campaign + grant.unit) + bytes([len(closed)]) + closed + told.encode()
    return f"{_MARK} {base64.b32encode(plain + _sum(plain)).decode('ascii').rstrip('=')}"


def answer_told(r: Reader, text: str) -> Agreed:
    """The answer in a text that was scanned, pasted or sent. Raises BadInput, also for one that was given to another laptop."""
    plain = _plain(text)
    campaign, unit = plain[:_ID].hex(), plain[_ID : 2 * _ID].hex()
    end = 2 * _ID + 1 + plain[2 * _ID]
    closed, told = plain[2 * _ID + 1 : end], plain[end:].decode("utf-8", "replace")
    bound = _bound(campaign, unit, told)
    opened = next((found for key in own_sealing_keys(r) if (found := open_with(key.private, closed, bound)) is not None), None)
    if opened is None:
        raise BadInput("这是给另一台电脑的答复，本机打不开。", reason="sealed_pack", hint="请上级核对：同意的是不是本机这张申请。")
    camp, name, line = _names_in(told)
    if len(opened) not in {0, 32}:
        raise _not_whole()
    return Agreed(campaign, camp, unit, opened.hex(), name, line, answer_code(text))


def keep_answer(w: Writer, text: str) -> Agreed:
    """Take an answer; a later one takes its place. Raises BadInput."""
    agreed = answer_told(w, text)
    w.set_meta(_AGREED, text)
    return agreed


def kept_answer(r: Reader) -> Agreed | None:
    """The answer that was taken, if any."""
    text = r.meta(_AGREED)
    return answer_told(r, text) if text else None


def check_camp(r: Reader, reader: PackReader) -> None:
    """Refuse the file of another camp than the answer names. Raises BadInput."""
    agreed = kept_answer(r)
    if agreed and agreed.campaign != reader.head.campaign:
        raise BadInput(
            f"这个文件不是“{agreed.camp}”的，没有写入。", reason="wrong_campaign", hint="请拿同意加入的那台上级电脑给的文件。"
        )


def use_answer(w: Writer) -> None:
    """Once the file is in, the answer has done its work: the unit's secret is kept where the file brought none."""
    agreed = kept_answer(w)
    if agreed and agreed.key and not unit_key(w, worlds.load(w), agreed.unit):
        keep_key(w, agreed.unit, agreed.key)
    w.drop_meta(_AGREED)


def answer_code(text: str) -> str:
    """Twelve figures by which two people at two screens know that they see one answer: "1234 5678 9012"."""
    figures = f"{int(sha256('campmgr answer code ' + _plain(text).hex())[:16], 16) % 10**12:012d}"
    return " ".join(figures[at : at + 4] for at in range(0, 12, 4))


def _plain(text: str) -> bytes:
    """The bytes of an answer without their sum. Raises BadInput."""
    found = _WORDS.search(normal(text).upper())
    letters = "".join(found[1].split()) if found else ""
    try:
        whole = base64.b32decode(letters + "=" * (-len(letters) % 8))
    except ValueError:
        whole = b""
    plain = whole[:-_SUM]
    if len(plain) <= 2 * _ID or _sum(plain) != whole[-_SUM:]:
        raise _not_whole() if found else BadInput("这里没有上级的答复。", reason="unreadable_file", hint=_AGAIN)
    return plain


def _names_in(told: str) -> tuple[str, str, str]:
    """Camp, laptop and line. Raises BadInput: whoever saw the request can close an answer for it, and write anything."""
    try:
        camp, name, line = json.loads(told)
    except (ValueError, TypeError, RecursionError) as problem:
        raise _not_whole() from problem
    return str(camp)[:_LONGEST_NAME], str(name)[:_LONGEST_NAME], str(line)[:_LONGEST_NAME]


def _not_whole() -> BadInput:
    return BadInput("这段答复不完整，或有字错了。", reason="unreadable_file", hint=_AGAIN)


def _sum(plain: bytes) -> bytes:
    return bytes.fromhex(sha256(plain))[:_SUM]


def _bound(campaign: str, unit: str, told: str) -> str:
    return canonical(["campmgr-answer", campaign, unit, told])
