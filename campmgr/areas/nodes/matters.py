"""What of other laptops' records was set aside here, and what this one could not do: all found when somebody asks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from campmgr.accounts.queries import unit_name
from campmgr.areas.nodes.local.incoming import BEHIND, FORKED, UNDONE, UNKNOWN_KIND, Noticed, gaps, noticed, packs_taken, seen
from campmgr.areas.nodes.queries.nodes import REASONS, idle_words, quarantined_stretches
from campmgr.clock import local_day, today_of, wall_micros
from campmgr.facts.catalogue import kinds_of
from campmgr.facts.laptops import laptop
from campmgr.facts.quarantine import QuarantinedStretch
from campmgr.facts.review import Answer, Matter, ReviewRow, Told, found_row
from campmgr.facts.wall import clock_doubt
from campmgr.facts.world import World
from campmgr.ledger.envelope import Stream, scope_unit
from campmgr.store.door import Reader
from campmgr.store.identity import WRITER

GAP, QUARANTINED, IDLE, CLOCK = "gap", "quarantined", "idle_word", "clock"

_DAY = 24 * 3600 * 1_000_000
"""In microseconds, as clocks count: no two machines that are right are further apart."""

_SEEN = Answer("seen", "知道了", acts=True)
_SEE = "campmgr.areas.nodes.exchange.noticing:look_at"


def own_unit(r: Reader, world: World) -> str:
    """The unit this data file was granted: what is of the file itself is shown to whoever works there."""
    grants = world.trust.grants(world.trust.node_of(r.meta(WRITER)))
    return grants[-1].unit if grants else world.root_unit


def _noticed(r: Reader, world: World) -> Iterator[ReviewRow]:
    kinds = kinds_of(r)
    for each in noticed(r):
        if each.matter == UNKNOWN_KIND:
            name, v = each.subject.split(" ")
            if name in kinds and kinds[name].of_version(int(v)):  # since then the program was brought up to date
                continue
        yield found_row(each.subject, each.matter, each.subject, each.unit or own_unit(r, world), each.since)


def _waiting(r: Reader, world: World) -> Iterator[ReviewRow]:
    for gap in gaps(r):
        unit = scope_unit(gap.stream.scope) or own_unit(r, world)
        yield found_row(" ".join(gap.stream), GAP, " ".join(gap.stream), unit, "")


def _quarantined(r: Reader, world: World) -> Iterator[ReviewRow]:
    for each in _stretches(r, world):
        unit = scope_unit(each.scope) or own_unit(r, world)
        yield found_row(f"{each.scope} {each.writer}", QUARANTINED, each.chain, unit, each.since[:10])


def _stretches(r: Reader, world: World) -> list[QuarantinedStretch]:
    """What does not count. Kept in memory until rights change or a pack comes in: what this file writes itself always counts."""
    version = (world.version, packs_taken(r))
    known = r.memory.get(QUARANTINED)
    if not isinstance(known, tuple) or known[0] != version:
        known = r.memory[QUARANTINED] = (version, quarantined_stretches(r))
    return known[1]  # type: ignore[no-any-return]


def _idle(r: Reader, world: World) -> Iterator[ReviewRow]:
    if words := idle_words(world):
        looked_at = seen(r, IDLE)
        for each in words:
            if each.fact not in looked_at:
                yield found_row(each.fact, IDLE, each.node, own_unit(r, world), each.on_day)


def _tell_quarantined(r: Reader, world: World, rows: Sequence[ReviewRow]) -> list[Told]:
    known = {each.chain: each for each in _stretches(r, world)}
    told = []
    for row in rows:
        each = known[row.told]
        told.append(Told(f"{laptop(world, each.writer)}在{_where(world, Stream(each.scope, each.writer))}的 {each.count} 条记录"
                         f"（第 {each.start} 至 {each.end} 条）收到了但没有计入：{REASONS[each.reason]}。"))  # fmt: skip
    return told


def _tell_idle(_: Reader, world: World, rows: Sequence[ReviewRow]) -> list[Told]:
    known, kinds = {each.fact: each for each in idle_words(world)}, {
        "node_enrolled": "授权", "node_revoked": "撤销", "facts_admitted": "准予计入"}  # fmt: skip
    told = []
    for row in rows:
        each = known[row.subject]
        giver = laptop(world, each.giver) if each.giver else "没有授权的电脑"
        told.append(Told(f"{giver}对{laptop(world, each.node)}的“{kinds.get(each.kind, each.kind)}”没有效力：它不是对方的上级。"))
    return told


def _clock(r: Reader, world: World) -> Iterator[ReviewRow]:
    if _clock_words(r):
        yield found_row("clock", CLOCK, "", own_unit(r, world), "")


def _clock_words(r: Reader) -> str:
    if doubt := clock_doubt(r):
        return doubt
    seen_clock, wall = int(r.meta("clock_seen", "0")), wall_micros(r.clock.now())
    if seen_clock <= wall + _DAY:
        return ""
    day = local_day(datetime.fromtimestamp(seen_clock / 1_000_000, UTC))
    return f"收到的记录里有写于 {day} 的，本机时间却是 {today_of(r.clock)}：写下它的那台电脑的时间快了，或者本机的慢了。"


def _tell_clock(r: Reader, _: World, rows: Sequence[ReviewRow]) -> list[Told]:
    return [Told(_clock_words(r)) for _ in rows]


def _known(r: Reader) -> dict[str, Noticed]:
    return {f"{each.matter} {each.subject}": each for each in noticed(r)}


def _tell_unknown(r: Reader, _: World, rows: Sequence[ReviewRow]) -> list[Told]:
    known = _known(r)
    return [Told(f"较新版本的程序记录了 {known[f'{UNKNOWN_KIND} {row.subject}'].many} 条“{row.subject.split(' ')[0]}”，"
                 "本机暂时看不懂，原样保存和转交。") for row in rows]  # fmt: skip


def _tell_forked(_r: Reader, world: World, rows: Sequence[ReviewRow]) -> list[Told]:
    told = []
    for row in rows:
        stream = Stream(*row.subject.split(" "))
        told.append(Told(f"{laptop(world, stream.writer)}在{_where(world, stream)}的记录有几条分支："
                         "它的数据文件曾被整盘复制或还原，各分支都保留、都计入。"))  # fmt: skip
    return told


def _tell_undone(r: Reader, _: World, rows: Sequence[ReviewRow]) -> list[Told]:
    known = _known(r)
    return [Told(f"收下数据包以后，本机的“{row.subject}”没有做成：{known[f'{UNDONE} {row.subject}'].words}") for row in rows]


def _tell_behind(r: Reader, _: World, rows: Sequence[ReviewRow]) -> list[Told]:
    known = _known(r)
    return [Told(known[f"{BEHIND} {row.subject}"].words) for row in rows]


def _tell_gaps(r: Reader, world: World, rows: Sequence[ReviewRow]) -> list[Told]:
    known = {" ".join(gap.stream): gap for gap in gaps(r)}
    told = []
    for row in rows:
        gap = known[row.subject]
        told.append(Told(f"{laptop(world, gap.stream.writer)}在{_where(world, gap.stream)}的 {gap.facts} 条记录"
                         f"（第 {gap.first} 至 {gap.last} 条）先到了，前面的还没有到，暂时没有入账。"))  # fmt: skip
    return told


def _where(world: World, stream: Stream) -> str:
    unit = scope_unit(stream.scope)
    return unit_name(world, unit) if unit else "公共部分"


MATTERS = (
    Matter(
        name=CLOCK,
        title="时间不对",
        what_to_do="先看本机右下角的日期和年份，不对就校准；本机没错的，请对方校准。先后和课时不受影响，只是日期可能记错。",
        tell=_tell_clock,
        rows=_clock,
    ),
    Matter(
        name=QUARANTINED,
        title="收到但没有计入",
        what_to_do="问清楚是不是真的：是真的，由那台电脑的上级让它们计入；不认的放着就好，记录都留着，不会丢。",
        tell=_tell_quarantined,
        answers=(Answer("admit", "是真的，让它们计入", acts=True, governs=True),),
        act="campmgr.areas.nodes.actions:admit_rows",
        rows=_quarantined,
    ),
    Matter(
        name=UNKNOWN_KIND,
        title="较新版本的记录",
        what_to_do="请升级本机的程序，升级以后自动入账；不升级也不会丢。",
        tell=_tell_unknown,
        rows=_noticed,
    ),
    Matter(
        name=GAP,
        title="缺前面的一段",
        what_to_do="请对方再做一个包含全部记录的数据包（campmgr pack make --all），收下以后自动入账。",
        tell=_tell_gaps,
        rows=_waiting,
    ),
    Matter(
        name=UNDONE,
        title="本机没有做成",
        what_to_do="下次收数据包时会再试一次，做成了这一条就消失；一直不行的，请把代号告诉技术支持。",
        tell=_tell_undone,
        rows=_noticed,
    ),
    Matter(
        name=BEHIND,
        title="本机的记录不全",
        what_to_do="找到原来那份数据文件、补齐以后，或者确实找不到的，请点“知道了”。",
        tell=_tell_behind,
        answers=(_SEEN,),
        act=_SEE,
        rows=_noticed,
    ),
    Matter(
        name=FORKED,
        title="一台电脑分成了两台",
        what_to_do="请到那台电脑上问清楚：两份数据文件只留一份用，另一份停用；多出来的那一支，可以在“电脑”里撤销。",
        tell=_tell_forked,
        answers=(_SEEN,),
        act=_SEE,
        rows=_noticed,
    ),
    Matter(
        name=IDLE,
        title="没有效力的授权或撤销",
        what_to_do="请问一问办理的人：要授权或撤销的，请由那台电脑的上级办理。",
        tell=_tell_idle,
        answers=(_SEEN,),
        act=_SEE,
        rows=_idle,
    ),
)
