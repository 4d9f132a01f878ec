"""A request as figures that are read over the telephone, and in a QR code: a hundred of them, in ten groups that check themselves.

A new data file's sealing key follows from its signing key (`ledger/hpke.py`), so the figures tell that one alone: 78 for the key, 2
that check the whole, cut into groups of 8, each with 2 check digits of its own (ISO 7064 MOD 97-10). Nothing is signed: figures
that hold somebody else's key are somebody else's request, as with the file (docs/ledger.md#trust).
"""

from __future__ import annotations

import re

from campmgr.areas.nodes.queries.nodes import LONGEST_NAME, Request
from campmgr.errors import BadInput
from campmgr.ids import is_roster_code, sha256
from campmgr.ledger.hpke import is_sealing_key, sealing_public_beside
from campmgr.wording import normal

GROUPS, EACH = 10, 10
"""Groups, and figures of each, its two check digits included."""

_MARK = "campmgr-request"
_KEY_DIGITS = 78
"""Figures of a number of 256 bits."""

_AGAIN = "请对着对方屏幕上的十组数字，一组一组核对。"


def spoken(asked: Request) -> tuple[str, ...]:
    """The ten groups; () where the request's sealing key does not follow from its signing key (a file of an earlier version)."""
    if sealing_public_beside(asked.key) != asked.sealing_key:
        return ()
    told = _checked(f"{int(asked.key, 16):0{_KEY_DIGITS}d}")
    return tuple(_checked(told[at : at + EACH - 2]) for at in range(0, len(told), EACH - 2))


def qr_words(asked: Request) -> str:
    """What a QR code of the request says: the figures, then the name; "" as `spoken`."""
    groups = spoken(asked)
    return f"{_MARK} {'-'.join(groups)} {asked.name}".strip() if groups else ""


def request_told(text: str) -> Request:
    """The request in figures that were typed, pasted or scanned. Raises BadInput, which names the group that was mistyped."""
    plain = normal(text)
    name = ""
    if (at := plain.find(_MARK)) >= 0:
        figures, _, name = plain[at + len(_MARK) :].strip().partition(" ")
        plain = figures
    digits = re.sub(r"\D", "", plain)
    groups = [digits[at : at + EACH] for at in range(0, len(digits), EACH)]
    wrong = next((place for place, group in enumerate(groups, 1) if not is_roster_code(group)), 0)
    if not digits:
        raise BadInput(
            "这里没有申请的数字。", reason="missing_value", hint="请粘贴或输入对方屏幕上的十组数字，或选申请文件、二维码的照片。"
        )
    if wrong and wrong <= GROUPS:
        raise BadInput(f"第 {wrong} 组“{groups[wrong - 1]}”不对。", reason="bad_check_digits", hint=_AGAIN)
    if len(groups) != GROUPS:
        raise BadInput(f"应该是十组、每组十个数字，现在是 {len(digits)} 个数字。", reason="bad_check_digits", hint=_AGAIN)
    told = "".join(group[:-2] for group in groups)
    key = int(told[:-2])
    if _checked(told[:-2]) != told or key >= 1 << 256:
        raise BadInput(
            "每一组都对，合起来不对：可能有两组调换了先后，或漏了一组、重了一组。", reason="bad_check_digits", hint=_AGAIN
        )
    public = f"{key:064x}"
    asked = Request(public, sealing_public_beside(public), name.strip()[:LONGEST_NAME])
    if not is_sealing_key(asked.sealing_key):
        raise BadInput("这些数字里没有能用的密钥。", reason="bad_check_digits", hint=_AGAIN)
    return asked


def check_code(asked: Request) -> str:
    """Twelve figures by which two people at two screens know that they see one request: "1234 5678 9012"."""
    figures = f"{int(sha256('campmgr request code ' + asked.key + asked.sealing_key)[:16], 16) % 10**12:012d}"
    return " ".join(figures[at : at + 4] for at in range(0, 12, 4))


def _checked(digits: str) -> str:
    return digits + f"{98 - int(digits + '00') % 97:02d}"
