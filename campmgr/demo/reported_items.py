"""A made-up county office that hosts points beside the camp: 23 units, a quarter of items, adoptions, a frozen bulletin."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from campmgr.accounts.governing import Place
from campmgr.areas.activities.actions import Opening, begin
from campmgr.areas.points.actions.adoptions import adoption_draft
from campmgr.areas.points.actions.bulletins import freeze
from campmgr.areas.points.actions.items import Report, id_of, item_draft
from campmgr.areas.points.actions.naming import add_named_units
from campmgr.areas.points.queries.items import ItemLine, known_items
from campmgr.areas.points.queries.rows import RowUnit, rows_of
from campmgr.areas.points.rules.tasks import BLOCKS
from campmgr.areas.points.settings import ARTICLE, COMMISSIONED, NEWS, OPINION, Passing
from campmgr.areas.whole import CATALOGUE
from campmgr.clock import FixedClock, later
from campmgr.demo.cast import Guest, let_in
from campmgr.facts import world as worlds
from campmgr.facts.activities import Activity
from campmgr.facts.saying import say
from campmgr.ledger.envelope import Draft, subject
from campmgr.periods.spans import named
from campmgr.store import data_file
from campmgr.store.door import Writer

CODE, PRESET, HOST = "XC2023", "correspondents-2022", "350102"

_AT, _FIRST, _WEEKS = "2024-01-08T09:00", "2023-10-02", 13
"""The last quarter of its year: whoever looks later is shown the year's last week, and sees it full."""
_BLOCKS = "青石镇 白塔镇 枫林镇 河湾镇 石桥镇 东岭镇 南塘镇 柳溪镇 望湖街道 云台街道 新港区 科创园 大学城".split()
_OFFICES = (
    "办公室、人事教育科、应急指挥、防灾减灾科，火灾防治科、救援协调科、危化科、基础科、综合协调科，巡查督查科、政策法规科、执法大队"
)
_ABOUT = "燃气安全检查 校园消防演练 汛期值守 高层楼宇排查 危化品运输抽查 应急知识进社区 防溺水巡查 企业培训课".split()
_RULES = {
    "points.name": "2023年新闻宣传积分",
    "points.year": "2023",
    "quotas.starts_on": "2023-10-01",
    "rows.blocks": "BK",
    "rows.offices": "KS",
    "rows.block_names": "、".join(_BLOCKS),
    "rows.office_names": '["' + '","'.join(each.replace("，", "、") for each in _OFFICES.split("、")) + '"]',
    "rows.blank_after": "应急指挥、救援协调科",
    "due.roster_on": "2023-10-10",
    "due.venues_on": "2023-10-10",
    "forms.roster_district": "鼓楼区",
    "forms.venues_district": "福州市鼓楼区",
}
_OUTLETS = ("人民日报", "新华网", "学习强国", "常州日报", "区政府网站", "江岸晚报")
"""The last one nobody has classed."""


def add_points(path: Path) -> None:
    """Open it in the made-up camp's file, with its units, items, adoptions and a frozen bulletin."""
    store = data_file.open_file(path, CATALOGUE, FixedClock(_AT))
    try:
        with store.writing(alone=True) as w:
            begin(w, Opening(PRESET, CODE, host=HOST, typed=_RULES))
            activity = worlds.load(w).activities.called(CODE)[0]
            add_named_units(w, activity)
            rows = rows_of(w, worlds.load(w), activity)
            _report(w, activity, rows)
            freeze(w, activity, named("2023Q4"), BLOCKS)
    finally:
        data_file.close(store)


def points_guests(w: Writer, password: str) -> tuple[Guest, ...]:
    """A log-in for a correspondent, a leader and the office; made when the camp is served, since its links end."""
    places = (
        ("correspondent", "宣传员", Place("coordinator", "BK-01")),
        ("leader", "部门负责人", Place("coordinator", "BK-01")),
        ("points-office", "区应急局人事教育科", Place("organizer", HOST)),
    )
    return tuple(let_in(w, who, words, place, password) for who, words, place in places)


def _report(w: Writer, activity: Activity, rows: Sequence[RowUnit]) -> None:
    """A quarter of items; the fourth unit is short, every seventh item is late, some articles are adopted."""
    made = [(row, report) for number, row in enumerate(rows) for report in _reports(number)]
    say(w, [draft for row, report in made if (draft := item_draft(activity, row.unit.unit, report, None))])
    ids = [id_of(activity, row.unit.unit, report) for row, report in made]
    known = known_items(w, ids)
    articles = [known[key] for key, (_, report) in zip(ids, made, strict=True) if report.sort == ARTICLE]
    adoptions: list[Draft] = []
    for number, line in enumerate(articles):
        for at in range(number % 3):
            outlet = _OUTLETS[(number + at) % len(_OUTLETS)]
            adoptions.append(adoption_draft(line, outlet, later(line.sent_on, 3 + at), _AT[:10]))
    say(w, adoptions)
    say(w, [draft for line in known.values() if line.sent_on < "2023-12-18" for draft in _passed(activity, line)])


def _passed(activity: Activity, line: ItemLine) -> Iterator[Draft]:
    """What all three stages say of an item, at once: folding it thrice would only take longer."""
    for stage, post in enumerate(activity.rules[Passing].stages, 1):
        body = {"activity": activity.id, "stage": stage, "accepted": True, "by": post, "reason": ""}
        yield Draft(line.unit, "item_passed", subject("item", line.item), body)


def _reports(number: int) -> Iterator[Report]:
    for week in range(_WEEKS):
        monday = later(_FIRST, 7 * week)
        about = _ABOUT[(number + week) % len(_ABOUT)]
        if number == 3 and week % 2:
            continue
        event = later(monday, number % 4)
        late = 5 if (number + week) % 7 == 0 else 1
        yield Report(NEWS, f"开展{about}", event, f"{later(event, late)}T10:00", source="command")
        for each in range(2 if number % 5 == 4 else 3):
            day = later(monday, each)
            yield Report(
                OPINION, f"关于{_ABOUT[(number + week + each + 1) % len(_ABOUT)]}的讨论", day, f"{day}T16:00", source="command"
            )
        if week % 4 == number % 4:
            yield Report(
                ARTICLE, f"{about}记", "", f"{later(monday, 4)}T09:00", {"said": 780 + 40 * (number % 4)}, source="command"
            )
    if number % 6 == 0:
        yield Report(COMMISSIONED, "消防宣传月约稿", "", "2023-11-06T09:00", source="command")
