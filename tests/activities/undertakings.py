"""A random life of one data file with two camps and made-up activities of three hosts, told to a small model beside it."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

from campmgr.areas.activities import actions
from campmgr.areas.activities.actions import open_activity
from campmgr.areas.camp.actions import amend_rule
from campmgr.areas.certificates.actions.issuing import issue
from campmgr.areas.duties.actions import end_duty, give_duty
from campmgr.areas.hours.actions.lessons import describe_lesson
from campmgr.areas.hours.rules.lesson import Lesson
from campmgr.areas.people.actions import people
from campmgr.areas.people.actions.carrying_over import carried_lines, carry_over
from campmgr.areas.people.queries.finding import people_by_id
from campmgr.errors import CampError, NotFound
from campmgr.facts.activities import Activity
from campmgr.ids import random_id
from campmgr.store.door import Writer
from tests.activities.two_camps_noted import SIGN_IN, WORTH, TwoCampsNoted
from tests.kit.story import Cast, Node
from tests.kit.walks.actions import report_walk

HOSTS = {"省": "35", "鼓楼": "350102", "台江": "350103"}
PRESET = "escape-drill-2023"


class Undertakings:
    """A root and two counties with laptops of their own.

    `walks`: what stands of every round by the model, keyed by its fact; `noted`: both camps by the recount; `reported`: the rows of
    both reports, for whoever wants to see that they are not empty.
    """

    def __init__(self, cast: Cast, seed: int) -> None:
        self.dice = Random(seed)
        self.nodes = {"省": cast.root(), "鼓楼": cast.new("鼓楼"), "台江": cast.new("台江")}
        self.root = self.nodes["省"]
        self.copy = cast.new("同权")
        self.root.enrols(self.copy, "35")
        for code in ("鼓楼", "台江"):
            self.root.enrols(self.nodes[code], HOSTS[code])
        self.people: dict[str, list[str]] = {name: [] for name in self.nodes}
        self.walks: dict[str, tuple[str, str, str, int]] = {}
        self.done: dict[str, int] = {}
        self.noted = TwoCampsNoted()
        self.reported: list[object] = []
        self.refused = 0
        self.count = 0
        self.verbs: dict[Callable[[Node, str], object], int] = {
            self.join: 12, self.mark: 20, self.certify: 4, self.begin: 6, self.amend: 8, self.walk: 22, self.take_back: 5,
            self.close: 5, self.reopen: 5, self.give: 9, self.end: 4, self.camp_rule: 2, self.erase: 1, self.move: 2,
            self.send: 12, self.tomorrow: 4, self.carry_over: 4,
        }  # fmt: skip

    def live(self, times: int) -> None:
        """So many things happen; half-way the root opens its second camp. In the end everybody has heard of everything."""
        for verb in self.dice.choices(list(self.verbs), list(self.verbs.values()), k=times):
            self.count += 1
            if self.count == times // 2:
                self.root.do(open_activity, PRESET, "2024")
                for code, worth in WORTH[1].items():
                    self.root.do(describe_lesson, Lesson(code, f"课{code}", worth, 60, "科普视频", "家庭"))
            name = self.dice.choice(list(self.nodes))
            try:
                verb(self.nodes[name], name)
                self.done[verb.__name__] = self.done.get(verb.__name__, 0) + 1
            except CampError:
                self.refused += 1
        for _ in range(2):
            for name in ("鼓楼", "台江"):
                self.nodes[name].sends(self.root)
            for name in ("鼓楼", "台江"):
                self.root.gives(self.nodes[name])

    # choices

    def some(self, node: Node, sort: str = "walks") -> Activity:
        found = [each for each in node.world.activities.values() if each.sort == sort]
        if not found:
            raise NotFound("还没有听说过。", reason="unknown_activity")
        return self.dice.choice(found)

    def unit(self, node: Node, name: str) -> str:
        return node.unit(HOSTS[name if name != "省" else self.dice.choice(("鼓楼", "台江"))])

    def someone(self, name: str) -> str:
        return self.dice.choice(self.people[name] or ["nobody"])

    # verbs

    def join(self, node: Node, name: str) -> None:
        home = HOSTS[name if name != "省" else "鼓楼"]
        who = node.joins(home, f"人{self.count}", f"{self.count:05d}")
        self.people[name].append(who)
        self.noted.homes[who] = home
        self.noted.of(node.world.activity).joined.add(who)

    def carry_over(self, node: Node, name: str) -> None:
        who, home = self.someone(name), node.unit(HOSTS[name if name != "省" else "鼓楼"])
        if node.do(lambda w: carry_over(w, carried_lines(w, home, [], [who]), random_id())):
            self.noted.of(node.world.activity).joined.add(who)

    def mark(self, node: Node, name: str) -> None:
        who, what = self.someone(name), self.dice.choice((*WORTH[0], *WORTH[1], SIGN_IN, SIGN_IN))
        node.marks(who, condition=SIGN_IN) if what == SIGN_IN else node.marks(who, what)
        self.noted.of(node.world.activity).seen[who].add(what)

    def certify(self, node: Node, _: str) -> None:
        node.do(issue)

    def begin(self, node: Node, name: str) -> None:
        code = f"X{self.dice.randint(1, 4)}"
        node.do(open_activity, "walks-2024", code, host=HOSTS[name])

    def amend(self, node: Node, _: str) -> None:
        node.do(actions.amend, self.some(node), {"walks.least_minutes": str(self.dice.choice((10, 20, 30, 40)))}, "试")

    def walk(self, node: Node, name: str) -> None:
        activity, unit, place, minutes = (
            self.some(node),
            self.unit(node, name),
            f"处{self.dice.randint(1, 9)}",
            self.dice.randint(5, 50),
        )
        fact = node.do(report_walk, activity, unit, place, minutes)
        self.walks[fact.chain] = (activity.id, unit, place, minutes)

    def take_back(self, node: Node, _: str) -> None:
        own = [fact for fact in self.walks if fact in node.facts()]
        if own:
            fact = self.dice.choice(own)
            node.withdraws(fact)
            gone = self.walks[fact]
            self.walks = {key: told for key, told in self.walks.items() if key != fact or told != gone}

    def close(self, node: Node, _: str) -> None:
        node.do(actions.close, self.some(node), "到期")

    def reopen(self, node: Node, _: str) -> None:
        node.do(actions.reopen, self.some(node), "补报")

    def give(self, node: Node, name: str) -> None:
        def verb(w: Writer) -> Any:
            duty = self.dice.choice(("巡查员", "专家"))
            return give_duty(w, people_by_id(w, [who])[who], activity, duty, from_on=self.dice.choice(("", "2023-05-01")))

        who, activity = self.someone(name), self.some(node)
        if who != "nobody":
            node.do(verb)

    def end(self, node: Node, name: str) -> None:
        who, activity = self.someone(name), self.some(node)
        if who != "nobody":
            node.do(lambda w: end_duty(w, people_by_id(w, [who])[who], activity, "巡查员", "", "换人"))

    def camp_rule(self, node: Node, _: str) -> None:
        required = self.dice.choice(("100", "400", "800"))
        if node.do(amend_rule, "certificate.required_hundredths", required):  # whoever may not can still say what holds anyway
            self.noted.of(node.world.activity).required = int(required)

    def erase(self, node: Node, name: str) -> None:
        if len(self.people[name]) > 3:
            node.erases(self.people[name].pop())

    def move(self, node: Node, name: str) -> None:
        if name == "省" and self.people[name]:
            who = self.people[name].pop()
            node.do(lambda w: people.move(w, people_by_id(w, [who])[who], HOSTS["台江"]))
            self.noted.homes[who] = HOSTS["台江"]

    def send(self, node: Node, name: str) -> None:
        if name == "省":
            node.gives(self.nodes[self.dice.choice(("鼓楼", "台江"))])
        else:
            node.sends(self.root)

    def tomorrow(self, node: Node, _: str) -> None:
        node.clock.move(days=1)
