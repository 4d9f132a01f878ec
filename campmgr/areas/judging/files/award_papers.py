"""Award lists on paper: the list for everyone, the minutes for the file, certificates with the award's wording."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from campmgr.accounts.queries import unit_name
from campmgr.areas.certificates.files.sheet import WordedCertificate, worded_pdf
from campmgr.areas.entries.files.sheets import WHO
from campmgr.areas.entries.settings import Entries
from campmgr.areas.judging.actions.awards import drafted_awards
from campmgr.areas.judging.queries.award_draft import LEFT_OUT, AwardsDraft, score_text
from campmgr.areas.judging.queries.award_lists import AwardList, change_words, draft_again
from campmgr.areas.judging.queries.judged import makers_of
from campmgr.areas.judging.queries.judges import Judge, judges_in
from campmgr.areas.judging.queries.report import ScoreReport, report_of
from campmgr.areas.judging.queries.rounds import RoundLine, round_named
from campmgr.areas.judging.rules.award_list import REFILL, AwardRow, quoted
from campmgr.areas.judging.rules.methods import alpha_words
from campmgr.areas.judging.rules.nominees import STEPS, Nominee, in_order, points_words
from campmgr.areas.judging.settings import METHODS, Awards, Parties, numbers_of
from campmgr.clock import local_text, parse_instant, utc_text
from campmgr.errors import CampError, Refused
from campmgr.facts.activities import Activity
from campmgr.facts.world import World
from campmgr.files.official_paper import Group, Line, Paper, PaperColumn, PaperPart, Value
from campmgr.files.press import Press
from campmgr.store.door import Reader
from campmgr.wording import check_code

DRAFT = "草稿"
_AWARD, _TITLE, _UNIT = (
    PaperColumn("奖项", "name", 7),
    PaperColumn("作品（单位）名称", "text", 14),
    PaperColumn("报送单位", "text", 10),
)
_PLACE, _SCORE, _NOTE = PaperColumn("名次", "number", 3), PaperColumn("评审分", "number", 5), PaperColumn("说明", "text", 12)

Rows = Iterable[tuple[Value, ...]]


@dataclass(frozen=True, slots=True)
class _Told:
    """What minutes are made of: the round, its report, its judges, the list where one is frozen, and the draft: of today, or of
    what the list was frozen from (None where that cannot be made again).
    """

    line: RoundLine
    report: ScoreReport
    judges: tuple[Judge, ...]
    draft: AwardsDraft | None
    listed: AwardList | None
    rule: str


def list_paper(activity: Activity, listed: AwardList) -> Paper:
    """The list for everyone: awards, works, units; no score, and of a person who has an award the masked name."""
    rows = [
        (row.award, "（空缺）", "") if is_vacant
        else (row.award, listed.shown(row), listed.names.get(row.beside, ""))
        for row, is_vacant in listed.now.slots
    ]  # fmt: skip
    below: list[Line] = [f"名单校验码（SHA-256）：{listed.now.digest}"]
    if listed.amendments:
        below.insert(0, f"本名单已包含 {len(listed.amendments)} 次更正，最近一次 {listed.amendments[-1].on}。")
    part = PaperPart("获奖名单", f"{activity.rules[Entries].name}获奖名单", (_AWARD, _TITLE, _UNIT), (Group(tuple(rows)),),
                     (f"第 {listed.number} 号　共 {len(listed.now.rows)} 个奖", *_parties(activity)), tuple(below))  # fmt: skip
    return Paper((part,), f"第 {listed.number} 号获奖名单　{check_code(listed.now.digest)}")


def minutes_paper(r: Reader, world: World, activity: Activity, round_: str, listed: AwardList | None) -> Paper:
    """The minutes of a round and its awards for the file. Before the list is frozen every page says 草稿.

    Raises Refused while the round is closed.
    """
    told = _told(r, world, activity, round_, listed)
    parts = (_awards(activity, told), _judges(told), _methods(told), *_counted(told), _decided(told), *_amended(told), _basis(told))
    code = check_code(listed.now.digest) if listed else ""
    footer = f"{activity.rules[Entries].name}评审定奖纪要　{f'第 {listed.number} 号　{code}' if listed else DRAFT}"
    return Paper(parts, footer, "" if listed else DRAFT)


def award_certificates(r: Reader, activity: Activity, world: World, listed: AwardList, press: Press) -> bytes:
    """A certificate for each award on the list, a page each. Raises Refused where there is none, or "missing_glyph"."""
    asked, name = activity.rules[Awards], activity.rules[Entries].name
    rows = listed.now.rows
    if not rows:
        raise Refused("名单上没有可以发证书的奖。", hint="请先定奖。")
    holders = _holders(r, world, listed)
    issuer = activity.rules[Entries].organiser or unit_name(world, activity.host)
    on = local_text(listed.at)[:10]
    made = [
        WordedCertificate(
            f"{activity.code}-{listed.number}-{at:03}", holders[row.line],
            _beside(holders[row.line], listed.names.get(row.unit, "")), on,
            tuple(_says(name, row, listed.title(row.line), asked)),
        )
        for at, row in enumerate(rows, 1)
    ]  # fmt: skip
    return worded_pdf(press, "获奖证书", name, (issuer,), made)


def _beside(holder: str, unit: str) -> str:
    """The unit below the holder's name, where it is not the holder."""
    return "" if unit == holder else unit


def _says(name: str, row: AwardRow, title: str, asked: Awards) -> Iterator[tuple[str, bool, str]]:
    named = name if name.startswith(("“", "首届", "第")) else f"“{name}”"
    if row.entry:
        yield f"作品{quoted(title)}", False, "，"
    yield f"在{named}中荣获", False, ""
    yield row.award, True, "，"
    if asked.certificate_line and row.entry:
        yield asked.certificate_line, False, "，"
    yield "特发此证", False, "。"


def _holders(r: Reader, world: World, listed: AwardList) -> dict[str, str]:
    """Whose name stands large: of a work the team, else the author, else the unit."""
    rows = listed.now.rows
    told = makers_of(r, {row.entry for row in rows if row.entry})
    names = WHO.names(r, "", [author for _, author in told.values() if author])
    found = {}
    for row in rows:
        team, author = told.get(row.entry, ("", ""))
        found[row.line] = team or names.get(author, "") or (listed.title(row.holder) if row.holder else unit_name(world, row.unit))
    return found


def _told(r: Reader, world: World, activity: Activity, round_: str, listed: AwardList | None) -> _Told:
    line = round_named(r, activity, round_)
    report = report_of(r, world, activity, line, str(listed.content["method"]) if listed else "")
    judges, _ = judges_in(r, world, activity, line)
    if listed is not None:
        return _Told(line, report, judges, _again(r, world, activity, listed), listed, str(listed.content["rule_text"]))
    draft, body = drafted_awards(r, world, activity, round_)
    return _Told(line, report, judges, draft, None, str(body["rule_text"]))


def _again(r: Reader, world: World, activity: Activity, listed: AwardList) -> AwardsDraft | None:
    """What the list was frozen from: its ties, and what hangs on whom."""
    try:
        return draft_again(r, world, activity, listed)
    except CampError:
        return None  # the minutes say so; a list stays readable whatever became of its round


def _parties(activity: Activity) -> Iterator[str]:
    asked = activity.rules[Parties]
    if activity.rules[Entries].organiser:
        yield f"主办单位：{activity.rules[Entries].organiser}"
    if asked.co_hosts:
        yield f"协办单位：{'、'.join(asked.co_hosts)}"


def _awards(activity: Activity, told: _Told) -> PaperPart:
    columns = (_AWARD, _TITLE, _UNIT, _PLACE, _SCORE, _NOTE)
    rows: list[tuple[Value, ...]] = []
    if told.listed is not None:
        fits = told.listed.fits
        rows = [
            (row.award, "（空缺）", "", "", "", f"原为{told.listed.called(row)}，已撤销") if is_vacant
            else (row.award, told.listed.title(row.line), told.listed.names.get(row.beside, ""), row.place or "",
                  score_text(row.score), fits.get((row.award, row.line), ""))
            for row, is_vacant in told.listed.now.slots
        ]  # fmt: skip
    elif told.draft is not None:
        rows = [(row.given.award, row.title, row.unit_name, row.given.place, row.score, row.remark) for row in told.draft.rows]
    opened = told.line.openings[0]
    above = (
        f"评审：{told.line.name}，{len(told.report.judges)} 位评委，{len(told.report.rows)} 件作品；{opened.on} 开启，原因：{opened.reason}",
        f"评奖办法：{told.rule}。",
        f"评委一致程度（Krippendorff α）：{_alpha(told)}；{alpha_words(told.report.agreement.total)}。",
        *_parties(activity),
    )
    title = f"{activity.rules[Entries].name}评审定奖纪要"
    return PaperPart("定奖", title, columns, (Group(tuple(rows)),), above, ("参会人员签字：", ("记录人：", "日期：")), wide=True)


def _alpha(told: _Told) -> str:
    agreed = told.report.agreement
    each = "、".join(f"{name} {'—' if alpha is None else f'{alpha:.2f}'}"
                    for name, alpha in zip(told.line.round.names, agreed.criteria, strict=True))  # fmt: skip
    return f"{'—' if agreed.total is None else f'{agreed.total:.4f}'}（{each}）"


def _judges(told: _Told) -> PaperPart:
    columns = (PaperColumn("评委", "name", 6), PaperColumn("单位", "text", 12), PaperColumn("行业", "name", 5),
               PaperColumn("分到", "number", 3),
               PaperColumn("已评", "number", 3), PaperColumn("弃权", "number", 3), PaperColumn("回避", "number", 3))  # fmt: skip
    rows = tuple(
        (each.name, each.unit_name, each.field, each.assigned, each.scored, each.abstained, each.recused) for each in told.judges
    )
    titles = {row.work.entry: row.work.title for row in told.report.rows}
    names = told.report.names
    aside = tuple(f"回避，评分不计：{names.get(score.judge, '—')}评《{titles.get(score.entry, '—')}》，{why.words}。"
                  for score, why in told.report.aside)  # fmt: skip
    return PaperPart("评委", "评委和回避", columns, (Group(rows),), below=aside)


def _methods(told: _Told) -> PaperPart:
    columns = (_PLACE, PaperColumn("作品", "text", 12), *(PaperColumn(words, "number", 6) for words in METHODS.values()),
               PaperColumn("份数", "number", 3), PaperColumn("极差", "number", 5))  # fmt: skip
    rows = tuple(
        (each.place or "", each.work.title, *(_figure(each.figures.under(one) if each.figures else None) for one in METHODS),
         each.marks, _figure(each.figures.spread if each.figures else None))
        for each in told.report.rows
    )  # fmt: skip
    names = "、".join(told.report.names.get(each, "—") for each in told.report.unadjusted)
    below = (f"评分太少或全部相同，标准分不作调整的评委：{names}。",) if names else ()
    above = (f"名次按“{METHODS[told.report.method]}”；其余算法并列，供对照。",)
    return PaperPart("各种算法", "各种算法并列", columns, (Group(rows),), above, below, wide=True)


def _figure(value: object) -> str:
    return "" if value is None else f"{value}"


def _decided(told: _Told) -> PaperPart:
    columns = (PaperColumn("事项", "name", 8), PaperColumn("内容", "text", 40))
    rows = list(_decisions(told)) or [("无", "没有同分、契合度说明，没有哪个奖项取决于一位评委或一种算法。")]
    return PaperPart("说明", "同分、契合度和取决于谁", columns, (Group(tuple(rows)),))


def _decisions(told: _Told) -> Iterator[tuple[Value, ...]]:
    draft, listed = told.draft, told.listed
    titles = {row.work.entry: row.work.title for row in told.report.rows} | (dict(draft.titles) if draft else {})
    for cut in draft.cuts if draft else ():
        got = "、".join(_named(titles, each) for each in cut.got) or "都不给"
        yield "同分", f"{cut.award}剩 {cut.left} 个名额，{len(cut.entries)} 件同分：{got}{'（抽签）' if cut.drawn else ''}"
    for words in draft.leaning.values() if draft else ():
        yield "取决于", words
    if listed is None:
        yield from (("没有得奖", f"{_named(titles, entry)}：{LEFT_OUT[why]}") for entry, why in (draft.left_out if draft else ()))
        return
    if draft is None:
        yield "同分、取决于谁", "现在不能重算，没有列出。"
    for (award, line), reason in listed.fits.items():
        named = listed.title(line) if line in listed.nominees else quoted(listed.title(line))
        yield ("给谁的理由" if line in listed.nominees else "契合度说明"), f"{award}：{named}，{reason}"
    yield from (("没有得奖", f"{_named(titles, str(entry))}：{LEFT_OUT.get(str(why), str(why))}")
                for entry, why in listed.content["excluded"])  # fmt: skip
    if listed.content["remark"]:
        yield "定奖说明", str(listed.content["remark"])


def _named(titles: Mapping[str, str], entry: str) -> str:
    return quoted(titles.get(entry, "—"))


def _counted(told: _Told) -> Iterator[PaperPart]:
    """What was counted of people and units when the list was frozen, in their order; nothing where they have no awards."""
    if told.listed is None or not told.listed.nominees:
        return
    listed, asked = told.listed, told.listed.content["rules"]["awards"]
    weights = tuple(numbers_of(asked["unit_weights"]).items())
    got = {row.line: row.award for row in listed.frozen_rows if not row.entry}
    columns = (PaperColumn("先后", "number", 3), PaperColumn("单位、个人或团队", "text", 14),
               *(PaperColumn(step, "number", 4) for step in STEPS), PaperColumn("各项得分", "text", 16), _SCORE, _AWARD)  # fmt: skip
    for sort, words in (("units", "单位"), ("people", "个人和团队")):
        placed = in_order(map(Nominee.read, listed.content["nominees"][sort]), weights if sort == "units" else ())
        rows: tuple[tuple[Value, ...], ...] = tuple(
            (each.place, listed.title(each.nominee.line), *each.numbers, points_words(each), score_text(each.score),
             got.get(each.nominee.line, "")) for each in placed
        )  # fmt: skip
        if rows:
            yield PaperPart(words, f"{words}：件数和得分", columns, (Group(rows),), wide=True)


def _amended(told: _Told) -> Iterator[PaperPart]:
    if told.listed is None or not told.listed.amendments:
        return
    columns = (PaperColumn("更正", "number", 3), PaperColumn("日期", "code", 6), PaperColumn("更正前", "text", 14),
               PaperColumn("更正后", "text", 14),
               PaperColumn("名额", "name", 4), PaperColumn("原因", "text", 12))  # fmt: skip
    rows = tuple(
        (
            each.step.amendment,
            each.on,
            *change_words(told.listed, change),
            "补位" if each.step.refill == REFILL else "空缺",
            each.step.reason,
        )
        for each in told.listed.amendments
        for change in each.step.changes
    )
    yield PaperPart("更正", f"第 {told.listed.number} 号名单更正", columns, (Group(rows),), wide=True)


def _basis(told: _Told) -> PaperPart:
    columns = (PaperColumn("项目", "text", 12), PaperColumn("内容", "text", 44))
    rows: list[tuple[Value, ...]] = [("评审设置的校验码", told.line.round.digest)]
    rows += [("评审设置的更正", f"{each.on}：此前为 {'、'.join(map(str, each.body['criteria']))}，{METHODS.get(str(each.body['method']), '')}")
             for each in told.line.earlier]  # fmt: skip
    rows += [("开启", f"{each.on}：{each.reason}") for each in told.line.openings]
    rows += [
        ("评分更正", f"{each.said_on}：{told.report.names.get(each.judge, '—')}，{each.reason}")
        for each in told.report.scores
        if each.reason
    ]
    if told.listed is not None:
        rows += [(str(what), f"SHA-256 {digest}") for what, digest in told.listed.content["sources"]]
        rows += [("定奖时间", local_text(utc_text(parse_instant(told.listed.at)))), ("名单校验码（SHA-256）", told.listed.digest)]
        rows += [(f"更正 {each.step.amendment} 校验码", each.step.digest) for each in told.listed.amendments]
        rows.append(("是否与公布的一致", "一致" if told.listed.is_whole else "不一致：摘要对不上，或没有公布"))
    note = ("草稿：还没有定奖，本件不能作为依据。",) if told.listed is None else ()
    return PaperPart("依据", "依据和校验码", columns, (Group(tuple(rows)),), note, wide=True)
