"""After random verbs the report counts what a small model beside it counts, and a rebuild says the same."""

from __future__ import annotations

import json
from contextlib import suppress
from random import Random

import pytest

from campmgr.areas.activities.actions import open_activity
from campmgr.areas.entries.actions.handing_in import Closing, close_batch, reopen_batch
from campmgr.areas.entries.actions.staging import reinstate_entry, revoke_entry, stage_entries
from campmgr.areas.entries.kinds import ENTRIES
from campmgr.areas.entries.queries.counts import counted
from campmgr.areas.entries.queries.handins import handin_of
from campmgr.areas.entries.queries.heads import heads_in
from campmgr.errors import BadInput, Refused
from campmgr.facts.finding import find_unit
from campmgr.facts.inventory_rows import InventoryRow, drop_row, inventory_rows, list_row
from tests.kit.agreed import list_agreed
from tests.kit.story import Cast, Node

UNITS = ("3501", "3502", "3503")
KINDS = {"图片类": "海报", "音视频类": "Vlog"}


class Life:
    """Random verbs on one laptop, and what stands of each work by its title in a model beside it."""

    def __init__(self, root: Node, seed: int) -> None:
        self.root, self.dice = root, Random(seed)
        self.activity = root.world.activities.called("zp")[0]
        self.senders = {unit: root.person(root.joins(unit, "林老师")) for unit in UNITS}
        self.works: dict[str, dict] = {}

    def live(self, times: int) -> None:
        verbs = (self.list, self.list, self.stage, self.revoke, self.reinstate, self.close, self.reopen, self.drop)
        for _ in range(times):
            with suppress(Refused, IndexError):  # nothing to close, to open again, or no work yet
                self.dice.choice(verbs)()

    def some(self) -> tuple[InventoryRow, dict]:
        rows = self.root.see(inventory_rows, ENTRIES, self.activity.id)
        row = self.dice.choice(rows)
        return row, self.works[row.values["title"]]

    def list(self) -> None:
        kind, unit, title = self.dice.choice(list(KINDS)), self.dice.choice(UNITS), f"w{len(self.works)}"
        values = {"title": title, "class": kind, "sub": KINDS[kind], "theme": "安全宣传和应急科普", "words": "略",
                  "created_on": "2023-05-20", "published_on": "2023-05-30", "link": f"https://example.org/{title}"}  # fmt: skip
        self.root.do(list_agreed, self.activity, self.root.unit(unit), values)
        self.works[title] = {"class": kind, "unit": unit, "listed": True, "stage": "", "shown": False, "lost": False, "sent": False}

    def close(self) -> None:
        unit = self.dice.choice(UNITS)
        closing = Closing(self.senders[unit], stated=True)
        fact = self.root.do(close_batch, self.activity, find_unit(self.root.world, unit), closing)
        body = json.loads(self.root.see(lambda r: r.value("select body from facts where chain = :c", c=fact.chain)))
        sent = {row[2] for row in body["rows"]}
        assert sent == {title for title, each in self.works.items() if each["unit"] == unit and _is_ready(each)}
        for title in sent:
            self.works[title]["sent"] = True

    def reopen(self) -> None:
        unit, world = self.dice.choice(UNITS), self.root.world
        batch = self.root.see(handin_of, world, self.activity, self.root.unit(unit), "2023Q2")
        self.root.do(reopen_batch, self.activity, batch, "改")
        for each in self.works.values():
            each["sent"] = each["sent"] and each["unit"] != unit

    def stage(self) -> None:
        row, work = self.some()
        stage = self.dice.choice(("入围", "展播", "退回", "初筛"))
        self.root.do(stage_entries, [row], stage, outlet="微信" if stage == "展播" else "", reason="略")
        work["stage"], work["shown"] = stage, work["shown"] or stage == "展播"

    def revoke(self) -> None:
        row, work = self.some()
        self.root.do(revoke_entry, row, "参选", "略")
        work["lost"] = True

    def reinstate(self) -> None:
        row, work = self.some()
        self.root.do(reinstate_entry, row, "参选", "略")
        work["lost"] = False

    def drop(self) -> None:
        row, work = self.some()
        self.root.do(drop_row, ENTRIES, row, "略")
        work["listed"] = False

    def expected(self) -> dict[str, tuple[int, ...]]:
        found = {}
        for kind in KINDS:
            own = [each for each in self.works.values() if each["class"] == kind and each["listed"]]
            counting = [each for each in own if not each["lost"]]
            listed = sum(each["stage"] in {"入围", "展播"} for each in counting)
            numbers = (sum(each["sent"] for each in counting), listed, sum(each["shown"] for each in counting))
            found[kind] = (len(own), *numbers, len(own) - len(counting))
        return {kind: numbers for kind, numbers in found.items() if numbers[0]}


def _is_ready(work: dict) -> bool:
    return work["listed"] and not work["lost"] and not work["sent"] and work["stage"] != "退回"


def test_the_report_counts_what_a_model_counts(cast: Cast):
    root = cast.root(lessons=())
    root.do(open_activity, "works-collection-2023", "zp")
    root.clock.move(days=25)
    life = Life(root, 18)
    life.live(120)
    world = root.world
    counts, _total = root.see(lambda r: counted(world, heads_in(r, life.activity), "class"))
    told = {each.name: (each.listed, each.handed_in, each.shortlisted, each.shown, each.revoked) for each in counts}
    assert told == life.expected()
    assert root.hash == root.rebuilt()


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"note": "联系13800000000"}, "电话"),
        ({"link": "ftp://example.org/1"}, "http"),
        ({"class": "歌曲"}, "作品类型"),
        ({"title": ""}, "作品名称"),
    ],
)
def test_what_would_stand_for_ever_or_leads_nowhere_is_not_listed(cast: Cast, said, sentence):
    root = cast.root(lessons=())
    root.do(open_activity, "works-collection-2023", "zp")
    activity = root.world.activities.called("zp")[0]
    with pytest.raises(BadInput, match=sentence):
        root.do(list_row, ENTRIES, activity, root.unit("3501"), {"title": "守夜", "class": "图片类"} | said)
