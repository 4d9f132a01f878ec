"""What can be done to several rows of a list at once, declared beside the list: looked at first, done as one, taken back in one
press.

    ListAct(listed="units", key="away", words="不参加", look=looked, do=let_be_away, does=("…",))

Whoever declares one says which of the ticked rows it can be done to and why not to the others, and does it; boxes, "all that
match", the page before it and the press that takes it back are the same for every list (`desks/pages/list_acts.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from campmgr.accounts import governing, local
from campmgr.accounts.lists import ListAsked
from campmgr.accounts.queries import Account, Role, account_of, governs, may_give, unit_name
from campmgr.facts.catalogue import Catalogue
from campmgr.facts.world import World
from campmgr.store.door import Reader, Writer

MOST_ACTED = 1000
"""Rows that one press is about; whoever wants more narrows the list, and goes on."""


class ActLine(NamedTuple):
    """A row that is asked for: its key, what it is called, what tells it apart, why it cannot be done to it ("" where it can)."""

    key: str
    name: str
    more: str = ""
    why_not: str = ""


class Press(NamedTuple):
    """Who presses, the batch that facts go into, and what was typed beside it ("" for nothing)."""

    account: Account
    batch: str
    typed: str


Looked: TypeAlias = Callable[[Reader, World, Account, ListAsked, Sequence[str]], Sequence[ActLine]]
Done: TypeAlias = Callable[[Writer, World, Press, Sequence[str]], str]


class ListAct(NamedTuple):
    """An act on rows of the list called `listed`. `look` tells of each key that is theirs what it is, others are not told of; `do`
    does it to those that can be, and says what the `way` takes back: the batch, ids, or "" where nothing can be.

    `does`: what pressing does, in sentences; `asks`: the label of a text that it needs, "" for none, with a hint; `names`:
    says what was typed there means, in a sentence that is shown before anything is done.
    """

    listed: str
    key: str
    words: str
    look: Looked
    do: Done
    does: tuple[str, ...]
    asks: str = ""
    hint: str = ""
    names: Callable[[World, Account, str], str] | None = None
    way: str = "withdraw"
    role: Role = "organizer"


def acts_of(catalogue: Catalogue) -> Mapping[str, tuple[ListAct, ...]]:
    """What can be done to rows, by the list."""
    return catalogue.joined(_acts)


def _acts(catalogue: Catalogue) -> dict[str, tuple[ListAct, ...]]:
    every = [*ACCOUNT_ACTS, *(each for _, brought in catalogue.named("acts") for each in brought)]
    return {name: tuple(each for each in every if each.listed == name) for name in {each.listed for each in every}}


def _accounts(active: bool) -> Looked:  # noqa: FBT001 - which of two acts it is
    def look(r: Reader, world: World, account: Account, asked: ListAsked, keys: Sequence[str]) -> list[ActLine]:
        del asked
        found = []
        for row in local.all_accounts(r):
            who = account_of(row)
            if row.account not in keys or not may_give(world, account, who.unit, who.line):
                continue
            why = (
                ""
                if governs(world, account, who)
                else "同级或上级的账号，请逐个办理"
                if who.account != account.account
                else "这是您自己"
            )
            why = why or ("" if bool(row.active) != active else "已经是这样")
            found.append(ActLine(row.account, f"{row.name}（{row.login}）", unit_name(world, who.unit), why))
        return found

    return look


def _set(active: bool) -> Done:  # noqa: FBT001 - which of two acts it is
    def do(w: Writer, world: World, press: Press, keys: Sequence[str]) -> str:
        for key in keys:
            governing.set_active(w, world, press.account, key, active=active)
        return " ".join(keys)

    return do


ACCOUNT_ACTS = (
    ListAct("accounts", "close", "停用", _accounts(active=False), _set(active=False),
            ("已经登录的浏览器马上退出，以后不能再登录；由他们发出、还没有用的邀请一起作废。", "本人登记过的记录都留着。"), way="reopen"),
    ListAct("accounts", "open", "恢复", _accounts(active=True), _set(active=True), ("可以再用原来的登录名和密码登录。",), way="close"),
)  # fmt: skip
