"""Settling what a human looked at: the answer is a fact, or whatever the matter's own act says (docs/ledger.md#review)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from campmgr.areas.people.actions.doubts import noted_drafts
from campmgr.areas.people.actions.people import part_batch
from campmgr.areas.people.actions.plain_reasons import refuse_names_in
from campmgr.areas.works.actions.works import noted_of_works
from campmgr.clock import seconds_passed
from campmgr.desks.actions.withdrawing import withdraw
from campmgr.desks.queries.review import in_words
from campmgr.errors import BadInput
from campmgr.facts import world as worlds
from campmgr.facts.batches import kinds_of_batch
from campmgr.facts.catalogue import kinds_of
from campmgr.facts.importing import Progress
from campmgr.facts.matters import act_of, matters_of
from campmgr.facts.review import Answer, ReviewRow, Settling
from campmgr.facts.saying import say
from campmgr.facts.streaming import Pace
from campmgr.facts.tables import REVIEW
from campmgr.facts.world import World
from campmgr.ids import random_id
from campmgr.ledger.envelope import subject_key
from campmgr.store.door import Reader, Store, Writer
from campmgr.store.tables import rows_of

_MERGED = "people_merged"
"""No merge is withdrawn: a parting takes it back, and keeps the two apart (docs/ledger.md#merges)."""


AT_ONCE = 200
"""Rows that are settled while somebody waits for the page; more of them go in by runs."""


def settle_in_runs(
    store: Store, rows: Sequence[ReviewRow], name: str, note: str, actor: str, told: Progress, *, governs: bool = True
) -> str:
    """As `settle`, of any number of rows, run by run under one batch: others write meanwhile (docs/decisions.md#runs).

    What has been settled since somebody looked is left out. What `told` raises ends it between two runs: what is settled stays, and
    the rest waits on.
    """
    batch, pace, done, undo = random_id(), Pace(AT_ONCE), 0, ""
    while run := rows[done : done + pace.rows]:
        told(done, len(rows))
        with store.writing(alone=True) as w:
            began = seconds_passed()
            if left := _waiting(w, run):
                undo = settle(w, worlds.load(w), left, name, note, actor, governs=governs, batch=batch)
        pace.took(seconds_passed() - began)
        done += len(run)
    return undo


def _waiting(r: Reader, rows: Sequence[ReviewRow]) -> list[ReviewRow]:
    """Those of the rows that still wait; what stands in no table is looked at by its act."""
    waiting = {row[: REVIEW.keys] for row in rows_of(r, REVIEW, {row.subject for row in rows})}
    return [row for row in rows if row[: REVIEW.keys] in waiting or _is_found(r, row)]


def _is_found(r: Reader, row: ReviewRow) -> bool:
    matter = matters_of(r).get(row.matter)
    return matter is not None and matter.rows is not None


def settle(
    w: Writer, world: World, rows: Sequence[ReviewRow], name: str, note: str = "", actor: str = "", *, governs: bool = True,
    batch: str = "",
) -> str:  # fmt: skip
    """Give rows the same answer; the batch by which it can be taken back, "" where it cannot. `governs`: an organizer gives it.

    `batch`: under which this is said, a new one where none is given. Raises BadInput for an answer that does not fit or a note that
    names somebody, whatever the act refuses, NotAllowed where this file may not speak.
    """
    batch, people = batch or random_id(), {subject_key(row.subject) for row in rows if row.subject.startswith("person:")}
    if note:
        refuse_names_in(w, note, people)
    for matter, some in groupby(sorted(rows, key=lambda row: row.matter), key=lambda row: row.matter):
        these = list(some)
        settling = Settling(w, world, these, _answer(w, world, these[0], name, governs=governs), note.strip(), actor, batch)
        if settling.answer.acts:
            act_of(w, matters_of(w)[matter])(settling)
        else:
            say(w, [*noted_drafts(w, settling), *noted_of_works(w, settling)])
    said = kinds_of_batch(w, batch)
    return batch if said and not any(kinds_of(w)[kind].stays and kind != _MERGED for kind in said) else ""


def take_back(w: Writer, batch: str, reason: str, actor: str = "") -> None:
    """Take an answer back: what was merged is parted, everything else withdrawn. Raises NotFound, BadInput, NotAllowed."""
    if _MERGED in kinds_of_batch(w, batch):
        part_batch(w, batch, actor)
    else:
        withdraw(w, batch, reason, actor)


def _answer(w: Writer, world: World, row: ReviewRow, name: str, *, governs: bool) -> Answer:
    offered = in_words(w, world, [row])[0].offered(governs=governs)
    found = next((each for each in offered if each.name == name), None)
    if found is None:
        words = "、".join(f"{each.name}（{each.words}）" for each in offered) or "没有可选的答案"
        raise BadInput(f"这一条不能这样回答：“{name}”。", reason="unknown_word", hint=f"可以回答：{words}。")
    return found
