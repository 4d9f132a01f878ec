"""A random life of one camp: every verb is done to the data file and told to the model."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from campmgr.areas.camp import actions as camp
from campmgr.areas.certificates.actions import issuing as certificates
from campmgr.areas.certificates.actions import revoking
from campmgr.areas.certificates.queries.held import find_held
from campmgr.areas.hours.actions import corrections
from campmgr.areas.hours.actions.marks import MarkRow, mark_draft
from campmgr.areas.people.actions import leaving, people
from campmgr.areas.people.actions.people import Registration
from campmgr.areas.units.actions import units
from campmgr.areas.units.settings import PARTICIPANT_KINDS
from campmgr.areas.works.actions import works
from campmgr.areas.works.rules.work import Work, work_id
from campmgr.errors import CampError, Refused
from campmgr.facts.saying import say
from campmgr.ids import born_in, certificate_number, hash_id
from campmgr.ledger.envelope import subject
from tests.facts.ground import COUNTIES, Ground
from tests.facts.model import FOREVER, RULES, Piece, Seen, Someone, Thing
from tests.kit.story import Node

KINDS = tuple(kind for kind in PARTICIPANT_KINDS.words if kind != "outside")


class Life(Ground):
    """The verbs, each with its choice of whom and what."""

    def __init__(self, node: Node, seed: int) -> None:
        super().__init__(node, seed)
        self.done: set[str] = set()
        self.verbs = {
            self.join: 14, self.mark: 22, self.condition: 9, self.class_marking: 5, self.correct: 7, self.withdraw_fact: 5,
            self.withdraw_batch: 4, self.restore_batch: 2,
            self.enrol_class: 3, self.member: 7, self.move: 7, self.leave: 3, self.merge: 5, self.part: 3,
            self.work: 7, self.read_likes: 10, self.judge: 2, self.issue: 6, self.revoke: 3, self.reissue: 5, self.erase: 2,
            self.add_unit: 3, self.move_unit: 3, self.change_unit: 3, self.lesson: 2, self.rule: 1, self.tomorrow: 6,
        }  # fmt: skip

    def live(self, times: int) -> None:
        """So many things happen."""
        for verb in self.dice.choices(list(self.verbs), list(self.verbs.values()), k=times):
            self._happens(verb)

    def live_until_all_has_happened(self, most: int = 60) -> None:
        """Verbs that chance has passed over are tried among a few others, on ground made for them, until each was done once."""
        for _ in range(most):
            missing = [verb for verb in self.verbs if verb.__name__ not in self.done]
            for verb in missing:
                if verb in (self.revoke, self.reissue):
                    self._somebody_is_certified()
                self._happens(verb)
            self.live(5 if missing else 0)

    def _happens(self, verb: Callable[[], bool]) -> None:
        self.count += 1
        if verb():
            self.done.add(verb.__name__)

    def _somebody_is_certified(self) -> None:
        """Somebody joins and does at once all that a certificate can take, under whatever rules: ten hours by either count."""
        self.count += 1
        self.describes(replace(self.model.lessons["V1"], code=f"G{self.count}", hundredths=1000, length_minutes=450))
        self.join()
        *_, person = self.model.people
        self.is_marked(person, f"G{self.count}", self.today)
        for condition in ("sign_in", "follow"):
            self.meets(person, condition, self.today)
        self.issue()

    # people

    def join(self) -> bool:
        who = Registration(self.some_unit(), f"人{self.count}", f"{self.count:05d}", kind=self.dice.choice(KINDS))
        home = self.node.unit(who.unit)
        person = born_in(home, hash_id("the same in every run", self.count))
        self.node.do(say, people.register_drafts(person, replace(who, unit=home)))
        self.model.people[person] = Someone(who.kind, self.today, [("", who.unit)])
        return True

    def enrol_class(self) -> bool:
        """Some people as one batch, among them perhaps one whose class was withdrawn before."""
        batch, unit = f"class {self.count}", self.some_unit()
        drafts = []
        for number in range(self.dice.randint(1, 4)):
            who = Registration(self.node.unit(unit), f"生{self.count}-{number}", kind="学校师生")
            person = born_in(who.unit, hash_id("pupil", self.count, number))
            drafts += people.register_drafts(person, who, batch=batch)
            self.model.people[person] = Someone(who.kind, self.today, [("", unit)], batch=batch)
        gone = [key for key, told in self.model.people.items() if told.batch in self.model.gone_batches and told.batch]
        if gone:
            person = self.dice.choice(gone)
            home = self.model.people[person].homes[0][1]
            drafts += people.register_drafts(person, Registration(self.node.unit(home), "又来", kind="职工"), batch=batch)
            held = self.model.people[person].certificates
            self.model.anew.add(self.model.people[person].batch)
            self.model.people[person] = Someone("职工", self.today, [("", home)], certificates=held, batch=batch)
        self.node.do(say, drafts)
        return True

    def member(self) -> bool:
        if not (person := self.someone()):
            return False
        unit = self.some_unit()
        told = self.model.people[person]
        self.node.do(lambda w: people.add_membership(w, self.who(w, person), unit))
        told.members.setdefault(unit, self.today)
        return True

    def move(self) -> bool:
        if not (person := self.someone()):
            return False
        unit, day = self.some_unit(), self.some_day()
        if self.node.do(lambda w: people.move(w, self.who(w, person), unit, day)) is None:
            return False
        self.model.people[person].homes.append((day, unit))
        return True

    def leave(self) -> bool:
        """Somebody leaves: not one total falls, and so the model knows nothing of it."""
        if not (person := self.someone()):
            return False
        return self.node.do(lambda w: leaving.leave(w, self.who(w, person), "转学", self.today)) is not None

    def merge(self) -> bool:
        """Of those who were parted before, each of one side and one of the other, it is said pair by pair that they are one."""
        one, other = self.someone(), self.someone()
        if one == other:
            return False
        sides = self.group(one), self.group(other)
        stands = self.node.do(lambda w: people.merge(w, self.who(w, one), self.who(w, other)))
        again = self.model.parted & {(min(a, b), max(a, b)) for a in sides[0] for b in sides[1]}
        self.model.merges |= again or {(min(one, other), max(one, other))}
        self.model.parted -= again
        assert stands == self.model.first(one) == self.model.first(other)
        return True

    def part(self) -> bool:
        """Asked for by the id that stands, all of a group are parted; by another, that one alone."""
        merged = sorted({person for pair in self.model.merges for person in pair})
        if not merged:
            return False
        person = self.dice.choice(merged)
        self.node.do(lambda w: people.part(w, person, self.who(w, person)))
        group = self.group(person)
        asked = group if person == group[0] else [person]
        pairs = {pair for pair in self.model.merges if set(pair) & set(asked)}
        self.model.merges -= pairs
        self.model.parted |= pairs
        return True

    def erase(self) -> bool:
        if not (person := self.someone()):
            return False
        self.node.erases(person)
        return True

    # what they did

    def mark(self) -> bool:
        if not (person := self.someone()):
            return False
        lesson = self.dice.choice([*self.model.lessons])
        self.is_marked(person, lesson, self.some_day(), self.dice.choice((None, 5, 20, 45, 60, 200, 315)))
        return True

    def condition(self) -> bool:
        if not (person := self.someone()):
            return False
        self.meets(person, self.dice.choice(("sign_in", "sign_in", "follow", "daily_scan")), self.some_day())
        return True

    def class_marking(self) -> bool:
        """Several people marked in one batch."""
        group = sorted({self.someone() for _ in range(4)} - {""})
        row, batch = MarkRow(self.some_day(), self.dice.choice([*self.model.lessons]), source="class"), f"marking {self.count}"
        homes = [self.node.person(person).home for person in group]
        drafts = [mark_draft(home, subject("person", person), row, batch=batch) for person, home in zip(group, homes, strict=True)]
        for said in self.node.do(say, drafts):
            if not said.known:
                self.model.marks[said.fact.chain] = Seen(said.fact.subject[7:], row.lesson, row.day, batch=batch)
        return True

    def correct(self) -> bool:
        left = self.model.standing(self.model.marks)
        known = [fact for fact, seen in left.items() if self.shown(seen.subject)]
        if not known:
            return False
        fact, minutes = self.dice.choice(known), self.dice.randint(1, 320)
        seen = self.model.marks[fact]
        first = self.model.first(seen.subject)
        said = self.node.do(lambda w: corrections.correct_mark(w, self.who(w, first), fact, minutes, "看错"))
        self.model.marks.setdefault(said.chain, Seen(seen.subject, seen.what, seen.day, minutes, replaces=fact))
        return True

    def shown(self, person: str) -> bool:
        """Whether a person has a row."""
        return bool(self.model.registered(self.group(person)[:1]))

    def withdraw_fact(self) -> bool:
        facts = self.dice.choice((self.model.marks, self.model.conditions, self.model.likes))
        known = list(self.model.standing(facts))
        if not known:
            return False
        fact = self.dice.choice(known)
        self.node.withdraws(fact)
        facts[fact].gone = True
        return True

    def withdraw_batch(self) -> bool:
        batches = {seen.batch for seen in self.model.marks.values() if seen.batch}
        touched = {each for pair in self.model.merges for each in pair}
        for told in self.model.people.values():
            batches |= {told.batch} - {""}
        for person, told in self.model.people.items():
            if told.batch and (len(told.homes) > 1 or told.members or person in touched):
                batches.discard(told.batch)
        batches -= self.model.gone_batches
        if not batches:
            return False
        batch = self.dice.choice(sorted(batches))
        self.node.withdraws(batch)
        self.model.gone_batches.add(batch)
        return True

    def restore_batch(self) -> bool:
        """A batch that was withdrawn counts again, but of a class of which somebody was registered anew."""
        known = {seen.batch for seen in self.model.marks.values()} | {told.batch for told in self.model.people.values()}
        batches = sorted(self.model.gone_batches & known - self.model.anew)
        if not batches:
            return False
        batch = self.dice.choice(batches)
        self.node.do(corrections.restore_batch, batch, "撤错了")
        self.model.gone_batches.discard(batch)
        return True

    # works

    def work(self) -> bool:
        if not (person := self.someone()):
            return False
        world, home = self.node.world, self.node.person(person).home
        work = Work(f"作品{self.count}", f"v.kuaishou.com/{self.count}", published_on=self.some_day())
        self.node.do(say, [works.work_draft(world.campaign, work, person, home, self.today)])
        self.model.works[work_id(world.campaign, work)] = Piece(person, work.published_on)
        return True

    def read_likes(self) -> bool:
        if not self.model.works:
            return False
        key = self.dice.choice(list(self.model.works))
        at = f"{self.some_day()}T{self.dice.choice(('02', '05'))}:00:00Z"
        if not self.shown(author := self.model.works[key].author):
            return False
        reading = works.Reading(at, self.dice.randint(0, 900))
        said = self.node.do(
            lambda w: say(w, [works.reading_draft(works.place_of_work(w, key, self.who(w, author)), key, reading)])
        )[0]
        if not said.known:
            self.model.likes[said.fact.chain] = Seen(key, at, at[:10], reading.likes)
        return True

    def judge(self) -> bool:
        shown = [key for key, work in self.model.works.items() if self.shown(work.author)]
        if not shown:
            return False
        key, counts = self.dice.choice(shown), self.dice.random() < 0.5
        author = self.model.works[key].author
        self.node.do(lambda w: works.judge(w, key, self.who(w, author), counts=counts, reason="核查"))
        self.model.works[key].counts = counts
        return True

    # certificates

    def issue(self) -> bool:
        marks, conditions = self.model.standing(self.model.marks), self.model.standing(self.model.conditions)
        expected = set()
        for group in self.model.groups():
            own = [[seen for seen in some.values() if seen.subject in group] for some in (marks, conditions)]
            had = any(self.model.people[each].certificates for each in group)
            if self.model.registered(group[:1]) and not had and self.model.amounts(group, FOREVER, *own)[3]:
                expected.add(group[0])
        issued = self.node.do(certificates.issue)
        campaign = self.node.world.campaign
        numbers = {certificate_number(campaign, person, 1): person for person in expected}
        assert set(issued.numbers) == set(numbers)
        for number, person in numbers.items():
            self.model.people[person].certificates[number] = [self.today, FOREVER + "+"]
        return True

    def revoke(self) -> bool:
        if not (valid := self._valid()):
            return False
        number, span = self.dice.choice(valid)
        self.node.do(revoking.revoke, number, "误发")
        span[1] = self.today
        return True

    def reissue(self) -> bool:
        """Of the first, by chance, who may be given another: who is not ready any more, or erased, is refused."""
        valid = self._valid()
        return any(self._is_reissued(number, span) for number, span in self.dice.sample(valid, len(valid)))

    def _is_reissued(self, number: str, span: list[str]) -> bool:
        try:
            made = self.node.do(revoking.reissue, number, "更正")
        except Refused:
            return False
        if made.known:
            return False
        span[1] = self.today
        person = self.node.see(find_held, made.number).person
        self.model.people[person].certificates[made.number] = [self.today, FOREVER + "+"]
        return True

    def _valid(self) -> list[tuple[str, list[str]]]:
        """The certificates that stand, of those who have a row: number, and from when until when."""
        return [
            (number, span)
            for key, told in self.model.people.items()
            for number, span in told.certificates.items()
            if span[1] > FOREVER and self.shown(key)
        ]

    # the world

    def add_unit(self) -> bool:
        code = f"U{self.count:04d}"
        kind = self.dice.choice(("学校", "学校", "社区", "企业", "妇联", "乡", "机关"))
        parents = [*COUNTIES, *(unit for unit in self.model.units if unit.startswith("U"))]
        told = Thing(self.dice.choice(parents), kind, self.dice.choice(("", "", "教育", "企业", "社区", "妇联")))
        self.node.adds(code, told.parent, kind, told.line)
        self.model.units[code], self.model.ids[code] = told, self.node.unit(code)
        return True

    def move_unit(self) -> bool:
        added = [unit for unit in self.model.units if unit.startswith("U")]
        if not added:
            return False
        unit, target, day = self.dice.choice(added), self.dice.choice([*added, *COUNTIES, "3501", "3502"]), self.some_day()
        try:
            if self.node.do(units.move_unit, unit, target, day) is None:
                return False
        except CampError as refusal:
            days = {day, FOREVER, *(moved for moved, *_ in self.model.moves if moved >= day)}
            if refusal.reason != "circular_parent" or not any(unit in self.model.path(target, each) for each in days):
                raise
            return False
        self.model.moves.append((day, self.count, unit, target))
        return True

    def change_unit(self) -> bool:
        added = [unit for unit in self.model.units if unit.startswith("U")]
        if not added:
            return False
        unit = self.dice.choice(added)
        line, kind = self.dice.choice(("教育", "企业", "社区", "妇联")), self.dice.choice(("学校", "妇联", "社区"))
        self.node.do(units.describe_unit, unit, units.UnitRow(unit, f"改{self.count}", kind=kind, line=line))
        self.model.units[unit] = replace(self.model.units[unit], kind=kind, line=line)
        return True

    def lesson(self) -> bool:
        code = self.dice.choice([*self.model.lessons, f"N{self.count}"])
        before = self.model.lessons.get(code, self.model.lessons["V1"])
        origin = self.dice.choice(("", "", "V1", "Z1", "Z1R"))
        circle = {"V1": (), "Z1": (), "Z1R": ("Z1", "V1")}.get(code, ("", "V1", "Z1", "Z1R"))
        worth, length = self.dice.choice((50, 100, 350, 800)), self.dice.randint(1, 120)
        replay_of = origin if origin in circle else ""
        self.describes(replace(before, code=code, hundredths=worth, length_minutes=length, replay_of=replay_of))
        return True

    def rule(self) -> bool:
        key, told, texts = self.dice.choice(RULES)
        text = self.dice.choice(list(texts))
        self.node.do(camp.amend_rule, key, text)
        self.model.rules[told] = texts[text]
        return True

    def tomorrow(self) -> bool:
        self.node.clock.move(days=1)
        return True
