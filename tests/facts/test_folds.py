"""What a fold declares is what it does: it reads and writes nothing else, comes after what it reads, and fits with the others."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator, Sequence
from random import Random
from types import ModuleType

import pytest

from campmgr.areas.hours.actions.marks import MarkRow, mark_draft
from campmgr.areas.hours.settings import Hours
from campmgr.areas.people.fold.identity import KINDS as OF_IDENTITY
from campmgr.areas.people.fold.identity import PersonPart
from campmgr.areas.whole import CATALOGUE, ROOMS
from campmgr.clock import later
from campmgr.facts.area import Area
from campmgr.facts.batches import BATCHES, spoken_of
from campmgr.facts.catalogue import Catalogue, Misbuilt
from campmgr.facts.fold import Fold, Folding, Follow, Part
from campmgr.facts.fold_registry import FoldRegistry
from campmgr.facts.folding import Touched, fold
from campmgr.facts.saying import introduce, say
from campmgr.facts.tables import REVIEW
from campmgr.ledger.envelope import subject
from campmgr.ledger.kinds import Home, Kind, Right, fields
from campmgr.store.door import Writer
from campmgr.store.tables import Table
from tests.facts.life import Life
from tests.facts.watched import Watch
from tests.kit import story
from tests.kit.story import Cast, Node
from tests.nodes.listed import list_life
from tests.points.reported import reported_life

REGISTRY = CATALOGUE.joined(FoldRegistry)


def _plan() -> Catalogue:
    """A catalogue like the program's, of which a test may take the folds in hand."""
    return Catalogue(CATALOGUE.areas, ROOMS, introduce)


def _each_sort_again(w: Writer) -> None:
    """Every fold once more, of a subject that somebody could think of."""
    touched = Touched(w)
    for sort in touched.keys:
        touched.add_subject(f"{sort}:7")
    fold(w, touched)


def _whole_life(node: Node) -> None:
    """Something of everything that is folded: people, works, lists, summaries, scans of unknown codes, totals of lost units."""
    Life(node, seed=9).live(150)
    list_life(node, [node.joins("350102", name) for name in ("甲", "乙", "丙")])
    reported_life(node)
    node.do(_each_sort_again)
    node.rebuilt()


@pytest.fixture(scope="module")
def lived(tmp_path_factory) -> Iterator[tuple[Node, Watch]]:
    """A node through a whole life, every fold watched."""
    watch, cast = Watch(_plan()), Cast(tmp_path_factory.mktemp("life"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(story, "CATALOGUE", watch.plan)
        node = cast.root()
        _whole_life(node)
        yield node, watch
        cast.close()


def test_no_fold_reads_or_writes_what_it_does_not_declare(lived):
    _, watch = lived
    assert not list(watch.complaints())
    idle = {name for name in watch.declared if not watch.seen[name].read}
    assert not idle, f"this test must come past every fold: {idle}"


def test_what_a_fold_declares_to_read_it_reads(lived):
    """A reading that is not there any more would only fold too much, and mislead who reads the declaration."""
    _, watch = lived
    parts = {part.name for _, brought in watch.plan.named("world") for part in brought}
    for name, declared in watch.declared.items():
        seen = watch.seen[name]
        assert set(declared.settings) <= seen.sections, name
        assert parts & declared.reads.keys() <= seen.parts, name
        for other in declared.reads.keys() & watch.declared.keys():
            assert {table.name for table in watch.declared[other].tables} & seen.read, f"{name} reads {other}"


@pytest.mark.drawn(whole=12, usual=2)
def test_any_order_that_the_declarations_allow_gives_the_same_tables(lived, seed):
    node, watch = lived
    before, dice = node.hash, Random(seed)
    left, order = list(watch.registry.folds), list[Fold]()
    while left:
        free = [each for each in left if not {other.name for other in left} & each.reads.keys()]
        order.append(left.pop(left.index(dice.choice(free))))
    watch.registry.folds = tuple(order)
    assert node.rebuilt() == before


def _nosy(folding: Folding, people: Sequence[str]) -> Collection[str]:
    folding.w.all("select likes from works")
    folding.w.run("delete from summaries where unit = 'nobody'")
    assert folding.world.parts["calendar"]
    assert folding.world.rules[Hours].unit_minutes
    return people


def test_a_fold_that_reads_and_writes_in_secret_is_found_out(cast, monkeypatch):
    plan = _plan()
    table = Table("nosy", ("person", "likes"), 1, "person")
    nosy = Fold(name="nosy", sort="person", run=_nosy, tables=(table,), reads={BATCHES: spoken_of("person")})
    plan.joined(FoldRegistry).folds += (nosy,)
    watch = Watch(plan)
    monkeypatch.setattr(story, "CATALOGUE", plan)
    cast.root().joins("350102", "甲")
    found = "\n".join(watch.complaints())
    for sentence in (
        "nosy writes summaries, which is not among its tables",
        "nosy reads works and does not say so",
        "nosy reads calendar of the world and does not say so",
        "nosy reads the rules of",
    ):
        assert sentence in found


def test_each_fold_comes_after_all_that_it_reads():
    names = [each.name for each in REGISTRY.folds]
    for place, each in enumerate(REGISTRY.folds):
        assert {name for name in each.reads if name in names} <= set(names[:place])


def test_folds_of_untouched_sorts_are_not_entered(cast, monkeypatch):
    """One scan at a station passes the fold of people alone."""
    watch = Watch(_plan())
    monkeypatch.setattr(story, "CATALOGUE", watch.plan)
    root = cast.root()
    person = root.joins("350102", "甲")
    watch.seen.clear()
    root.marks(person, "V1")
    assert set(watch.seen) == {"people"}


def test_every_kind_of_a_person_is_taken_by_somebody():
    """What no part takes would be recorded and never seen; a part that waits for an unknown kind has a mistyped name."""
    parts = [part for part in REGISTRY.parts["people"] if isinstance(part, PersonPart)]
    taken = {*OF_IDENTITY, "people_parted", *(kind for part in parts for kind in part.kinds)}
    assert taken == {kind.name for kind in CATALOGUE.kinds.values() if "people" in kind.folds}
    for part in parts:
        assert part.ends <= part.kinds.keys()


# What does not fit together


def _nothing(folding: Folding, keys: Sequence[str]) -> tuple[()]:
    return ()


def _none(folding: Folding, changed: Collection[str]) -> tuple[()]:
    return ()


def _fold(name: str, *reads: str, tables: tuple[Table, ...] = (), shares: tuple[Table, ...] = ()) -> Fold:
    follow: Follow = _none
    return Fold(name=name, sort="thing", run=_nothing, tables=tables, shares=shares, reads=dict.fromkeys(reads, follow))


THINGS = Table("things", ("thing", "name"), 1, "thing")


def _kind(*folds: str, sort: str = "thing") -> Kind:
    return Kind("thing_found", Home.PEOPLE, Right.COVERS_SCOPE, (sort,), folds, fields("name"))


@pytest.mark.parametrize(
    ("brought", "sentence"),
    [
        (
            (_fold("a", "b"), _fold("b", "a")),
            "each of these folds reads another, so that none can be the first: 'a' (made_up/fold.py)",
        ),
        ((_fold("a", "a"),), "each of these folds reads another, so that none can be the first: 'a' (made_up/fold.py)"),
        ((_fold("a"), _fold("a")), "made_up/fold.py: the fold 'a' is named already in made_up/fold.py"),
        ((_fold("people"),), "made_up/fold.py: the fold 'people' is named already in campmgr/areas/people/fold/people.py"),
        ((_fold("a", "b"),), "made_up/fold.py: 'a' reads 'b', which nobody folds"),
        ((_fold("a", "works"),), "made_up/fold.py: 'a' reads 'works' of works, which is not in its area's uses"),
        ((_fold("a", "lessons"),), "made_up/fold.py: 'a' reads 'lessons' of hours, which is not in its area's uses"),
        ((_fold("a", shares=(THINGS,)),), "made_up/fold.py: 'a' shares the table 'things', which has an owner"),
        ((_fold("a", tables=(REVIEW,)),), "made_up/fold.py: the table 'review' is written by whoever shares it already"),
        (
            (_fold("a", tables=(THINGS,)), _fold("b", tables=(THINGS,))),
            "made_up/fold.py: the table 'things' is written by made_up/fold.py already",
        ),
        (
            (Part(fold="nowhere", name="a", tables=()),),
            "made_up/fold.py: 'a' is a part of the fold 'nowhere', which nobody names",
        ),
        (
            (Part(fold="works", name="a", tables=()),),
            "made_up/fold.py: 'a' adds to the fold 'works' of works, which is not in its area's uses",
        ),
    ],
)
def test_declarations_that_do_not_fit_are_refused_with_the_file(monkeypatch, brought, sentence):
    with pytest.raises(Misbuilt) as refused:
        _with_made_up(monkeypatch, folds=brought).joined(FoldRegistry)
    assert sentence in str(refused.value)


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        (_kind("nowhere"), "campmgr/areas/made_up/kinds.py: thing_found is for the fold 'nowhere', which nobody names"),
        (_kind("people"), "campmgr/areas/made_up/kinds.py: thing_found speaks of thing, and the fold 'people' of person"),
    ],
)
def test_a_kind_that_names_a_missing_fold_is_refused_with_the_file(monkeypatch, kind, sentence):
    with pytest.raises(Misbuilt) as refused:
        _with_made_up(monkeypatch, kinds=(kind,)).joined(FoldRegistry)
    assert sentence in str(refused.value)


def test_a_fold_of_another_area_fits_in(monkeypatch):
    plan = _with_made_up(
        monkeypatch, folds=(_fold("a", "people", "units", tables=(THINGS,), shares=(REVIEW,)),), kinds=(_kind("a"),)
    )
    registry = plan.joined(FoldRegistry)
    assert [each.name for each in registry.folds] == [*(each.name for each in REGISTRY.folds), "a"]
    assert {table.name for table in registry.tables} == {table.name for table in REGISTRY.tables} | {"things"}


def _with_made_up(monkeypatch, folds: tuple[Fold | Part, ...] = (), kinds: tuple[Kind, ...] = ()) -> Catalogue:
    """The catalogue with one more area, which uses people alone."""
    module = ModuleType("made_up.fold")
    module.__dict__.update(FOLDS=folds, KINDS=kinds)
    monkeypatch.setitem(sys.modules, "made_up", ModuleType("made_up"))
    monkeypatch.setitem(sys.modules, "made_up.fold", module)
    made_up = Area("made_up", "虚构", uses=("people",), folds="made_up.fold:FOLDS", kinds="made_up.fold:KINDS")
    return Catalogue([*CATALOGUE.areas, made_up], ROOMS)


def test_more_facts_than_are_folded_at_once_give_the_rows_of_a_rebuild(cast):
    """A write of 20,000 facts is folded on its way, from what it has just said; the rest at its end, beside what was there."""
    node = cast.root()
    home, people = node.unit("350102"), [node.joins("350102", f"学员{number}") for number in range(30)]
    days = [later("2023-01-01", each) for each in range(340)]
    marks = [
        mark_draft(home, subject("person", person), MarkRow(day, lesson=lesson))
        for lesson in ("V1", "V2") for day in days for person in people
    ]  # fmt: skip
    node.do(say, marks[:10])
    assert not any(each.known for each in node.do(say, marks[10:]))
    said = node.hash
    assert node.rebuilt() == said
    assert node.see(lambda r: r.value("select count(*) from marks")) == len(marks) == 20_400
