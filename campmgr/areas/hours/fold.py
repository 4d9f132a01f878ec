"""What this area adds to the fold of a person: what they did, what it earns, in which fields they learn (F-15), and when too many
were recorded at once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from campmgr.areas.camp.settings import EVERY_FIELD, Live, WarmUp
from campmgr.areas.hours.rules.doubts import Doubter, MarkSeen, about
from campmgr.areas.hours.rules.lesson import Mark
from campmgr.areas.hours.rules.meter import Meter, counted_by_day
from campmgr.areas.hours.rules.readiness import conditions_required
from campmgr.areas.hours.settings import Completion, Doubts, Hours
from campmgr.areas.hours.world import lessons_of
from campmgr.areas.people.fold.identity import NEVER, Days, PersonPart, Rows
from campmgr.areas.people.fold.people import PEOPLE
from campmgr.facts.batches import BATCHES, spoken_of, standing_of
from campmgr.facts.fold import Fold, Folding
from campmgr.facts.kinds import WITHDRAWN
from campmgr.facts.tables import NOTHING
from campmgr.facts.totals import read_placements, steps_along
from campmgr.facts.world import World
from campmgr.ids import hash_id
from campmgr.ledger.order import ReadFact
from campmgr.store.door import Row, Writer
from campmgr.store.tables import Table, add_amounts, has_rows, sync_each, sync_rows

MARKS = Table("marks", ("person", "fact", "lesson", "day", "minutes", "source", "field"), 2, "person")
CONDITIONS = Table("conditions", ("person", "fact", "condition", "day", "source"), 2, "person")
MOMENTS = Table("moments", ("person", "moment"), 2, "person")
CROWDS = Table("crowds", ("moment", "people"), 1, "moment")
DECLARATIONS = Table("declarations", ("person", "fact", "lesson", "day", "minutes", "state", "reason", "evidence"), 2, "person")
FIELD_LEARNERS = Table("field_learners", ("placement", "field", "day", "people"), 3, "placement")
PENDING = Table("pending", ("code", "fact", "scope", "takes_back"), 2, "code")

_ONE_BY_ONE = {"station", "hand"}
"""Sources of which each record is made by itself; classes, paper and tables come many at a time, and rightly."""


_LEARNS = (1, *NOTHING[1:])
"""What somebody adds to those who learn in a field, as a step of the totals has it."""


class _Rules:
    """What is the same for all people, as long as rules and lessons are."""

    def __init__(self, world: World) -> None:
        lessons = lessons_of(world)
        self.meter = Meter(world.rules, lessons)
        self.doubter = Doubter(world.rules, lessons)
        self.required = world.rules[Completion].required_hundredths
        self.conditions = conditions_required(world.rules)
        self.activity = world.activity
        self.fields = {code: lesson.field for code, lesson in lessons.items()}


class Study:
    """What one person did: marks, conditions, declarations, and the seconds in which they were recorded alone."""

    def __init__(self, rules: _Rules) -> None:
        self._rules = rules
        self._marks: list[Mark] = []
        self._seen: list[MarkSeen] = []
        self._conditions: list[tuple[str, str, str, str]] = []
        self._declarations: dict[str, tuple[str, str, int | None, str, str, str]] = {}
        self._moments: set[str] = set()

    def mark(self, one: ReadFact) -> None:
        """Learned."""
        body = one.body
        if body["activity"] != self._rules.activity:
            return
        mark = Mark(one.id, body["lesson"], one.fact.happened_on, body["minutes"], body["source"])
        self._marks.append(mark)
        self._seen.append(MarkSeen(mark, one.fact.recorded_at))
        if _is_alone(one):
            self._moments.add(_moment(one))

    def condition(self, one: ReadFact) -> None:
        """Signed in, followed, scanned."""
        if one.body["activity"] != self._rules.activity:
            return
        self._conditions.append((one.id, one.body["condition"], one.fact.happened_on, one.body["source"]))
        if _is_alone(one):
            self._moments.add(_moment(one))

    def declare(self, one: ReadFact) -> None:
        """Says that they learned: waits for an answer."""
        body = one.body
        if body["activity"] != self._rules.activity:
            return
        self._declarations[one.id] = (body["lesson"], one.fact.happened_on, body["minutes"], "waiting", "", body["evidence"])
        self._moments.add(_moment(one))

    def settle(self, one: ReadFact) -> None:
        """A declaration was answered; one that is not held, or was withdrawn, has no row to answer."""
        known = self._declarations.get(one.body["fact"])
        if known:
            answer = "accepted" if one.body["accepted"] else "refused"
            self._declarations[one.body["fact"]] = (*known[:3], answer, one.body["reason"], known[5])

    def add_days(self, days: Days) -> None:
        """When which credit was reached, when that was enough, and when the conditions were fulfilled too."""
        rules = self._rules
        days.credited = credited = counted_by_day(rules.meter, self._marks)
        days.complete_on = next((day for day, total in credited if total >= rules.required), NEVER)
        if rules.required == 0:  # a camp that asks for no hours: whoever is there is complete
            days.complete_on = min([*days.registered, *(mark.day for mark in self._marks)], default=NEVER)
        firsts: dict[str, str] = {}
        for _, condition, day, _ in self._conditions:
            firsts[condition] = min(day, firsts.get(condition, NEVER))
        days.ready_on = max([days.complete_on, *(firsts.get(condition, NEVER) for condition in rules.conditions)])
        days.signed_in = "sign_in" in firsts
        days.seen += [day for day, _ in credited[:1]]
        days.seen += firsts.values()

    def add_rows(self, person: str, rows: Rows) -> None:
        """Marks, conditions, declarations and moments."""
        fields = self._rules.fields
        rows[MARKS] += [(person, *mark, fields.get(mark.lesson)) for mark in self._marks]
        rows[CONDITIONS] += [(person, *condition) for condition in self._conditions]
        if self._moments:
            rows[MOMENTS] += [(person, moment) for moment in self._moments]
        if self._declarations:
            rows[DECLARATIONS] += [(person, fact, *declared) for fact, declared in self._declarations.items()]

    def doubts(self, days: Days) -> Iterator[tuple[str, object, str]]:
        """Marks that cannot well be so, since the day on which each was recorded; none of who is erased, whom nobody can ask."""
        if days.is_erased:
            return
        if found := self._rules.doubter.doubts(self._seen):
            recorded = {mark.fact: at[:10] for mark, at in self._seen}
            yield from ((matter, detail, recorded.get(about(detail), about(detail))) for matter, detail in found)


def _is_alone(one: ReadFact) -> bool:
    """Whether a record was made by itself. A station's round comes together when the server was away meanwhile, and rightly too."""
    source = one.body["source"]
    return source in _ONE_BY_ONE and not (source == "station" and one.fact.batch)


def _moment(one: ReadFact) -> str:
    """The second in which something was recorded, with who wrote it there (as a hash)."""
    return f"{one.fact.recorded_at} {hash_id('moment', one.fact.writer, one.fact.actor)[:12]}"


def _begin(world: World) -> Callable[[], Study]:
    return partial(Study, world.once(_Rules))


_PLACEMENTS, _STEPS = (PEOPLE.columns.index(name) for name in ("placements", "steps"))


class _Learner(NamedTuple):
    """Somebody who takes part and has learned: where they count, and the first day of each field and of all together."""

    person: str
    placements: str
    firsts: frozenset[tuple[str, str]]

    def steps(self) -> Iterator[Row]:
        """(placement, field, day) and how many more learn there."""
        for field, day in self.firsts:
            for where, since, amounts in steps_along(read_placements(self.placements), [(day, _LEARNS)]):
                yield where, field, since, amounts[0]


def _learners(people: Iterable[Row], marks: Iterable[Row]) -> set[_Learner]:
    """By rows of `people` and of `marks`. A mark of a lesson that nobody has described yet is of no field."""
    firsts: dict[str, dict[str, str]] = {}
    for person, _, _, day, _, _, field in marks:
        if field is not None:
            own = firsts.setdefault(person, {})
            for each in (field, EVERY_FIELD):
                own[each] = min(day, own.get(each, day))
    return {
        _Learner(row[0], row[_PLACEMENTS], frozenset(firsts[row[0]].items()))
        for row in people if row[0] in firsts and row[_STEPS] != "[]"
    }  # fmt: skip


def _count_learners(w: Writer, old: set[_Learner], new: set[_Learner]) -> None:
    """Mostly nobody: who learns once more in a field counts in it already."""
    change = Counter[Row]()
    for learners, sign in ((new - old, 1), (old - new, -1)):
        for learner in learners:
            for *where, more in learner.steps():
                change[tuple(where)] += sign * more
    add_amounts(w, FIELD_LEARNERS, [(key, (more,)) for key, more in change.items()])


_OVER = """
    select p.person, p.digest from local_screenshots p left join aliases a on a.person = p.person
    where p.person in (:keys) and not exists (
        select 1 from declarations d join people o on o.person = d.person
        where d.person = coalesce(a.stands_for, p.person) and d.evidence = p.digest and d.state = 'waiting' and o.erased = 0)"""


def _write(w: Writer, people: Sequence[str], rows: Mapping[Table, list[Row]], before: Collection[Row]) -> None:
    marks = rows.get(MARKS, [])
    were = sync_rows(w, MARKS, people, marks)
    sync_each(w, (CONDITIONS, DECLARATIONS), people, rows)
    _count_learners(w, _learners(before, were), _learners(rows.get(PEOPLE, []), marks))
    new = rows.get(MOMENTS, [])
    # How many were recorded in the same second is kept by difference: counting them anew would read everybody's moments.
    change = Counter(row[1] for row in new)
    change.subtract(row[1] for row in sync_rows(w, MOMENTS, people, new))
    add_amounts(w, CROWDS, [((moment,), (people_more,)) for moment, people_more in change.items()])
    # Pictures go with what they were shown for, and here, so that it does not matter by what way the answer came: by hand, by a
    # pack, by an erasure. Once a declaration no longer waits, or its owner is erased, the bytes are gone.
    if has_rows(w, DECLARATIONS) and (over := list(w.among(_OVER, people))):
        w.many("delete from local_screenshots where person = ? and digest = ?", over)


def _people_of_lessons(folding: Folding, changed: Collection[str]) -> Iterator[str]:
    """Whose credit can change with these lessons: who has a mark of one, or of a live or replay that shares its credit with one."""
    lessons = lessons_of(folding.world)

    def affects(lesson: str) -> bool:
        origin = lessons[lesson].replay_of if lesson in lessons else ""
        return (
            lesson in changed
            or origin in changed
            or any(lessons[code].replay_of in {lesson, origin} for code in changed if code in lessons)
        )

    marked = folding.w.all("select distinct person, lesson from marks")
    return (person for person, lesson in marked if affects(lesson))


def fold_codes(folding: Folding, codes: Sequence[str]) -> tuple[()]:
    """What was recorded, and taken back, of codes nobody knew where they were scanned: it counts once carried to the person."""
    rows: list[Row] = [
        (code, one.id, one.fact.scope, one.body["fact"] if one.fact.kind == WITHDRAWN else "")
        for code, told in standing_of(folding, "code", codes).items()
        for one in told
        if one.fact.kind in {"mark_recorded", "condition_recorded", WITHDRAWN}
    ]
    sync_rows(folding.w, PENDING, codes, rows)
    return ()


CODES = Fold(name="codes", sort="code", run=fold_codes, tables=(PENDING,), reads={BATCHES: spoken_of("code")})

STUDY = PersonPart(
    name="study",
    kinds={
        "mark_recorded": Study.mark,
        "condition_recorded": Study.condition,
        "mark_declared": Study.declare,
        "declaration_settled": Study.settle,
    },
    ends=frozenset({"declaration_settled"}),
    begin=_begin,
    says_of_everyone=True,
    write=_write,
    tables=(MARKS, CONDITIONS, MOMENTS, CROWDS, DECLARATIONS, FIELD_LEARNERS),
    reads={"lessons": _people_of_lessons},
    settings=(Hours, Completion, Doubts, WarmUp, Live),
)

FOLDS = (CODES, STUDY)
