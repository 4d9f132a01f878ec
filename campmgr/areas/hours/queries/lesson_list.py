"""The camp's lessons as a list (F-12)."""

from __future__ import annotations

from campmgr.accounts.lists import KnownRows, ListAsked, ListColumn, ListLine, ListOf
from campmgr.accounts.queries import Account, holds_all
from campmgr.areas.hours.world import lessons_of
from campmgr.clock import minute_text
from campmgr.facts.world import World
from campmgr.store.door import Reader
from campmgr.wording import name_key


def _lessons(r: Reader, world: World, account: Account, asked: ListAsked) -> KnownRows:
    del r
    may_change, key = holds_all(world, account), name_key(asked.text)
    lines = [
        ListLine(each.code if may_change else "", (
            each.name, each.code, each.kind, each.hundredths, each.length_minutes, each.field, each.replay_of,
             minute_text(each.starts_at) if each.starts_at else ""))
        for each in lessons_of(world).values() if not key or key in name_key(each.name) or key in name_key(each.code)
    ]  # fmt: skip
    return KnownRows(lines, LESSONS.keys)


def _whole_camp(world: World, account: Account, asked: ListAsked) -> str:
    del account, asked
    return world.name


LESSONS = ListOf(
    name="lessons",
    title="课程",
    columns=(
        ListColumn("name", "课程"),
        ListColumn("code", "编号"),
        ListColumn("kind", "形式"),
        ListColumn("hours", "课时", "hours"),
        ListColumn("length", "时长（分钟）", "number"),
        ListColumn("field", "领域"),
        ListColumn("replay", "重播自"),
        ListColumn("starts", "开播时间", usual=False),
    ),
    rows=_lessons,
    opens=("office_lessons.lesson", "code"),
    scope=_whole_camp,
    is_searched=True,
)

LISTS = (LESSONS,)
