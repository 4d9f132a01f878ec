"""A judge's form of a round: the works that wait for this judge, in an order of the judge's own, with what may be shown of them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from campmgr.areas.entries.settings import INTERACTIVE, Entries
from campmgr.areas.judging.queries.judges import names_of_judges, seats_of, seats_of_judge
from campmgr.areas.judging.queries.rounds import RoundLine
from campmgr.areas.judging.rules.score_form import FormWork, ScoreForm, form_code, in_drawn_order
from campmgr.areas.judging.settings import Judging
from campmgr.clock import minute_text
from campmgr.errors import Refused
from campmgr.facts.activities import Activity
from campmgr.facts.world import World
from campmgr.store.door import Reader
from campmgr.store.ledger import own_sealing_keys

_SHOWN = ("作品", "海报")
"""Files of these roles go into a pack; scripts and proofs bear names."""


class FormFile(NamedTuple):
    """A file of a work in a pack: its name there, which says nothing, and the SHA-256 by which it is found."""

    name: str
    sha256: str


class JudgeForm(NamedTuple):
    """A form with the files that belong to it."""

    form: ScoreForm
    files: tuple[FormFile, ...]


def form_of(r: Reader, world: World, activity: Activity, line: RoundLine, judge: str) -> JudgeForm:
    """The form of a judge: assigned works without those the judge is recused from. Raises Refused where there is none."""
    own = [entry for entry, _ in seats_of_judge(r, world, activity, line, judge).active()]
    name = names_of_judges(r, [judge]).get(judge, "—")
    if not own:
        raise Refused(
            f"“{line.name}”没有分给{name}的作品。",
            hint="请先在“评审”页分派。",
            at_console=f"请先分派：campmgr judging assign {line.name}",
        )
    files = files_of(r, own)
    told = {
        row[0]: row for row in r.among("select entry, title, class, theme, words, link from entries where entry in (:keys)", own)
    }
    works = []
    for entry in in_drawn_order(own, line.round.seed, judge):
        _, title, kind, theme, words, link = told[entry]
        names = tuple(each.name for each in files[entry])
        works.append(
            FormWork(entry, title, kind, theme, "" if line.round.blind else words, link if kind == INTERACTIVE else "", names)
        )
    one, asked = line.round, activity.rules[Judging]
    anchors = tuple((marks.strip(), words.strip()) for marks, _, words in (each.partition("=") for each in asked.anchors))
    until = minute_text(one.closes_at) if one.closes_at else ""
    form = ScoreForm(form_code(one.form, judge), activity.rules[Entries].name, one.name, name, one.names, one.scale, one.step,
                     anchors, tuple(works), own_sealing_keys(r)[0].public, until)  # fmt: skip
    return JudgeForm(form, tuple(each for work in works for each in files[work.entry]))


def judge_of_form(
    r: Reader, world: World, activity: Activity, code: str, lines: tuple[RoundLine, ...]
) -> tuple[RoundLine, str] | None:
    """Whose form bears a code: (round, judge); None for none of this activity. A form that was made for one of a merged judge's ids
    is the judge's still.
    """
    for line in lines:
        judges = {judge for _, judge in seats_of(r, world, activity, line).assigned}
        former: dict[str, str] = dict(r.among("select person, stands_for from aliases where stands_for in (:keys)", judges))
        for each, judge in {**{each: each for each in judges}, **former}.items():
            if form_code(line.round.form, each) == code:
                return line, judge
    return None


_SUFFIX = re.compile(r"\.[a-z0-9]{1,5}")


def _suffix(name: str) -> str:
    """The ending of a name; "" for one that is none of a format's and may say who made it."""
    ending = Path(name).suffix.lower()
    return ending if _SUFFIX.fullmatch(ending) else ""


def files_of(r: Reader, entries: Iterable[str]) -> dict[str, list[FormFile]]:
    """The files of works that a judge sees, by work, each under a name that says nothing of who made it."""
    found: dict[str, list[FormFile]] = defaultdict(list)
    rows = r.among("select entry, role, sha256, name from entry_files where entry in (:keys)", entries)
    for entry, role, digest, name in sorted(rows):
        if role in _SHOWN:
            found[entry].append(FormFile(f"{entry[:8]}-{len(found[entry]) + 1}{_suffix(name)}", digest))
    return found
