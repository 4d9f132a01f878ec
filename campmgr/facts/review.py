"""What a human should look at: its rows, and how each sort of matter is declared (docs/ledger.md#review).

A row names a case: who or what it is about, the matter, and what makes it so. Folds keep theirs in `tables.REVIEW`; what depends on
arrival, or on what this data file alone holds, is found when somebody asks (`Matter.rows`) and stands in no table.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from campmgr.facts.world import World
from campmgr.ids import canonical, sha256
from campmgr.ledger.order import Sides
from campmgr.store.door import Reader, Writer


class ReviewRow(NamedTuple):
    """A row as the table keeps it. `id` is what people type and buttons send, `unit` whose desk sees it ("" for the whole camp's),
    `since` the day since which it waits ("" where nothing says one). `many`: how many cases are settled in one go with it. `also`:
    another unit that one must see too, "" for none; `unless`: one whose people one must not see, since another row tells it then.
    `weight`: how likely it is what it looks like, where that is told of rows of several matters together; more is likelier.
    """

    subject: str
    matter: str
    detail: str
    id: str
    unit: str
    since: str
    many: int = 1
    also: str = ""
    unless: str = ""
    weight: int = 0

    @property
    def case(self) -> str:
        """What a decision about it names."""
        return f"{self.matter}:{self.detail}"

    @property
    def told(self) -> Any:
        """What makes it so, as a value."""
        return json.loads(self.detail)


def review_row(subject: str, matter: str, detail: Any, unit: str, since: str, together: str = "") -> tuple[str, ...]:
    """A row for `tables.REVIEW`: `unit` is whose desk sees it, `since` the day since which it waits ("" where nothing says one).

    Rows with the same `together` bear one id: they are shown as one and settled in one go.
    """
    told = canonical(detail)
    key = [matter, together] if together else [subject, matter, told]
    return (subject, matter, told, sha256(canonical(key))[:12], unit, since)


SIDES = "sides_differ"


def sides_row(sides: Sides, unit: str) -> tuple[str, ...]:
    """What was said of one register side by side (docs/ledger.md#registers): the ids alone, since values may have to be erased.

    All that the same batches disagree on is one row: two offices that import one roster make one, however long it is.
    """
    batches = [one.fact.batch or "" for one in sides.facts]
    together = " ".join([sides.register, *sorted(batches)]) if all(batches) else ""
    since = max(one.fact.recorded_at[:10] for one in sides.facts)
    detail = {"register": sides.register, "sides": sorted(one.id for one in sides.facts)}
    return review_row(sides.subject, SIDES, detail, unit, since, together)


def found_row(
    subject: str, matter: str, detail: Any, unit: str, since: str, *, also: str = "", unless: str = "", weight: int = 0
) -> ReviewRow:
    """A row that is found when somebody asks."""
    _, _, told, row, _, _ = review_row(subject, matter, detail, unit, since)
    return ReviewRow(subject, matter, told, row, unit, since, also=also, unless=unless, weight=weight)


@dataclass(frozen=True, slots=True)
class Answer:
    """One way to settle a row: the word a command takes, and what its button says.

    `acts`: whether the matter's own act does something about it; else what was found out is noted (`review_settled`). `governs`:
    whether only an organizer may give it on a page, as on the page where that is done otherwise.
    """

    name: str
    words: str
    acts: bool = False
    governs: bool = False


@dataclass(frozen=True, slots=True)
class Settling:
    """What an act has in hand: rows of one matter, the answer, whatever was found out in words, who says it, and the batch its
    facts belong to, so that they can be taken back together.
    """

    w: Writer
    world: World
    rows: Sequence[ReviewRow]
    answer: Answer
    note: str
    actor: str
    batch: str


Act = Callable[[Settling], None]


@dataclass(frozen=True, slots=True)
class Side:
    """One of several things said of the same: what, by whom (a laptop's unit and number), where, when; whether it counts now, and
    the answer that lets it count ("" where there is none).
    """

    value: str
    who: str
    unit: str
    at: str
    counts: bool = False
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A row in words: a sentence, both sides where it has such, and answers of its own (None: those of its matter)."""

    sentence: str
    sides: tuple[Side, ...] = ()
    answers: tuple[Answer, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """One sort of thing that is set aside for a human: declared once by the area it belongs to."""

    name: str
    title: str
    what_to_do: str
    tell: Callable[[Reader, World, Sequence[ReviewRow]], Sequence[Told]]
    """Says these rows of the matter, in their order, in a number of queries that does not depend on how many they are."""
    answers: tuple[Answer, ...] = ()
    note: str = "怎么知道的（可不填，本人也能看到）"
    """What the field beside the answers asks for."""
    act: str = ""
    """Where the function stands that does what its answers say: "module:NAME" of an `Act`."""
    rows: Callable[[Reader, World], Iterable[ReviewRow]] | None = None
    """Finds its rows when somebody asks, and those of other matters that name it too; None where folds write them."""
    each: Callable[[Reader, ReviewRow], Iterable[ReviewRow]] | None = None
    """The rows that a found row stands for, where it may stand for many: they bear its id, and are settled in its place."""
    is_weighed: bool = False
    """Whether its rows are also listed together with those of other such matters, the likeliest first."""


NOTED = Answer("noted", "已核对")
"""Looked at, and nothing more to do: what was found out stands as a fact."""


def each_told(tell: Callable[[ReviewRow], str]) -> Callable[[Reader, World, Sequence[ReviewRow]], list[Told]]:
    """For a matter that says each of its rows from the row alone."""
    return lambda _r, _world, rows: [Told(tell(row)) for row in rows]
