"""Everything that is held about one person, in words that the person understands: for their own page and for their coordinator.

It is gathered from the tables and from the person's whole history, earlier names and telephones included: what was replaced is
held, too, until the details are erased.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from campmgr.accounts.queries import unit_name
from campmgr.areas.duties.queries import duties_of
from campmgr.areas.hours.queries.declarations import pictures_of
from campmgr.areas.hours.rules.readiness import CONDITIONS
from campmgr.areas.hours.world import lessons_of
from campmgr.areas.people.kinds import DETAILS
from campmgr.areas.people.local import FAMILY, entrants_like, entrants_of, join_code, other_pages
from campmgr.areas.people.queries.entrants import what_became
from campmgr.areas.people.queries.finding import Person
from campmgr.areas.people.queries.looks import looks_at
from campmgr.areas.units.settings import PARTICIPANT_KINDS
from campmgr.areas.works.queries.handed_in import works_by
from campmgr.clock import minute_text, today_of, utc_text
from campmgr.desks.queries.histories import history_lines
from campmgr.desks.queries.my_page import lesson_words
from campmgr.desks.queries.person import PersonPage, page_of
from campmgr.facts.world import World
from campmgr.settings.terms import say
from campmgr.store.door import Reader
from campmgr.wording import hours_text

STATES = {"valid": "有效", "revoked": "已撤销", "superseded": "已被新证书代替"}
_BECAME = {"waiting": "等老师确认", "in": "已登记", "out": "没有通过"}
_DECLARED = {"waiting": "等待确认", "accepted": "已确认", "refused": "未确认"}

CopyRow = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CopyPart:
    """One table of the copy: what it is called, its headings, its rows, and what to say where there are none."""

    title: str
    heads: CopyRow
    rows: tuple[CopyRow, ...]
    nothing: str = "没有。"


@dataclass(frozen=True, slots=True)
class OwnCopy:
    """All that is held about a person: their name as shown, as of which minute, part by part."""

    name: str
    code: str
    unit: str
    at: str
    parts: tuple[CopyPart, ...]


Telephone = Callable[[str], str]
"""How a telephone is shown: whole in the person's own file, masked on a page."""


def own_copy(r: Reader, world: World, person: Person, telephone: Telephone) -> OwnCopy:
    """Everything held about a person in this data file."""
    page = page_of(r, world, person)
    parts = (
        CopyPart("个人资料", ("项目", "内容"), tuple(_details(r, world, page, telephone))),
        CopyPart("课时", ("课程", "分钟", "课时", "说明"), tuple(_lessons(world, page)), "还没有学习记录。"),
        CopyPart("签到、证书和作品", ("类别", "内容", "日期", "状态"), tuple(_achieved(r, world, page))),
        CopyPart("本人申报", ("课程", "日期", "分钟", "状态", "答复"), tuple(_declared(r, world, person)), "没有申报过。"),
        CopyPart(
            "扫码报名",
            ("时间", "用的码", "填的内容", "手机号", "同意告知文本", "现在"),
            tuple(_entered(r, world, page, telephone)),
            "没有扫码报过名。",
        ),
        CopyPart("全部记录", ("日期", "记录", "内容", "登记人", "录入时间", "现在"), tuple(_history(r, world, page, telephone))),
        CopyPart("只存在这台电脑上的", ("项目", "多少"), tuple(_local(r, person))),
        CopyPart("谁看过", ("时间", "谁", "看了什么", "原因"), looks_at(r, _ids(page)), "没有人看过手机号，也没有人取过副本。"),
    )
    at = minute_text(utc_text(r.clock.now()))
    return OwnCopy(person.shown_name, person.code, unit_name(world, person.home), at, parts)


def _ids(page: PersonPage) -> Sequence[str]:
    return (page.hours.person.person, *page.same_as)


def _details(r: Reader, world: World, page: PersonPage, telephone: Telephone) -> Iterator[CopyRow]:
    who = page.hours.person
    row = r.one("select joined_on from people where person = :person", person=who.person)
    consent = r.one("select version, given_on, withdrawn_on from consents where person = :person", person=who.person)
    yield "姓名", who.shown_name or "（未写）"
    yield "编号", who.number or "（未写）"
    yield "胸卡编码", who.code
    yield "班级", who.class_name or "（未写）"
    yield "手机号", telephone(who.phone) if who.phone else "（未写）"
    yield "参与者类别", say(PARTICIPANT_KINDS, who.kind)
    yield "登记单位", unit_name(world, who.home)
    yield from (("同时计入", unit_name(world, unit)) for unit in page.memberships)
    yield "登记日期", str(row[0]) if row and row[0] else "（本届没有参加）"
    yield "监护人同意", "已登记" if who.guardian else "没有登记"
    if consent:
        yield "同意告知文本", f"第 {consent[0]} 版，{consent[1]}" + (f"；{consent[2]} 撤回" if consent[2] else "")
    if who.erased:
        yield "删除", "个人信息已经删除，上面是留下的"
    if page.same_as:
        yield "合并", f"与另外 {len(page.same_as)} 份登记合在一起"


def _lessons(world: World, page: PersonPage) -> Iterator[CopyRow]:
    names = {code: lesson_words(code, lesson.name) for code, lesson in lessons_of(world).items()}
    for each in page.hours.credit.lessons:
        why = "".join(reason.sentence for reason in each.because)
        yield names.get(each.lesson, each.lesson), str(each.minutes), hours_text(each.credited), why
    if page.hours.credit.lessons:
        yield "合计", "", hours_text(page.hours.credit.total), "".join(each.sentence for each in page.hours.readiness.because)


def _achieved(r: Reader, world: World, page: PersonPage) -> Iterator[CopyRow]:
    for what, day in page.conditions:
        yield "签到等", say(CONDITIONS, what), day, ""
    for each in page.certificates:
        yield "证书", each.number + (f"（{each.camp}）" if each.camp else ""), each.issued_on, STATES.get(each.state, each.state)
    for one in page.platform_certificates:
        yield "平台证书", one.number, one.issued_on, ""
    for work in works_by(r, world, page.hours.person.person):
        yield "作品", " ".join(filter(None, (work.title, work.link))), work.published_on, "参加排名" if work.counts else work.reason
    for duty in duties_of(r, world, page.hours.person.person, today_of(r.clock)):
        yield "职责", f"{duty.duty}（{duty.activity}，{duty.unit}）", duty.from_on, duty.words


def _declared(r: Reader, world: World, person: Person) -> Iterator[CopyRow]:
    names = {code: lesson_words(code, lesson.name) for code, lesson in lessons_of(world).items()}
    sql = "select lesson, day, minutes, state, reason from declarations where person = :person order by day, fact"
    for lesson, day, minutes, state, reason in r.all(sql, person=person.person):
        yield (
            names.get(str(lesson), str(lesson)),
            str(day),
            "全长" if minutes is None else str(minutes),
            _DECLARED.get(str(state), ""),
            reason,
        )


def _entered(r: Reader, world: World, page: PersonPage, telephone: Telephone) -> Iterator[CopyRow]:
    who = page.hours.person
    rows = [*entrants_of(r, _ids(page)), *entrants_like(r, who.name, who.phone, who.home)]
    became = what_became(r, rows)
    for row in rows:
        code = join_code(r, row.code)
        sort = "家庭码" if code and code.sort == FAMILY else "班级码"
        of = unit_name(world, code.unit) if code else ""
        typed = "，".join(filter(None, (row.name, unit_name(world, row.unit), row.class_name,
                                       "监护人填写" if row.guardian else "")))  # fmt: skip
        yield minute_text(row.entered_at), " · ".join(filter(None, (sort, of))), typed, (
            telephone(row.phone) if row.phone else "（未写）"), f"第 {row.consent} 版", _BECAME[became[row.entrant]]  # fmt: skip


def _history(r: Reader, world: World, page: PersonPage, telephone: Telephone) -> Iterator[CopyRow]:
    phones = {each.fact: telephone(str(each.body["phone"])) for each in page.history
              if each.kind == DETAILS and each.body.get("phone")}  # fmt: skip
    for line in history_lines(r, world, page.history):
        detail = line.detail.replace("手机号已登记", f"手机号 {phones[line.fact]}") if line.fact in phones else line.detail
        yield line.day, line.what, detail, line.who, line.recorded_at, "有效" if line.stands else "已更正、撤回或删除"


def _local(r: Reader, person: Person) -> Iterator[CopyRow]:
    yield "打开“我的学时”的链接（只存校验值）", f"{other_pages(r, person.person)} 个"
    yield "等待确认的截图", f"{len(pictures_of(r, person.person))} 张"
    browsers = r.value("select count(*) from local_spoken_for where person = :person", person=person.person)
    yield "为本人操作过的浏览器（只存校验值）", f"{browsers} 个"
