"""Frozen lists, their amendments, their publicity and the objections to them. Only the camp's root says any of it."""

from __future__ import annotations

from collections.abc import Sequence

from campmgr.facts.batches import BATCHES, all_of, spoken_of, standing_of
from campmgr.facts.fold import Fold, Folding
from campmgr.ids import canonical
from campmgr.ledger.envelope import PUBLIC
from campmgr.ledger.order import ReadFact
from campmgr.store.door import Row, Writer
from campmgr.store.tables import Table, replace_rows

PRIZE_LISTS = Table(
    "prize_lists", ("number", "fact", "at", "rule_text", "digest", "content", "published", "voided_on", "void_reason"), 2, "number"
)
LIST_AMENDMENTS = Table(
    "list_amendments", ("number", "fact", "amendment", "said_on", "digest", "content", "published"), 2, "number"
)
LIST_POSTINGS = Table(
    "list_postings", ("number", "fact", "place", "state", "starts_on", "ends_on", "shown_until", "content"), 2, "number"
)
LIST_OBJECTIONS = Table(
    "list_objections", ("number", "fact", "raised_on", "work", "matter", "way", "state", "answer", "answered_on"), 2, "number"
)

_TABLES = (PRIZE_LISTS, LIST_AMENDMENTS, LIST_POSTINGS, LIST_OBJECTIONS)


def fold_lists(folding: Folding, keys: Sequence[str]) -> tuple[()]:
    """Fold these lists again. A list or amendment is published once its digest stands in `public`."""
    for key, told in standing_of(folding, "list", [key for key in keys if _is_number(key)]).items():
        number, said = int(key), [one for one in told if folding.world.trust.is_root(one.fact.writer)]
        # a fact whose subject and body name different lists would stand in both, or in neither
        said = [one for one in said if one.body.get("number", number) == number]
        published = {one.body["digest"] for one in said if one.fact.kind == "list_published" and one.fact.scope == PUBLIC}
        rows = (_frozen(said, published), _amendments(number, said, published), _postings(number, said), _objections(number, said))
        for table, new in zip(_TABLES, rows, strict=True):
            _replace(folding.w, table, number, new)
    return ()


def _is_number(key: str) -> bool:
    """Whether a subject's key names a list; whoever may write here must not be able to stop the fold."""
    return key.isascii() and key.isdigit() and len(key) < 10 and key == str(int(key))


def _replace(w: Writer, table: Table, number: int, new: list[Row]) -> None:
    columns = ", ".join(table.columns)
    old = w.all(f"select {columns} from {table.name} where number = :number", number=number)  # noqa: S608 - our own names
    replace_rows(w, table, old, new)


def _frozen(said: Sequence[ReadFact], published: set[str]) -> list[Row]:
    """Each list of the number; made void by the first who said so of its own digest."""
    voided = {
        one.body["digest"]: (one.fact.happened_on, one.body["reason"]) for one in reversed(said) if one.fact.kind == "list_voided"
    }
    return [
        (one.body["number"], one.id, one.body["at"], one.body["rule_text"], one.body["digest"], canonical(one.body),
         int(one.body["digest"] in published), *voided.get(one.body["digest"], ("", "")))
        for one in said
        if one.fact.kind == "prizes_frozen"
    ]  # fmt: skip


def _amendments(number: int, said: Sequence[ReadFact], published: set[str]) -> list[Row]:
    return [
        (number, one.id, one.body["amendment"], one.fact.happened_on, one.body["digest"], canonical(one.body),
         int(one.body["digest"] in published))
        for one in said
        if one.fact.kind == "list_amended"
    ]  # fmt: skip


def _postings(number: int, said: Sequence[ReadFact]) -> list[Row]:
    rows: list[Row] = []
    for one in said:
        body, place = one.body, len(rows) + 1
        if one.fact.kind == "list_posted":
            rows.append((number, one.id, place, "posted", body["starts_on"], body["ends_on"], body["shown_until"], canonical(body)))
        elif one.fact.kind == "list_taken_down":
            rows.append((number, one.id, place, "taken_down", one.fact.happened_on, "", "", canonical(body)))
    return rows


def _objections(number: int, said: Sequence[ReadFact]) -> list[Row]:
    """Each objection with its last answer."""
    answers = {one.body["objection"]: one for one in said if one.fact.kind == "objection_answered"}
    rows: list[Row] = []
    for one in said:
        if one.fact.kind != "objection_raised":
            continue
        answer, body = answers.get(one.id), one.body
        state = "waiting" if answer is None else "upheld" if answer.body["upheld"] else "rejected"
        rows.append((number, one.id, one.fact.happened_on, body["work"], body["matter"], body["way"], state,
                     answer.body["answer"] if answer else "", answer.fact.happened_on if answer else ""))  # fmt: skip
    return rows


FOLDS = (
    Fold(name="lists", sort="list", run=fold_lists, tables=_TABLES, reads={BATCHES: spoken_of("list"), "camp": all_of("list")}),
)
