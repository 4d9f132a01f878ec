"""Who would get which award now, from an opened round: by the order of scores, fit notes and the host's rules (H-19, H-20)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import partial

from campmgr.accounts.queries import unit_name
from campmgr.areas.entries.queries.votes import readings_of
from campmgr.areas.entries.rules.checking import class_named
from campmgr.areas.entries.rules.votes import blended
from campmgr.areas.entries.settings import Blend, Entries
from campmgr.areas.judging.queries.judged import Judged
from campmgr.areas.judging.rules.award_list import AwardRow, quoted
from campmgr.areas.judging.rules.giving import Award, Cut, Filled, Given, Ranked, Terms, fill, passed_over
from campmgr.areas.judging.rules.leaning import Places, first, leaning_of, leaning_words, standings
from campmgr.areas.judging.rules.methods import Reckoned, placing, reckon
from campmgr.areas.judging.rules.nominees import Named
from campmgr.areas.judging.settings import METHODS, Awards, names_of, numbers_of
from campmgr.errors import Refused
from campmgr.facts.activities import Activity
from campmgr.facts.world import World
from campmgr.settings.rules import Rules
from campmgr.store.door import Reader

NEXT = 20
"""How many works after the last award are told, so that the next one can read why."""

REVOKED, TIED, AFTER = "revoked", "tied", "next"
LEFT_OUT = {REVOKED: "取消了资格", TIED: "同分，名额放不下", AFTER: "排在名额之外"}
"""Why a work has no award, in words."""


@dataclass(frozen=True, slots=True)
class DraftRow:
    """An award as it would be given. `few`: why its score stands on too few judges or parts, "" where there are enough; `row`: as a
    list has it.
    """

    given: Given
    title: str
    unit: str
    unit_name: str
    few: str
    row: AwardRow

    @property
    def is_work(self) -> bool:
        """Whether a work has it, and no person or unit."""
        return bool(self.row.entry)

    @property
    def called(self) -> str:
        """Whose it is, in a sentence."""
        return quoted(self.title) if self.is_work else self.title

    @property
    def remark(self) -> str:
        """What to know of it: the note for whoever did not come by order, a tie, too few marks; "" for nothing."""
        return "；".join(filter(None, (self.given.fit, "同分" if self.given.tied else "", self.few)))

    @property
    def score(self) -> str:
        """The score, with four places; "" for a person or team, who have none."""
        return score_text(self.row.score)


@dataclass(frozen=True, slots=True)
class AwardsDraft:
    """What would be frozen. `leaning`: sentences on what hangs on one judge or method, by award; `titles`: of every work by id;
    `left_out`: (entry, why); `works_undecided`: awards of works of which nobody has said how many there are; `others`: awards
    of people and of units.
    """

    judged: Judged
    method: str
    rows: tuple[DraftRow, ...]
    filled: Filled
    ranked: tuple[Ranked, ...]
    titles: Mapping[str, str]
    units: Mapping[str, str]
    left_out: tuple[tuple[str, str], ...]
    leaning: Mapping[str, str]
    works_undecided: tuple[str, ...]
    skipped: Mapping[str, tuple[str, ...]]
    others: tuple[Named, ...] = ()

    def quoted(self, entry: str) -> str:
        """A work in a sentence."""
        return quoted(self.titles.get(entry, "—"))

    @property
    def few(self) -> tuple[DraftRow, ...]:
        """Rows that stand on too few judges."""
        return tuple(row for row in self.rows if row.few)

    @property
    def cuts(self) -> tuple[Cut, ...]:
        """Ties at the last slot."""
        return (*self.filled.cuts, *self.ties)

    @property
    def ties(self) -> tuple[Cut, ...]:
        """Ties of people and units, which the host decides by a note."""
        return tuple(cut for each in self.others for cut in each.filled.cuts)

    @property
    def over(self) -> tuple[str, ...]:
        """Awards with more notes than slots."""
        return (*self.filled.over, *(name for each in self.others for name in each.filled.over))

    @property
    def empty(self) -> dict[str, int]:
        """Slots that stay empty, by award."""
        return {name: count for each in (self.filled, *(one.filled for one in self.others)) for name, count in each.empty.items()}

    @property
    def undecided(self) -> tuple[str, ...]:
        """Awards that are given by notes alone, since nobody has said how many there are, or by what."""
        return (*self.works_undecided, *(award.name for each in self.others for award in each.awards if award.slots is None))


@dataclass(frozen=True, slots=True)
class Heads:
    """What is asked of works here: title, unit, class, theme by id, and which of them were revoked."""

    told: Mapping[str, tuple[str, str, str, str]]
    revoked: frozenset[str]


def score_text(score: int) -> str:
    """A score in ten-thousandths with its four places; "" for a line that has none."""
    return f"{score // 10_000}.{score % 10_000:04}" if score else ""


def heads_of(r: Reader, entries: Collection[str]) -> Heads:
    """Works in a few words."""
    rows = r.among("select entry, title, unit, class, theme from entries where entry in (:keys) and listed = 1", entries)
    ways = r.among("select entry, revoked from entry_ways where entry in (:keys)", entries)
    lost = frozenset(entry for entry, revoked in ways if "参选" in revoked or "获奖" in revoked)
    return Heads({row[0]: (row[1], row[2], row[3], row[4]) for row in sorted(rows)}, lost)


def fits_of(r: Reader, activity: Activity) -> dict[tuple[str, str], str]:
    """(award, entry) -> the note of the host."""
    sql = "select award, entry, reason from award_fits where activity = :activity and unit = :host order by award, entry"
    return {(award, entry): reason for award, entry, reason in r.all(sql, activity=activity.id, host=activity.host)}


def awards_in(rules: Rules, heads: Heads) -> tuple[Award, ...]:
    """The awards of works. One that names a class or theme in brackets at its end is for works of that alone: 优秀作品（图片类）."""
    asked, slots = rules[Awards].classes, numbers_of(rules[Awards].classes)
    return tuple(Award(name, slots.get(name), _takes(name, rules, heads)) for name in names_of(asked))


def draft_of(
    r: Reader,
    world: World,
    activity: Activity,
    judged: Judged,
    *,
    rules: Rules | None = None,
    fits: Mapping[tuple[str, str], str] | None = None,
    out: Collection[str] | None = None,
    vacant: Sequence[str] = (),
) -> AwardsDraft:
    """The awards as they would be given. Raises Refused while the round is closed, or the weight of votes is not decided.

    `rules`, `fits`, `out` (works that take no part; None: those that are revoked now) and `vacant` (an award for each slot that
    stays empty) are given where a frozen list is made again.
    """
    rules = rules or activity.rules
    heads = heads_of(r, judged.entries)
    gone = heads.revoked if out is None else frozenset(out)
    reckoned = reckon(judged.marked, judged.frame)
    blend = _Blend(r, activity, rules)
    ranked = _ranked(blend.scores(reckoned, judged.method, gone), reckoned)
    awards = [
        each if each.slots is None else each._replace(slots=max(0, each.slots - vacant.count(each.name)))
        for each in awards_in(rules, heads)
    ]
    notes = fits_of(r, activity) if fits is None else fits
    terms = _terms(rules, judged)
    filled = fill(awards, ranked, notes, terms)
    rows = tuple(_row(world, each, heads, reckoned, judged.per_work) for each in filled.rows)
    tied = {entry for cut in filled.cuts for entry in cut.entries if entry not in cut.got}
    got = {each.entry for each in filled.rows}
    after = [(each.entry, TIED if each.entry in tied else AFTER) for each in ranked if each.entry not in got][:NEXT]
    return AwardsDraft(
        judged, judged.method, rows, filled, tuple(ranked), {entry: told[0] for entry, told in heads.told.items()},
        {entry: told[1] for entry, told in heads.told.items()},
        (*((entry, REVOKED) for entry in sorted(gone & judged.entries)), *after),
        _leaning(judged, reckoned, blend, filled, awards, gone, notes, terms),
        tuple(each.name for each in awards if each.slots is None),
        passed_over(filled, ranked, awards),
    )  # fmt: skip


def rule_text(rules: Rules, judged: Judged) -> str:
    """By which rule awards were given, in a sentence for the list."""
    asked, blend = rules[Awards], rules[Blend]
    weighed = "、".join(f"{name}（权重 {weight}）" for name, weight in judged.round.criteria)
    parts = [f"{judged.round.name}，{METHODS[judged.method]}，{weighed}，满分 {judged.round.scale}，折合百分"]
    if blend.decided and blend.votes_percent:
        parts.append(f"网络投票占 {blend.votes_percent}%")
    at_cut = {
        "all": "名额处同分的都给",
        "tie_break": f"名额处同分的先比{asked.tie_by or '抽签'}，再按种子抽签",
        "none_beyond": "名额处同分放不下的都不给",
    }
    weights = "、".join(f"{name} {weight}" for name, weight in numbers_of(asked.unit_weights).items())
    others = (
        f"{'、'.join(names_of(asked.people_awards))}按作品获奖、展播、入围、报送的件数先后"
        if numbers_of(asked.people_awards)
        else "",
        f"{'、'.join(names_of(asked.unit_awards))}按{weights}加权" if numbers_of(asked.unit_awards) and weights else "",
    )
    return "；".join(filter(None, (*parts, at_cut[asked.at_cut], f"一件作品最多 {asked.per_entry} 个奖", *others)))


class _Blend:
    """Experts' scores with the share of votes that the rules give them."""

    def __init__(self, r: Reader, activity: Activity, rules: Rules) -> None:
        self._asked, self._votes = rules[Blend], _votes(r, activity)
        if self._votes and not self._asked.decided:
            raise Refused("票数和专家各占多少还没有定。", hint="请先在规则“票数与专家”里定下比重，再定奖。")

    def scores(self, reckoned: Reckoned, method: str, gone: Collection[str]) -> dict[str, Decimal]:
        """Every work's score that takes part, blended where votes count."""
        experts = {entry: score for entry, score in reckoned.scores(method).items() if score is not None and entry not in gone}
        if not (self._votes and self._asked.votes_percent):
            return experts
        votes = {entry: self._votes.get(entry, 0) for entry in experts}
        return blended(votes, experts, self._asked.votes_percent, self._asked.votes_as)


def _votes(r: Reader, activity: Activity) -> dict[str, int]:
    last = {(each.entry, each.channel): each.votes for each in readings_of(r, activity)}
    found: dict[str, int] = defaultdict(int)
    for (entry, _), votes in last.items():
        found[entry] += votes
    return dict(found)


def _ranked(scores: Mapping[str, Decimal], reckoned: Reckoned) -> list[Ranked]:
    return [
        Ranked(entry, place, int(scores[entry].scaleb(4)), reckoned.works[entry].marks) for entry, place in placing(scores).items()
    ]


def _takes(name: str, rules: Rules, heads: Heads) -> frozenset[str] | None:
    if not name.endswith("）"):
        return None
    inner = name[name.rfind("（") + 1 : -1]
    asked = rules[Entries]
    if class_named(inner) in asked.classes:
        return frozenset(entry for entry, told in heads.told.items() if told[2] == class_named(inner))
    return frozenset(entry for entry, told in heads.told.items() if told[3] == inner) if inner in asked.themes else None


def _terms(rules: Rules, judged: Judged) -> Terms:
    asked = rules[Awards]
    given: dict[str, list[int]] = defaultdict(list)
    for at in [at for at, name in enumerate(judged.round.names) if name == asked.tie_by]:
        for each in judged.marked:
            given[each.entry].append(each.marks[at])
    means = {entry: Fraction(sum(marks), len(marks)) for entry, marks in given.items()}
    return Terms(asked.at_cut, asked.per_entry, judged.round.seed, lambda entry: means.get(entry, Fraction(0)))


def _row(world: World, given: Given, heads: Heads, reckoned: Reckoned, per_work: int) -> DraftRow:
    title, unit, _, _ = heads.told.get(given.entry, ("", "", "", ""))
    marks = reckoned.works[given.entry].marks
    few = f"只有 {marks} 份评分，少于 {per_work}" if marks < per_work else ""
    row = AwardRow(given.award, given.place, given.entry, given.score, unit)
    return DraftRow(given, title, unit, unit_name(world, unit), few, row)


def _leaning(
    judged: Judged, reckoned: Reckoned, blend: _Blend, filled: Filled, awards: Sequence[Award], gone: Collection[str],
    notes: Mapping[tuple[str, str], str], terms: Terms,
) -> dict[str, str]:  # fmt: skip
    """What hangs on one judge or one method, award by award, as far as scores alone decide: the works down to its last slot; of an
    award for one class or theme the works that would get it, once those before it are given.
    """
    if blend.scores(reckoned, judged.method, gone) != {k: v for k, v in reckoned.scores(judged.method).items() if k not in gone}:
        return {}
    kept = [each for each in judged.marked if each.entry not in gone] if gone else judged.marked
    whole, found, slots = standings(kept, judged.frame, judged.method), dict[str, str](), 0
    noted = {each.award for each in filled.rows if each.fit}
    for at, award in enumerate(awards):
        slots += award.slots or 0
        if award.slots and award.name not in noted:
            winners = (
                partial(first, slots=slots) if award.takes is None else partial(_winners, awards[: at + 1], slots, notes, terms)
            )
            found[award.name] = leaning_words(award.name, leaning_of(whole, winners), judged.names)
    return {name: words for name, words in found.items() if words}


def _winners(
    awards: Sequence[Award], slots: int, notes: Mapping[tuple[str, str], str], terms: Terms, places: Places
) -> tuple[str, ...]:
    """Who would get the last of these awards by these places. Looked at are the works that any of them can reach: every slot and
    every award ends a level of equals at most.
    """
    reach = slots + len(awards) + len(notes)
    able = {entry for _, entry in notes}
    for takes in {award.takes for award in awards}:
        some = places if takes is None else {entry: place for entry, place in places.items() if entry in takes}
        able.update(first(some, max(sorted(set(some.values()))[:reach], default=0)))
    ranked = [Ranked(entry, place, -place, 0) for entry, place in places.items() if entry in able]
    return tuple(each.entry for each in fill(awards, ranked, notes, terms).rows if each.award == awards[-1].name)
