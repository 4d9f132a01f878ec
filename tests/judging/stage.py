"""A contest in a few words: works of units, judges, marks; told to one data file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from campmgr.areas.activities.actions import open_activity
from campmgr.areas.entries.actions.files import attach_file
from campmgr.areas.entries.actions.staging import stage_entries
from campmgr.areas.entries.files.folder import keep_file
from campmgr.areas.entries.files.probing import digest_of, probe_file
from campmgr.areas.entries.kinds import ENTRIES
from campmgr.areas.judging.actions.assigning import assign_judges, name_judge, plan_assignment
from campmgr.areas.judging.actions.rounds import open_round, set_round
from campmgr.areas.judging.actions.scoring import Given, give_score
from campmgr.areas.judging.queries.report import ScoreReport, report_of
from campmgr.areas.judging.queries.rounds import RoundLine, round_named
from campmgr.areas.judging.rules.starting import round_from_rules
from campmgr.facts import world as worlds
from campmgr.facts.activities import Activity
from campmgr.facts.inventory_rows import list_row, row_of
from campmgr.facts.world import World
from campmgr.ids import hash_id
from campmgr.store.door import Reader, Store
from tests.kit.story import Node

GOOD: dict[str, Any] = {"class": "音视频类", "theme": "数智赋能"}


class Served:
    """A data file that pages are served from, spoken to as a node is."""

    def __init__(self, store: Store, clock: Any) -> None:
        self.store, self.clock = store, clock

    do, see, world, unit, person, joins = Node.do, Node.see, Node.world, Node.unit, Node.person, Node.joins


class Contest:
    """A contest of the preset video-contest-2024 in a node's file, by its code; its works and judges by their names."""

    def __init__(self, node: Any, code: str = "sp") -> None:
        self.node, self.code = node, code
        self.works: dict[str, str] = {}
        self.judges: dict[str, str] = {}

    def opens(self, host: str = "") -> Contest:
        """Open it; the root hosts where no other is named."""
        self.node.do(open_activity, "video-contest-2024", self.code, host=host)
        return self

    @property
    def activity(self) -> Activity:
        return self.node.world.activities.called(self.code)[0]

    def has_work(self, title: str, unit: str, stage: str = "入围", **said: Any) -> str:
        """A work of a unit, shortlisted."""
        activity, known = self.activity, self.node.unit(unit)
        values = GOOD | {"title": title} | said
        self.node.do(list_row, ENTRIES, activity, known, values)
        self.works[title] = ENTRIES.row_id(activity.id, known, {each.name: each.blank for each in ENTRIES.fields} | values)
        if stage:
            self.node.do(lambda w: stage_entries(w, [row_of(w, ENTRIES, self.works[title])], stage))
        return self.works[title]

    def has_file(self, title: str, path: Path) -> str:
        """A file of a work, kept beside the data file; its SHA-256."""
        probe = probe_file(path)
        digest = digest_of(path)
        self.node.do(lambda w: attach_file(w, row_of(w, ENTRIES, self.works[title]), "作品", replace(probe, sha256=digest)))
        keep_file(self.node.store.path, path, digest)
        return digest

    def has_judge(self, name: str, unit: str, field: str = "影视", home: str = "35") -> str:
        """Somebody at home in a unit judges for another."""
        person = self.node.joins(home, name)
        self.node.do(name_judge, self.node.person(person), self.activity, self.node.unit(unit) if unit else "", field)
        self.judges[name] = person
        return person

    def sets(self, name: str = "初评", **said: Any) -> None:
        """A round as the rules say, but for what is said."""
        reason, activity = said.pop("reason", ""), self.activity
        known = round_from_rules(activity.id, name, activity.rules)
        self.node.do(lambda w: set_round(w, activity, replace(known, **said), reason=reason))

    def line(self, name: str = "初评") -> RoundLine:
        activity = self.activity
        found: RoundLine = self.node.see(round_named, activity, name)
        return found

    def plan(self, name: str = "初评", per_work: int = 3, seed: str = "s"):
        return self.node.see(lambda r: plan_assignment(r, worlds.load(r), self.activity_in(worlds.load(r)), self.line(name),
                                                       per_work, seed))  # fmt: skip

    def activity_in(self, world: World) -> Activity:
        return world.activities.called(self.code)[0]

    def assigns(self, name: str = "初评", per_work: int = 3, seed: str = "s"):
        plan = self.plan(name, per_work, seed)
        self.node.do(assign_judges, self.activity, plan, hash_id("batch", name, seed, per_work, self.node.clock.now().isoformat()))
        return plan

    def gives(self, judge: str, title: str, *marks: float | None, name: str = "初评", **said: Any) -> Any:
        """Marks in the order of the criteria; None alone for an abstention."""
        line = self.line(name)
        told = None if marks == (None,) else {
            each: round(float(mark or 0) * 100) for each, mark in zip(line.round.names, marks, strict=True)
        }  # fmt: skip
        return self.node.do(
            give_score, self.activity, line, self.works[title], self.judges[judge], Given(told, **({"source": "sheet"} | said))
        )

    def opened(self, name: str = "初评", reason: str = "评审结束") -> None:
        self.node.do(open_round, self.activity, name, reason)

    def report(self, name: str = "初评", method: str = "", without: str = "") -> ScoreReport:
        def ask(r: Reader) -> ScoreReport:
            world = worlds.load(r)
            activity = self.activity_in(world)
            return report_of(r, world, activity, round_named(r, activity, name), method, self.judges.get(without, without))

        found: ScoreReport = self.node.see(ask)
        return found

    def title(self, entry: str) -> str:
        return {id_: title for title, id_ in self.works.items()}[entry]

    def scores(self, report: ScoreReport) -> dict[str, str]:
        """Title -> score, best first."""
        return {self.title(each.work.entry): f"{each.score:.4f}" for each in report.rows if each.score is not None}
