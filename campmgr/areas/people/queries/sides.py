"""What was said side by side of one register, by whom, where and when (docs/ledger.md#registers): values are read when shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from campmgr.accounts.queries import unit_name
from campmgr.clock import minute_text
from campmgr.facts.catalogue import catalogue, kinds_of
from campmgr.facts.finding import called
from campmgr.facts.inventories import Inventory, inventories_of
from campmgr.facts.laptops import laptop
from campmgr.facts.review import Answer, ReviewRow, Side, Told
from campmgr.facts.world import World
from campmgr.ledger.envelope import subject
from campmgr.ledger.kinds import value_in
from campmgr.ledger.order import ReadFact, order_key, read_facts
from campmgr.masks import mask_phone
from campmgr.store import ledger
from campmgr.store.door import Reader

_FIELDS = {"name": "姓名", "number": "编号", "class_name": "班级", "phone": "手机号", "guardian": "监护人同意", "home": "登记单位",
           "code": "代码", "kind": "类别", "line": "条线", "expected": "应参与人数", "participating": "是否参加", "parent": "上级单位"}  # fmt: skip
_OF_UNITS = {"home", "parent"}
_FILES = "select batch, file from imports where batch in (:keys)"


def sides_of(r: Reader, rows: Sequence[ReviewRow]) -> list[list[ReadFact]]:
    """Of each row the facts that contradict each other, of two batches in one order whatever the row."""
    ids = {each for row in rows for each in row.told["sides"]}
    known = {one.id: one for one in read_facts(kinds_of(r), ledger.by_chain(r, ids).values())}
    carried = {row.subject for row in rows if not known.keys() >= set(row.told["sides"])}
    known |= {one.id: one for one in read_facts(kinds_of(r), ledger.of_subjects(r, carried)) if one.id in ids}
    return [
        sorted(
            (known[each] for each in row.told["sides"] if each in known),
            key=lambda one: (one.fact.batch or "", order_key(one.fact)),
        )
        for row in rows
    ]


def tell_sides(r: Reader, world: World, rows: Sequence[ReviewRow]) -> list[Told]:
    """Each side with who, where and when, and an answer that lets it count."""
    found = sides_of(r, rows)
    files: dict[str, str] = dict(r.among(_FILES, {one.fact.batch for sides in found for one in sides if one.fact.batch}))
    kept, names = inventories_of(catalogue(r)), called(r, {about for sides in found for one in sides for about in _meant(one)})
    return [
        _told(world, row, sides, files, kept.get(row.subject.partition(":")[0]), names)
        for row, sides in zip(rows, found, strict=True)
    ]


def _meant(one: ReadFact) -> list[str]:
    """The subjects that the values of a fact's registers may name: a field is called as the sort that it holds the key of."""
    fields = (each.partition("=")[2] for each in one.row.registers)
    return [subject(field, str(one.body[field])) for field in fields if field and one.body.get(field)]


def _told(
    world: World, row: ReviewRow, facts: Sequence[ReadFact], files: dict[str, str], kept: Inventory | None, names: dict[str, str]
) -> Told:  # fmt: skip
    register, now = row.told["register"], max(facts, key=lambda one: order_key(one.fact), default=None)
    field = kept.by_name.get(register) if kept else None
    values = [(field.shown(one.body[register]) or "（空）") if field else _value(world, one, register, names) for one in facts]
    sides = tuple(
        Side(value, laptop(world, one.fact.writer), files.get(one.fact.batch or "", ""),
             minute_text(one.fact.recorded_at), counts=one is now, answer=str(at))
        for at, (value, one) in enumerate(zip(values, facts, strict=True), 1)
    )  # fmt: skip
    title = field.heading if field else _title(row, register, facts)
    if row.many > 1:
        batch = [Answer(side.answer, f"{row.many} 条都按第 {side.answer} 批", acts=True) for side in sides]
        return Told(f"几批导入对 {row.many} 条的{title}说法不同，互不知情。例如：", sides, tuple(batch))
    answers = [Answer(side.answer, f"按这种：{side.value}", acts=True) for side in sides]
    return Told(f"{title}有 {len(facts)} 种说法，互不知情。", sides, tuple(answers))


def _title(row: ReviewRow, register: str, facts: Sequence[ReadFact]) -> str:
    """What people call a register."""
    if register == "listed":
        return "是否列入"
    if register == "name" and row.subject.startswith("unit:"):
        return "名称"
    return _FIELDS.get(register) or next((one.row.called for one in facts), register)


def _value(world: World, one: ReadFact, register: str, names: dict[str, str]) -> str:
    """What a fact says of a register, as people read it."""
    value = value_in(one.row, one.body, register)
    if named := next((names[about] for about in _meant(one) if about in names and about.endswith(f":{value}")), ""):
        return named
    if value == "" and one.row.words and not one.row.partial:
        return one.row.words(world, one.body)
    if register in _OF_UNITS:
        return unit_name(world, str(value))
    if isinstance(value, bool):
        return "是" if value else "否"
    if value is None or isinstance(value, str | int):
        told = "" if value is None else str(value)
        return (mask_phone(told) if register == "phone" else told) or "（空）"
    return f"{one.row.called} {one.row.words(world, one.body) if one.row.words else ''}".strip()


def places_of(sides: Iterable[ReadFact]) -> list[str]:
    """The scopes in which any of the sides was met, each once."""
    return list(dict.fromkeys(scope for one in sides for scope in one.scopes))
