"""What the program printed beside what the recount found; every difference is one sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.acceptance import tables
from tests.acceptance.make_inputs import Made
from tests.acceptance.program import run
from tests.acceptance.recount import Person, Recount
from tests.acceptance.tables import KEYS, Tally

_HUNDREDTHS = {"hours", "credited", "missing"}


def imported(made: Made, said: Mapping[str, Any], *, again: bool) -> list[str]:
    """An import's counts and rejects; `again`: the same file once more, when nothing may be new or changed."""
    good = made.new + made.changed + made.unchanged
    counts = (0, 0, good) if again else (made.new, made.changed, made.unchanged)
    wanted = dict(zip(("rows", "new", "changed", "unchanged", "rejected"), (made.rows, *counts, len(made.rejects)), strict=True))
    rejects, notes = ([(each["row"], each["reason"]) for each in said[key]] for key in ("rejects", "notes"))
    where = f"import {made.path.name}{' again' if again else ''}"
    return [
        *_differences(where, wanted, {key: said[key] for key in wanted}),
        *_differences(f"{where}, rejects", Counter(made.rejects), Counter(rejects)),
        *_differences(f"{where}, notes", Counter(made.notes), Counter(notes)),
    ]


def report(camp: Recount, data_file: Path, by: str, until: str = "") -> list[str]:
    """`report units --by`: rows, the rest, the total, what row sums exceed it by. Up to a day only what that day decides."""
    said = run(data_file, "report", "units", "--by", by, *(["--as-of", until] if until else []))
    mine = tables.report(camp, by, until or "9999")
    keys: tuple[str, ...] = ("learning", "completed", "certified", "hours", "likes") if until else KEYS
    rows = {row["code"]: row for row in said["rows"]}
    found = _differences(f"{by}: codes", Counter(list(mine.rows)), Counter(row["code"] for row in said["rows"]))
    for code in mine.rows.keys() & rows.keys():
        found += _tally(f"{by} {code}", keys, mine.rows[code], rows[code])
        name = code if by == "line" else camp.units[code].name
        wanted = {"name": name, "expected": mine.expected[code]}
        found += _differences(f"{by} {code}", wanted, {key: rows[code][key] for key in wanted})
    found += _tally(f"{by} unassigned", keys, mine.unassigned, said["unassigned"])
    found += _tally(f"{by} total", keys, mine.total, said["total"])
    found += _tally(f"{by} overlap", keys, mine.overlap, said["overlap"])
    return found + _differences(f"{by} total", {"expected": mine.total_expected}, {"expected": said["total"]["expected"]})


def standings(camp: Recount, data_file: Path, at: str, limit: int) -> list[str]:
    """`report standings`: places, names, likes, units and cities, and how many stand beyond the cut."""
    said = run(data_file, "report", "standings", "--at", at, "--limit", str(limit))
    lines, tied = tables.standings(camp, at, limit)
    names = camp.units
    wanted = Counter((line.place, line.name, line.likes, names[line.unit].name, names[line.city].name) for line in lines)
    given = Counter((row["place"], row["name"], row["likes"], row["unit"], row["city"]) for row in said["rows"])
    where = f"standings at {at}"
    order = [row["place"] for row in said["rows"]]
    return [
        *_differences(where, wanted, given),
        *_differences(where, {"tied_at_cut": tied}, {"tied_at_cut": said["tied_at_cut"]}),
        *([] if order == sorted(order) else [f"{where}: rows do not stand in the order of their places"]),
    ]


def people(camp: Recount, data_file: Path, some: Iterable[Person]) -> list[str]:
    """`report hours`: class-hours, what is missing, conditions."""
    found: list[str] = []
    for person in some:
        said, mine = run(data_file, "report", "hours", "--person", person.number), tables.hours(camp, person)
        found += _tally(f"hours of {person.number}", tuple(mine), mine, said)
        minutes = {lesson["lesson"]: lesson["minutes"] for lesson in said["lessons"]}
        found += _differences(f"minutes of {person.number}", tables.minutes(person), minutes)
        if sum(Decimal(lesson["credited"]) for lesson in said["lessons"]) != Decimal(said["credited"]):
            found.append(f"hours of {person.number}: the lessons' credits are not the sum")
    return found


def behind(camp: Recount, data_file: Path, units: Iterable[str]) -> list[str]:
    """`report behind`: who joined and is not ready."""
    found: list[str] = []
    for unit in units:
        said = run(data_file, "report", "behind", "--unit", unit)
        found += _differences(f"behind {unit}", Counter(tables.behind(camp, unit)), Counter(row["name"] for row in said["rows"]))
    return found


def sample(camp: Recount) -> list[Person]:
    """Those on both sides of exactly 8 课时, those with the most works, and a few more; all with a number of their own."""
    authors = Counter(work.author for work in camp.works.values() if work.author.joined)
    wanted = [*camp.people[1:6], *(person for person, _ in authors.most_common(3))]
    return [person for person in dict.fromkeys(wanted) if len(camp.persons_called(person.number)) == 1]


def _tally(where: str, keys: tuple[str, ...], mine: Tally, said: Mapping[str, Any]) -> list[str]:
    given = {key: int(Decimal(said[key]) * 100) if key in _HUNDREDTHS else said[key] for key in keys}
    wrong_form = [f"{where}: {key} is no text like 7.50" for key in keys if key in _HUNDREDTHS and not isinstance(said[key], str)]
    return wrong_form + _differences(where, {key: mine[key] for key in keys}, given)


def _differences(where: str, mine: Mapping[Any, Any], given: Mapping[Any, Any]) -> list[str]:
    keys = [*mine, *(key for key in given if key not in mine)]
    return [f"{where}: {key}: recount {mine.get(key)}, program {given.get(key)}" for key in keys if mine.get(key) != given.get(key)]
