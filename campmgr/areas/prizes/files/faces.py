"""The three faces of a frozen list: 公示版 to put up, 发放版 to hand prizes out by, 存档版 to keep (F-24).

The public face is built from `PublicRow`, which has no room for a telephone, an address or a number of any kind.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from campmgr.areas.camp.settings import Camp
from campmgr.areas.people.queries.finding import Person, people_by_id
from campmgr.areas.prizes.queries.prizes import Amended, PrizeList, left_out
from campmgr.areas.prizes.queries.publicity import PUBLIC_COLUMNS, ListPublicity, Posting, check_public_face, public_rows, publicity
from campmgr.areas.works.queries.standings import StandingRow
from campmgr.areas.works.settings import Ranking
from campmgr.clock import local_text, until_words, week_day
from campmgr.errors import Refused
from campmgr.facts.catalogue import catalogue
from campmgr.facts.world import World
from campmgr.files.official_paper import Group, Paper, PaperColumn, PaperPart, Value
from campmgr.settings.reading import instant
from campmgr.store.door import Reader

FACES = {"public": "公示版", "handout": "发放版", "archive": "存档版"}
"""What each face is called."""

_PLACE, _NAME = PaperColumn(PUBLIC_COLUMNS[0], "number", 3), PaperColumn(PUBLIC_COLUMNS[1], "name", 5)
_TITLE, _LIKES = PaperColumn(PUBLIC_COLUMNS[2], "text", 13), PaperColumn(PUBLIC_COLUMNS[3], "number", 5)
_UNIT, _CITY = PaperColumn(PUBLIC_COLUMNS[4], "text", 11), PaperColumn(PUBLIC_COLUMNS[5], "name", 5)
_PHONE, _SIGNATURE = PaperColumn("手机号", "code", 7), PaperColumn("签名", "sign", 7)
_CODE = PaperColumn("人员编码", "code", 9)
_LINK = PaperColumn("作品链接", "text", 16)


def prize_paper(r: Reader, world: World, frozen: PrizeList, face: str) -> Paper:
    """A list as it stands on paper with a face. Raises Refused for the public one once the list has been taken down, and of a void
    list for all but the one to keep.

    The same list, amendments and names give the same paper, whenever and on whichever node.
    """
    if face != "archive" and frozen.voided_on:
        raise Refused(frozen.void_words, reason="list_void", hint="作废的名单只导出存档版。")
    if face == "public":
        check_public_face(r, frozen.number)
    found = publicity(r, frozen.number)
    if face == "public":
        parts: tuple[PaperPart, ...] = (_public(world, frozen, found.posting),)
    elif face == "handout":
        parts = (_handout(world, frozen, people_by_id(r, (row.person for row in frozen.rows))),)
    else:
        parts = tuple(_archive(r, world, frozen, found))
    return Paper(parts, f"第 {frozen.number} 号名单　{FACES[face]}")


def _title(world: World, frozen: PrizeList, what: str) -> str:
    camp = world.name if world.name.startswith("“") else f"“{world.name}”"
    part = frozen.part_words(world)
    return f"{camp}短视频征集{part}{what}"


def _above(frozen: PrizeList) -> tuple[str, ...]:
    """What stands over every face: number and time, the rule, and which amendments are in it."""
    said = [f"【作废】{frozen.void_words}"] if frozen.voided_on else []
    said += [
        f"第 {frozen.number} 号名单　共 {len(frozen.rows)} 行　点赞数截至 {until_words(frozen.moment)}",
        f"排名办法：{frozen.rule}",
    ]
    if frozen.amendments:
        numbers = "、".join(str(each.amendment) for each in frozen.amendments)
        said.append(f"本名单已包含更正：第 {numbers} 号（最近一次 {frozen.amendments[-1].on}）。")
    return tuple(said)


def _public(world: World, frozen: PrizeList, posting: Posting | None) -> PaperPart:
    rows = tuple(
        (row.place, row.name, row.title, _likes(each), row.unit, row.city)
        for row, each in zip(public_rows(frozen.rows, frozen.frozen_rows), frozen.rows, strict=True)
    )
    told: list[str] = []
    if posting:
        told = [f"公示时间：{_day(posting.starts_on)} 至 {_day(posting.ends_on)}（{posting.counted}）。", posting.how]
    below = (*told, f"主办单位：{world.rules[Camp].host}" if world.rules[Camp].host else "", _digest_line(frozen))
    columns = (_PLACE, _NAME, _TITLE, _LIKES, _UNIT, _CITY)
    return PaperPart(
        "公示", _title(world, frozen, "获奖名单公示"), columns, (Group(rows),), _above(frozen), tuple(filter(None, below))
    )


def _handout(world: World, frozen: PrizeList, people: Mapping[str, Person]) -> PaperPart:
    """City by city, each on pages of its own with the number of its rows, so that it can be sent to the city as it is."""
    prize = world.rules[Ranking].prize
    by_city: dict[str, list[tuple[Value, ...]]] = {}
    for row in frozen.rows:
        known = people.get(row.person)
        line = (row.place, row.name, row.unit, known.phone if known else "", row.title or row.link, "")
        by_city.setdefault(row.city or "未归属", []).append(line)
    order = {unit.name: unit.code for unit in world.tree.units.values() if unit.kind == "市"}
    cities = sorted(by_city, key=lambda city: (city not in order, order.get(city, ""), city))
    groups = tuple(
        Group(tuple(by_city[city]), f"{city}小计：{len(by_city[city])} 行　经办人：　　　　　　日期：") for city in cities
    )
    columns = (_PLACE, _NAME, _UNIT, _PHONE, _TITLE, _SIGNATURE)
    above = (*_above(frozen), *([f"奖品：{prize}"] if prize else ()), "本表有联系方式，只供发放奖品使用，用后妥善保管，不得张贴。")
    return PaperPart("发放", _title(world, frozen, "奖品发放登记表"), columns, groups, above, (_digest_line(frozen),))


def _archive(r: Reader, world: World, frozen: PrizeList, found: ListPublicity) -> Iterable[PaperPart]:
    people = people_by_id(r, (row.person for row in (*frozen.rows, *frozen.frozen_rows)))
    columns = (_PLACE, _NAME, _CODE, _TITLE, _LINK, _LIKES, _UNIT, _CITY)

    def listed(rows: Iterable[StandingRow]) -> tuple[Group, ...]:
        return (Group(tuple(
            (row.place, row.name, people[row.person].code if row.person in people else "", row.title, row.link, _likes(row),
             row.unit, row.city) for row in rows)),)  # fmt: skip

    yield PaperPart("名单", _title(world, frozen, "获奖名单（存档）"), columns, listed(frozen.rows), _above(frozen), wide=True)
    if frozen.amendments:
        yield PaperPart("定榜原样", f"第 {frozen.number} 号名单（定榜原样）", columns, listed(frozen.frozen_rows), wide=True)
        yield _amendments(frozen)
    yield _excluded(r, world, frozen)
    yield _publicity(found)
    yield _basis(r, world, frozen)


def _amendments(frozen: PrizeList) -> PaperPart:
    columns = (
        PaperColumn("更正", "number", 3), PaperColumn("日期", "code", 6), PaperColumn("更正前", "text", 16),
        PaperColumn("更正后", "text", 16), PaperColumn("原因", "text", 14),
    )  # fmt: skip
    rows = tuple(
        (each.amendment, each.on, _line(line.before), _line(line.after), each.reason)
        for each in frozen.amendments
        for line in each.lines
    )
    below = tuple(f"第 {each.amendment} 号更正校验码：{each.digest}" for each in frozen.amendments)
    return PaperPart("更正", f"第 {frozen.number} 号名单更正", columns, (Group(rows),), below=below, wide=True)


def _line(row: StandingRow | None) -> str:
    return f"第 {row.place} 名　{row.name}　《{row.title or row.link}》　{_likes(row)} 赞" if row else "（无）"


def _excluded(r: Reader, world: World, frozen: PrizeList) -> PaperPart:
    columns = (PaperColumn("原因", "text", 11), PaperColumn("说明", "text", 12), _NAME, _TITLE, _LIKES, _UNIT)
    rows = tuple((each.why, each.reason, each.name, each.title, each.likes, each.unit) for each in left_out(r, world, frozen))
    note = "取消资格的作品全部列出；其余只列点赞数够上榜的，以及名额之外的下一批。"
    return PaperPart("未列入", f"第 {frozen.number} 号名单未列入的作品", columns, (Group(rows),), (note,), wide=True)


def _publicity(found: ListPublicity) -> PaperPart:
    columns = (
        PaperColumn("收到日期", "code", 6), PaperColumn("方式", "name", 5), PaperColumn("作品", "text", 9),
        PaperColumn("异议内容", "text", 16), PaperColumn("处理", "name", 6), PaperColumn("答复", "text", 16),
    )  # fmt: skip
    rows = tuple(
        (each.raised_on, each.way, each.title, each.matter, each.words + ("（逾期）" if each.late else ""), each.answer)
        for each in found.objections
    )
    above = []
    if found.posting:
        above.append(f"公示时间：{found.posting.starts_on} 至 {found.posting.ends_on}（{found.posting.counted}），"
                     f"展示到 {found.posting.shown_until}。")  # fmt: skip
    if found.taken_down_on:
        above.append(f"{found.taken_down_on} 提前撤下：{found.taken_down_for}")
    return PaperPart("公示与异议", "公示与异议", columns, (Group(rows),), tuple(above or ["没有公示。"]), wide=True)


def _basis(r: Reader, world: World, frozen: PrizeList) -> PaperPart:
    """What the list rests on: rule and settings, source files with their sums, digests, and who signed it."""
    columns = (PaperColumn("项目", "text", 14), PaperColumn("内容", "text", 50))
    rows: list[tuple[Value, ...]] = [
        ("排名办法", frozen.rule),
        ("点赞数截至", until_words(frozen.moment)),
        *([("定榜说明", frozen.content["remark"])] if frozen.content["remark"] else []),
        *_settings(r, world, frozen),
    ]
    for number, (digest, name, read_at, recorded_at) in enumerate(frozen.sources, 1):
        when = f"读取于 {_minute(local_text(read_at))}　" if read_at else ""
        rows.append((f"来源文件 {number}", f"{name}　{when}导入于 {_minute(local_text(recorded_at))}　SHA-256 {digest}"))
    if not frozen.sources:
        rows.append(("来源文件", "没有记录到导入的文件。"))
    rows += [("名单校验码（SHA-256）", frozen.digest), *_digests(frozen.amendments), ("定榜记录（链值）", frozen.fact),
             ("签署者（Ed25519）", frozen.writer(r))]  # fmt: skip
    note = "校验码和封签可用 campmgr prizes verify 和 campmgr verify 在任何一台有相应记录的电脑上核对。"
    return PaperPart("依据", f"第 {frozen.number} 号名单的依据", columns, (Group(tuple(rows)),), below=(note,), wide=True)


def _digests(amendments: Iterable[Amended]) -> Iterable[tuple[Value, ...]]:
    return ((f"更正 {each.amendment} 校验码", each.digest) for each in amendments)


_NOT_OF_THE_LIST = {"ranking.screen_seconds", "ranking.division_length"}


def _settings(r: Reader, world: World, frozen: PrizeList) -> Iterable[tuple[Value, ...]]:
    """The ranking's settings as the list was frozen with them, by their labels; choices are told by the rule's own text."""
    book = catalogue(r).book
    rules = book.understood({**world.rules.to_mapping(), "ranking": frozen.content["rules"]["ranking"]})[0]
    for line in rules.show():
        chosen = line.value in line.allowed and line.value.isascii()
        if line.key.startswith("ranking.") and line.key not in _NOT_OF_THE_LIST and line.value and not chosen:
            value = until_words(line.value) if book.fields[line.key].form is instant else line.value
            yield (f"设置：{line.label}", value)


def _digest_line(frozen: PrizeList) -> str:
    return f"名单校验码（SHA-256）：{frozen.digest_now}"


def _likes(row: StandingRow) -> Value:
    """A count; one that the platform showed as 10万+ is a lower bound and says so."""
    return f"≥{row.likes}" if row.at_least else row.likes


def _day(day: str) -> str:
    year, month, date = day.split("-")
    return f"{year}年{int(month)}月{int(date)}日（{week_day(day)}）"


def _minute(instant: str) -> str:
    return instant[:16].replace("T", " ")
