"""What became of a pack, in sentences: how many were taken, how many set aside, why, and what to do. Never just "done"."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from campmgr.areas.nodes.exchange.hearing_receipts import Heard
from campmgr.areas.nodes.exchange.taking import Accepted, Result
from campmgr.areas.nodes.queries.neighbours import NeighbourLine
from campmgr.facts.laptops import laptop
from campmgr.facts.world import World
from campmgr.ledger.envelope import Stream, scope_unit

RESULTS: dict[Result, str] = {
    "new": "已写入",
    "known": "本来就有",
    "gap": "缺前一段，已暂存",
    "not_for_here": "不属于本电脑，没有写入",
    "damaged": "已损坏，没有写入；其余已写入",
    "refused": "记录不合规范，没有写入；其余已写入",
}
"""What became of a segment, in words."""

_SET_ASIDE: dict[Result, tuple[str, str]] = {
    "gap": ("缺前面的一段，先存着", "请把回执带回，对方的下一个数据包会补上"),
    "damaged": ("已损坏，没有写入", "请把回执带回，对方的下一个数据包会再带一次；或者重新拷贝这个文件，再接收一次"),
    "refused": ("不合规范，没有写入", "写下它的程序有问题，请把“需要留意”的内容告诉技术支持"),
    "not_for_here": ("不属于本电脑，没有写入", "不用管：是给别的电脑的"),
}
_QUARANTINED = ("收下了但不计入：来自没有授权或已撤销的电脑", "请到“待处理”看，或由那台电脑的上级让它们计入")


class SetAside(NamedTuple):
    """So many facts that were not simply taken: why, and what to do."""

    facts: int
    why: str
    what_to_do: str


class Outcome(NamedTuple):
    """Facts that were taken (of them new), and what was set aside."""

    accepted: int
    new: int
    aside: tuple[SetAside, ...]

    @property
    def set_aside(self) -> int:
        """How many facts were not simply taken."""
        return sum(each.facts for each in self.aside)

    @property
    def sentence(self) -> str:
        """All of it in one line."""
        if not self.accepted and not self.aside:
            return "数据包里没有本机还没有的内容：对方有的，本机都有了。"
        taken = f"收下 {self.accepted:,} 条（新的 {self.new:,} 条）"
        if not self.aside:
            return f"{taken}，没有一条被搁置。"
        reasons = "；".join(f"{each.facts:,} 条{each.why}——{each.what_to_do}" for each in self.aside)
        return f"{taken}，搁置 {self.set_aside:,} 条：{reasons}。"


def outcome_of(taken: Accepted) -> Outcome:
    """What a pack came to."""
    counts = Counter[Result]()
    for each in taken.segments:
        counts[each.result] += each.end - each.start + 1
    aside = [SetAside(counts[result], *words) for result, words in _SET_ASIDE.items() if counts[result]]
    aside += [SetAside(taken.quarantined, *_QUARANTINED)] if taken.quarantined else []
    return Outcome(taken.new + taken.known, taken.new, tuple(aside))


def heard_sentence(name: str, heard: Heard, line: NeighbourLine) -> str:
    """What a receipt said, and what is still to be carried."""
    one = heard.receipt
    if heard.result == "older":
        return f"{name}已经回过更新的回执，这一张没有改变什么。"
    told = one.told
    aside = sum(told.get(each, 0) for each in _SET_ASIDE if each != "not_for_here")
    words = [f"{name}收到了：新的 {told.get('new', 0):,} 条，本来就有 {told.get('known', 0):,} 条"]
    words += [f"有 {aside:,} 条没有收好，下一个数据包会再带一次"] if aside else []
    words += [f"有 {told['quarantined']:,} 条收下了但不计入，请它的上级看“待处理”"] if told.get("quarantined") else []
    left = f"还有 {line.outgoing.facts:,} 条要带给它" if line.outgoing.facts else "本机该给它的，它都有了"
    return "；".join([*words, left]) + "。"


def odd_segments(world: World, taken: Accepted) -> list[tuple[str, str]]:
    """Every segment that was not simply taken: which one, and what became of it."""
    found = []
    for place, each in enumerate(taken.segments, 1):
        forked = "；同一编号有两份记录（文件曾被复制或恢复），两份都保留" if each.forked else ""
        if each.result not in {"new", "known"} or forked:
            why = f"：{each.why}" if each.result == "damaged" else ""
            where = f"第 {place} 段（{_place(world, each.stream)}，第 {each.start}–{each.end} 条）"
            found.append((where, RESULTS[each.result] + why + forked))
    return found


def _place(world: World, stream: Stream) -> str:
    unit = world.tree.units.get(scope_unit(stream.scope) or "")
    return f"{laptop(world, stream.writer)}写在“{unit.name if unit else '公共部分'}”"
