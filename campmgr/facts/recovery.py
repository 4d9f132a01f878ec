"""The recovery key: what stands on the paper printed when a camp is opened, and kept nowhere else (docs/ledger.md#recovery).

The paper holds four groups of eight characters, each with a check character of its own; both keys are made from them. Their public
halves stand in `campaign_opened`, and the camp's id is made from them, so that whoever steals the root cannot name another paper.
"""

from __future__ import annotations

import hmac
import re
from typing import NamedTuple

from campmgr.errors import BadInput
from campmgr.ids import canonical, is_short_code, short_code
from campmgr.ledger.hpke import SealingKey, close_for, open_with, sealing_key_from
from campmgr.ledger.seal import KeyPair, key_from
from campmgr.typed_codes import folded

GROUPS = 4
"""Groups of eight on the paper: 4 × 35 random bits."""


_WORDS = re.compile(r"(?:[0-9A-Z]{8}[- ]){3}[0-9A-Z]{8}")


class Recovery(NamedTuple):
    """A recovery key with what is printed of it."""

    words: str
    signing: KeyPair
    sealing: SealingKey

    @property
    def nonce(self) -> str:
        """What a camp's id holds of it."""
        return self.signing.public + self.sealing.public


def new_recovery() -> Recovery:
    """A recovery key nobody has seen yet."""
    return recovery_of("-".join(short_code() for _ in range(GROUPS)))


def recovery_of(text: str) -> Recovery:
    """The recovery key that was typed from its paper. Raises BadInput, which names the group that was mistyped."""
    bare = "".join(character for character in folded(text) if character.isalnum())
    groups = [bare[at : at + 8] for at in range(0, len(bare), 8)]
    wrong = next((place for place, group in enumerate(groups, 1) if not is_short_code(group)), 0)
    if wrong or len(groups) != GROUPS:
        where = f"第 {wrong} 组“{groups[wrong - 1]}”输错了" if wrong else "不是四组、每组八个字符"
        raise BadInput(f"恢复码{where}。", reason="wrong_recovery_code", hint="请对照开营时打印的恢复单，一组一组核对。")
    words, seed = "-".join(groups), "".join(groups).encode()
    return Recovery(words, key_from(hmac.digest(seed, b"campmgr recovery signing", "sha256")),
                    sealing_key_from(hmac.digest(seed, b"campmgr recovery sealing", "sha256")))  # fmt: skip


def close_secret(campaign: str, sealing_key: str, secret: str) -> str:
    """The camp's secret (hex), closed for a recovery key."""
    return close_for(sealing_key, bytes.fromhex(secret), _bound(campaign)).hex()


def open_secret(campaign: str, sealing_private: str, closed: str) -> str:
    """The camp's secret again (hex); "" when it was closed for another paper."""
    try:
        opened = open_with(sealing_private, bytes.fromhex(closed), _bound(campaign))
    except ValueError:
        return ""
    return (opened or b"").hex()


def sheet_text(recovery: Recovery, campaign: str, name: str, day: str) -> str:
    """The paper as text, to be printed twice and kept in two places."""
    return f"""恢复单（请打印两份，分两处保管；打印后请删除这个文件）

训练营：{name}
营号：{campaign}
日期：{day}

恢复码：{recovery.words}

每组八个字符，最后一个是校验字符，输错时会提示是哪一组。

什么时候用：开营的电脑丢失、损坏或被盗时，在另一台电脑上运行
    campmgr --db 新文件 node recover --sheet 恢复单 备份或数据包
谁拿到恢复码，谁就能接管整个训练营。
"""


def words_on(sheet: str) -> str:
    """The recovery code on a sheet; of anything else all of it, since somebody may have typed the code alone."""
    found = _WORDS.search(folded(sheet))
    return found[0] if found else sheet


def _bound(campaign: str) -> str:
    return canonical(["campmgr-secret", campaign])
