"""Every report of a model, counted from nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from tests.facts.model import FOREVER, LINES, UNIT_REPORTS, ZERO, Amounts, Model, Seen, plus

Where = tuple[str, str, list[str]]
Rows = dict[str, Amounts]


def recount(model: Model, by: str, day: str = "") -> tuple[Rows, Amounts, Amounts]:
    """(rows, unassigned, total) of a report as of a day, today without one."""
    day = day or FOREVER
    rows: Rows = dict.fromkeys(codes(model, by), ZERO)
    unassigned = total = ZERO
    for where, amounts in _everything(model, day):
        total = plus(total, amounts)
        hit = _rows_of(model, by, where, day)
        for code in hit & rows.keys():
            rows[code] = plus(rows[code], amounts)
        if not hit:
            unassigned = plus(unassigned, amounts)
    return rows, unassigned, total


def codes(model: Model, by: str) -> list[str]:
    """Which rows a report has."""
    if by == "line":
        return list(LINES)
    if by == "kind":
        return ["活动组织机构", "企事业单位", "职工", "学校师生", "社区(村)居民", "社会公众", "outside"]
    if by == "city":
        return [unit for unit, told in model.units.items() if told.kind == "市" or unit in model.city_level] + ["3500"]
    kind = "县" if by == "county" else UNIT_REPORTS[by][0]
    return [
        unit
        for unit, told in model.units.items()
        if told.kind == kind and all(model.units[above].participating for above in model.path(unit, FOREVER)[1:])
    ]


def _everything(model: Model, day: str) -> Iterator[tuple[Where, Amounts]]:
    marks, conditions, likes = (model.standing(facts) for facts in (model.marks, model.conditions, model.likes))
    for group in model.groups():
        if not model.registered(group[:1]):
            continue
        where = model.place(group, day)
        if where[0] != "outside":
            own = [[seen for seen in some.values() if seen.subject in group] for some in (marks, conditions)]
            yield where, model.amounts(group, day, *own)
        for key, work in model.works.items():
            if work.author in group and work.counts:
                yield where, _work(work.day, [seen for seen in likes.values() if seen.subject == key], day)


def _work(start: str, readings: list[Seen], day: str) -> Amounts:
    """A work is there from its day on or from its first reading; the last reading of the last day counts."""
    readings = sorted((seen for seen in readings if seen.day <= day), key=lambda seen: seen.what)
    if start > day and not readings:
        return ZERO
    return (0, 0, 0, 0, 0, 0, 1, readings[-1].value or 0 if readings else 0)


def _rows_of(model: Model, by: str, where: Where, day: str) -> set[str]:
    kind, home, others = where
    if by == "kind":
        return {kind}
    above = model.path(home, day)
    if by == "city":
        return {next((unit for unit in above if model.units[unit].kind == "市" or unit in model.city_level), "3500")}
    if by == "county":
        return {unit for unit in above if model.units[unit].kind == "县"} or set()
    lines: dict[str, str] = {}
    for unit in (home, *others):
        if line := model.line(unit):
            lines.setdefault(line, unit)
    if by == "line":
        return set(lines)
    unit_kind, line = UNIT_REPORTS[by]
    return {unit for unit in model.path(lines[line], day) if model.units[unit].kind == unit_kind} if line in lines else set()


def by_parent(model: Model, day: str) -> dict[str, Amounts]:
    """Region rows of every unit: children and those at home in the unit itself are the parent."""
    rows: dict[str, Amounts] = defaultdict(lambda: ZERO)
    for (_, home, _), amounts in _everything(model, day):
        for unit in model.path(home, day):
            rows[unit] = plus(rows[unit], amounts)
    return rows


def by_line(model: Model, day: str) -> dict[tuple[str, str], Amounts]:
    """Rows of every unit, by (its code, a line): of the line "" those at home in it and below, of a line its members there."""
    rows: dict[tuple[str, str], Amounts] = defaultdict(lambda: ZERO)
    for (unit, line, _), amounts in by_kind(model, day).items():
        rows[unit, line] = plus(rows[unit, line], amounts)
    return rows


def by_kind(model: Model, day: str) -> dict[tuple[str, str, str], Amounts]:
    """The same rows, each kind of participant by itself: by (code, line, kind)."""
    rows: dict[tuple[str, str, str], Amounts] = defaultdict(lambda: ZERO)
    for (kind, home, others), amounts in _everything(model, day):
        lines: dict[str, str] = {"": home}
        for unit in (home, *others):
            if line := model.line(unit):
                lines.setdefault(line, unit)
        for line, unit in lines.items():
            for each in model.path(unit, day):
                rows[each, line, kind] = plus(rows[each, line, kind], amounts)
    return rows
