"""Building the made-up camp: one command, one data file, and whom to look at first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from campmgr.areas.camp.actions import amend_rule, open_camp
from campmgr.areas.certificates.actions.issuing import issue
from campmgr.areas.prizes.actions.freezing import freeze
from campmgr.areas.whole import CATALOGUE
from campmgr.clock import FixedClock, parse_instant
from campmgr.demo.chapters import Chapter, chapters, settled
from campmgr.demo.people import outsiders, people_of
from campmgr.demo.places import PRESET, DemoPlace, places
from campmgr.demo.study import MadeStudy, studies_of
from campmgr.demo.works import authors_of, works_by
from campmgr.facts import world as worlds
from campmgr.facts.saying import Speech
from campmgr.facts.wall import MADE_UP
from campmgr.facts.world import World
from campmgr.ids import hash_id, person_code
from campmgr.store import data_file
from campmgr.store.door import Store

PEOPLE, MARKS, WORKS = 5_000, 40_000, 600
"""How many people joined, marks of lessons there are, works were handed in."""

_AUTHORS, _OUTSIDE_AUTHORS = 530, 30
_OPENED, _ENDED, _CUT_OFF = "2023-05-25T09:00", "2023-07-01T10:00", "2023-07-01T00:00:00"
_FEW = 2000
"""Drafts said at once: few enough to stay small in memory."""


@dataclass(frozen=True, slots=True)
class ShownPerson:
    """Somebody worth a look: the minted code in this camp, the 编号 that is the same in every demo, and the name."""

    code: str
    number: str
    name: str


@dataclass(frozen=True, slots=True)
class DemoCamp:
    """A made-up camp on disk, and whom to look at first. `school` and `federation` are codes of units that have people.

    `half_hour_short` has exactly 7.50 课时 and signed in, `unsigned` has the hours and did not sign in, `ready` lacks nothing.
    """

    path: Path
    half_hour_short: ShownPerson
    unsigned: ShownPerson
    ready: ShownPerson
    school: str
    federation: str


def build_demo(path: Path) -> DemoCamp:
    """Write the made-up camp into a new data file and close it; keys, salts and ids are new each time, all else is the same.

    Raises BadInput when something is there already.
    """
    homes = places(PEOPLE, CATALOGUE.book.preset(PRESET))
    studies = studies_of(people_of(homes), MARKS)
    clock = FixedClock(_OPENED)
    store = open_camp(path, PRESET, CATALOGUE, clock)
    try:
        story = _story(homes, studies)
        _record(store, clock, [each for each in story if each.is_ground])
        _record(store, clock, [each for each in story if not each.is_ground])
        _until(clock, _ENDED)
        with store.writing(alone=True) as w:
            amend_rule(w, "ranking.cut_off", _CUT_OFF, reason="点赞数以6月30日24时为准")
            issue(w)
            freeze(w)
            w.set_meta(MADE_UP, "1")
            return _shown(path, worlds.load(w), homes, studies)
    finally:
        data_file.close(store)


def _story(homes: Sequence[DemoPlace], studies: Sequence[MadeStudy]) -> list[Chapter]:
    learners = [at for at, study in enumerate(studies) if study.marks]
    outside = list(outsiders(homes, _OUTSIDE_AUTHORS))
    works = works_by(_AUTHORS + _OUTSIDE_AUTHORS, WORKS)
    return chapters(homes, studies, outside, works, authors_of(learners, _AUTHORS))


def _until(clock: FixedClock, instant: str) -> None:
    clock.move(seconds=(parse_instant(instant) - clock.now()).total_seconds())


def _record(store: Store, clock: FixedClock, told: Sequence[Chapter]) -> None:
    """Chapters that build on none of each other: each at its time and in a batch of its own, so that it can be taken back whole,
    and all in one transaction, so that people are folded as seldom as by an import.
    """
    with store.writing(alone=True) as w:
        world, speech = worlds.load(w), Speech(w)
        for chapter in told:
            _until(clock, chapter.at)
            speech.look_at_clock()
            drafts = iter(chapter.tell(world, hash_id(world.campaign, "demo", chapter.name)))
            while some := list(islice(drafts, _FEW)):
                speech.say(some)
        speech.finish()


def _shown(path: Path, world: World, homes: Sequence[DemoPlace], studies: Sequence[MadeStudy]) -> DemoCamp:
    def first(fits: Callable[[MadeStudy], bool]) -> ShownPerson:
        who = next(study for study in studies if study.someone.place.sort == "school" and fits(study)).someone.who
        return ShownPerson(person_code(settled(world, who)[0]), who.number, who.name)

    return DemoCamp(
        path,
        half_hour_short=first(lambda study: study.course == "half_hour_short" and study.signed_in),
        unsigned=first(lambda study: study.course == "complete" and not study.signed_in),
        ready=first(lambda study: study.course == "complete" and study.signed_in),
        school=next(place.unit for place in homes if place.sort == "school"),
        federation=next(place.unit for place in homes if place.sort == "federation"),
    )
