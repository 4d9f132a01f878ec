"""The people of a unit and those below it, as a list: by state and class, or whom a search found.

There are two ways to the first fifty. Of a unit with some thousands everybody is gathered, and put into any order. Of a province
with a million an index is followed, which gives them in its order, until fifty belong to the unit: one sorts by what it has. How
many they are the sums of their classes tell (`class_sums`); where a filter leaves but few of a million, they are gathered from the
classes that have any.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from campmgr.accounts.lists import ListAsked, ListColumn, ListFilter, ListLine, ListOf, QueriedRows
from campmgr.accounts.queries import Account, unit_for
from campmgr.areas.people.fold.people import IS_ABSENT
from campmgr.areas.people.queries.class_sums import GATHERED, classes_left, filtered, joined
from campmgr.areas.people.queries.finding import ERASED
from campmgr.areas.people.queries.looks import LOOKS
from campmgr.areas.people.queries.roster import NARROWED, class_asked
from campmgr.areas.people.queries.searching import SUBTREE, searched
from campmgr.areas.units.settings import OUTSIDE, PARTICIPANT_KINDS
from campmgr.facts.units import Unit
from campmgr.facts.world import World
from campmgr.masks import family_mark
from campmgr.settings.terms import say
from campmgr.store.door import Reader, Row

OFFERED_CLASSES_OF = 5000
"""People of a unit and those below it whose classes are offered to choose from; of more, one opens a unit below first."""

COUNTED = 10_000
"""As many are counted of whom a search found."""

FEW = 1500
"""Whom a filter leaves of a province: of fewer an index that is followed would be walked to its end."""

STATES = (
    ("all", "全部"), ("behind", "未完成"), ("learning", "已开始学"), ("complete", "学满课时"),
    ("lacking", "学满但缺条件"), ("unsigned", "未签到"), ("ready", "可以领证"),
    ("certified", "已发证"), ("left", "已离开"), ("elsewhere", "登记在别处"), ("earlier", "上一届的人"),
)  # fmt: skip
"""`left`: who was in an earlier camp, and is not in the one that is going on; all others are about those who are."""

_COLUMNS = f"""p.person, p.name, p.erased, p.credited, p.signed_in, p.complete, p.ready, p.certified, {IS_ABSENT}, p.left_on,
    p.class_name, coalesce(v.name, p.home), p.number, p.code, p.kind, p.joined_on, p.phone"""

_GATHERED = f"from here h join people p on p.person = h.person left join units v on v.unit = p.home where {NARROWED}"

_BELONGS = """((v.path >= :path and v.path < :end and (:line = '' or v.line = :line))
      or exists (select 1 from memberships m join units u on u.unit = m.unit
          where m.person = p.person and u.path >= :path and u.path < :end and (:line = '' or u.line = :line)))"""
_FOLLOWED = f"from people p left join units v on v.unit = p.home where {_BELONGS} and {NARROWED}"
_OF_CLASSES = f"""from json_each(:classes) g cross join people p indexed by people_standing
        on p.home = json_extract(g.value, '$[0]') and p.class_key = json_extract(g.value, '$[1]')
    left join units v on v.unit = p.home where {_BELONGS} and {NARROWED}"""

_FOUND = """from here h join people p on p.person = h.person left join units v on v.unit = p.home
    where :word = :word and :outside = :outside"""

_OWN = "p.class_key, length(p.number), p.number, p.name"
_FITTING = "p.name_key = :word desc, p.number = :word desc, " + _OWN
"""Whoever bears the very name or number comes first."""

_FOLLOWED_BY = {"name": ("p.name_key", "p.phone")}
"""What an index gives people by: `people_by_name`."""


def _people(r: Reader, world: World, account: Account, asked: ListAsked) -> QueriedRows:
    unit = unit_for(world, account, asked.unit)
    if asked.text:
        return _found(r, world, account, unit, asked.text)
    values = {
        "path": unit.path, "end": unit.path[:-1] + "0", "line": account.line, "outside": OUTSIDE, "filter": asked.chosen["filter"],
        "class_key": class_asked(asked.chosen.get("class", "")), "own": asked.chosen.get("own", ""),
    }  # fmt: skip
    by, class_key, here = asked.chosen["filter"], values["class_key"], f"with here as ({SUBTREE})"
    if (many := joined(r, unit, account.line)) <= FEW:
        return QueriedRows(r, _COLUMNS, _GATHERED, values, PEOPLE.by, _OWN, ("p.person",), _lines, first=here)
    left = filtered(r, world, unit, account.line, by, class_key, values["own"])
    if many <= GATHERED:
        return QueriedRows(r, _COLUMNS, _GATHERED, values, PEOPLE.by, _OWN, ("p.person",), _lines, first=here, known=left.people)
    if left.people <= FEW:
        classes = {*left.members, *classes_left(r, unit, account.line, by, class_key)}
        few = {**values, "classes": json.dumps(sorted(classes))}
        return QueriedRows(r, _COLUMNS, _OF_CLASSES, few, PEOPLE.by, _OWN, ("p.person",), _lines, known=left.people)
    return QueriedRows(
        r, _COLUMNS, _FOLLOWED, values, _FOLLOWED_BY, "p.name_key, p.phone", ("p.person",), _lines, known=left.people
    )


def _found(r: Reader, world: World, account: Account, unit: Unit, text: str) -> QueriedRows:
    one = searched(r, world, unit.unit, text, account.line)
    rows = QueriedRows(r, _COLUMNS, _FOUND, one.values, PEOPLE.by, _FITTING, ("p.person",), _lines, first=one.here)
    return rows if one.whole else QueriedRows(r, _COLUMNS, _FOUND, one.values, PEOPLE.by, _FITTING, ("p.person",), _lines,
                                              first=one.here, most=COUNTED)  # fmt: skip


def counts_others(r: Reader, unit: str) -> bool:
    """Whether a unit counts anybody whose home is another: then each row says which."""
    return r.one("select 1 from memberships where unit = :unit limit 1", unit=unit) is not None


def counted_here(r: Reader, unit: Unit, line: str, people: Sequence[str]) -> set[str]:
    """Which of these people a unit or one below it counts beside those at home there."""
    sql = """select m.person from memberships m join units u on u.unit = m.unit where m.person in (:keys)
        and u.path >= :path and u.path < :end and (:line = '' or u.line = :line)"""
    return {row[0] for row in r.among(sql, people, path=unit.path, end=unit.path[:-1] + "0", line=line)}


def _lines(rows: Sequence[Row]) -> list[ListLine]:
    return [_line(row) for row in rows]


def _line(row: Row) -> ListLine:
    person, name, erased, credited, signed, complete, ready, certified, absent, left_on, class_name, unit, number, code, *more = row
    kind, joined_on, phone = more
    shown = name or (ERASED if erased else "（未写姓名）")
    state = "已发证" if certified else "可以领证" if ready else "学满" if complete else "在学" if credited else "未开始"
    states = "上一届的人，还没有带入" if absent else f"{state}、已离开" if left_on else state if signed else f"{state}、未签到"
    return ListLine(
        person, (shown, credited, states, class_name, unit, family_mark(phone), number or code, code, say(PARTICIPANT_KINDS, kind),
                 joined_on)
    )  # fmt: skip


def _scope(world: World, account: Account, asked: ListAsked) -> str:
    unit = unit_for(world, account, asked.unit)
    class_name, own = asked.chosen.get("class", ""), "登记的人" if asked.chosen.get("own") else ""
    return f"{unit.name}及下级{own}" + (f"（{account.line}）" if account.line else "") + (f"，{class_name}" if class_name else "")


PEOPLE = ListOf(
    name="people",
    title="人员",
    columns=(
        ListColumn("name", "姓名", by=("p.name_key", "p.phone")),
        ListColumn("hours", "课时", "hours", ("p.credited",), of_camp=True),
        ListColumn("state", "状态", "state", ("p.certified", "p.ready", "p.complete", "p.signed_in"), of_camp=True),
        ListColumn("class", "班级", by=("p.class_key",)),
        ListColumn("unit", "单位", by=("v.place",)),
        ListColumn("family", "家庭", by=("p.phone",)),
        ListColumn("number", "编号", by=("length(p.number)", "p.number")),
        ListColumn("code", "胸卡编码", by=("p.code",), usual=False),
        ListColumn("kind", "参与者类别", by=("p.kind",), usual=False),
        ListColumn("joined", "登记日期", by=("p.joined_on",), usual=False),
    ),
    rows=_people,
    filters=(ListFilter("filter", "状态", STATES),),
    opens=("person.show", "person"),
    tones={"已发证": "live", "可以领证": "live", "学满": "warn", "未签到": "warn"},
    role="viewer",
    scope=_scope,
    free=("class", "own"),
)

LISTS = (PEOPLE, LOOKS)
