"""A round of judging as it was set: what is weighed, by which marks, how many judges a work has, by which method it counts (H-18).

Marks are kept in hundredths; what is marked otherwise than by the round's own steps is no mark and is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from campmgr.areas.judging.settings import METHODS, Judging, numbers_of
from campmgr.errors import BadInput
from campmgr.ids import canonical, sha256
from campmgr.wording import hundredths_of, normal

LONGEST_NAME = 20
MOST_JUDGES = 50


@dataclass(frozen=True, slots=True)
class Round:
    """One round. `criteria`: (name, weight) in order; `step`: hundredths; `classes`, `entries`: () for every work there is.

    `closes_at`: an instant, "" where nothing closes it; `trim_from`, `standard_from`: as the activity's rules say.
    """

    activity: str
    name: str
    criteria: tuple[tuple[str, int], ...]
    scale: int
    step: int
    per_work: int
    blind: bool
    method: str
    seed: str
    closes_at: str
    classes: tuple[str, ...] = ()
    entries: tuple[str, ...] = ()
    trim_from: int = 5
    standard_from: int = 5

    @property
    def form(self) -> str:
        """What a sheet of marks must bear to be one of this round: the digest of what is marked, and how."""
        return sha256(canonical([self.activity, self.name, [name for name, _ in self.criteria], self.scale, self.step]))

    @property
    def digest(self) -> str:
        """The digest of all that it is judged by."""
        return sha256(canonical(self.told()))

    @property
    def weights(self) -> tuple[int, ...]:
        """The weights in the order of the criteria."""
        return tuple(weight for _, weight in self.criteria)

    @property
    def names(self) -> tuple[str, ...]:
        """The criteria in order."""
        return tuple(name for name, _ in self.criteria)

    def told(self) -> dict[str, Any]:
        """What a fact says of it, but for its reason and digest."""
        return {
            "activity": self.activity, "name": self.name, "classes": list(self.classes), "entries": list(self.entries),
            "criteria": [f"{name}={weight}" for name, weight in self.criteria], "scale": self.scale, "step": self.step,
            "per_work": self.per_work, "blind": self.blind, "method": self.method, "seed": self.seed, "closes_at": self.closes_at,
        }  # fmt: skip

    @property
    def choices(self) -> tuple[int, ...]:
        """Every mark that can be given, in hundredths, the least first."""
        return tuple(range(0, self.scale * 100 + 1, self.step))


def round_of(body: Mapping[str, Any], rules: Judging) -> Round:
    """The round that a fact set."""
    criteria = tuple(numbers_of(map(str, body["criteria"])).items())
    return Round(
        body["activity"], body["name"], criteria, body["scale"], body["step"], body["per_work"], body["blind"], body["method"],
        body["seed"], body["closes_at"], tuple(map(str, body["classes"])), tuple(map(str, body["entries"])),
        rules.trim_from, rules.standard_from,
    )  # fmt: skip


def refuse_round(one: Round) -> None:
    """Raises BadInput for what no round can be judged by."""
    if not 0 < len(one.name) <= LONGEST_NAME or not one.name.replace("-", "").replace("_", "").isalnum():
        raise BadInput(f"轮次名用 1 到 {LONGEST_NAME} 个字，只用文字、数字、短横。", reason="wrong_usage", hint="例如 初评、复评。")
    if not one.criteria or not any(one.weights):
        raise BadInput("至少要有一项标准的权重大于 0。", reason="missing_value", hint="例如 科学性=1。")
    if not 0 < one.per_work <= MOST_JUDGES:
        raise BadInput(f"每件作品的评委数请填 1 到 {MOST_JUDGES}。", reason="out_of_range")
    if not 0 < one.scale <= 100 or one.step < 1 or one.scale * 100 % one.step:
        raise BadInput("满分请填 1 到 100，每档能整除满分。", reason="out_of_range", hint="例如满分 10、每档 0.5。")
    if one.method not in METHODS:
        raise BadInput(f"没有“{one.method}”这种算法。", reason="unknown_word", hint=f"可以是：{'、'.join(METHODS)}。")
    if not one.seed:
        raise BadInput("请写一个抽签种子：任何几个字都行，同样的种子分出同样的结果。", reason="missing_value")


def mark_text(hundredths: int) -> str:
    """A mark as people write it: 850 is 8.5."""
    whole, rest = divmod(hundredths, 100)
    return f"{whole}.{rest:02}".rstrip("0") if rest else str(whole)


def read_mark(one: Round, criterion: str, typed: str) -> int:
    """A mark in hundredths as somebody typed it. Raises BadInput for none, one out of the scale, one between two steps."""
    text = normal(typed).strip()
    if not text:
        raise BadInput(f"“{criterion}”没有打分。", reason="missing_value", hint="不评这件作品的，请选弃权或回避。")
    found = hundredths_of(text)
    if found is None:
        raise BadInput(
            f"“{criterion}”的“{typed.strip()[:20]}”不是分数。", reason="bad_number", hint=f"请填 0 到 {one.scale} 的数。"
        )
    refuse_mark(one, criterion, found)
    return found


def refuse_mark(one: Round, criterion: str, hundredths: int) -> None:
    """Raises BadInput for a mark that the round does not know."""
    told = f"“{criterion}”的 {mark_text(max(hundredths, 0))}"
    if not 0 <= hundredths <= one.scale * 100:
        raise BadInput(f"{told} 不在 0 到 {one.scale} 之间。", reason="out_of_range")
    if hundredths % one.step:
        raise BadInput(f"{told} 不在档上：每档 {mark_text(one.step)} 分。", reason="out_of_range")


def checked_marks(one: Round, marks: Mapping[str, int]) -> dict[str, int]:
    """All marks of a work, in the order of the criteria. Raises BadInput for one too few, too many or wrong."""
    if unknown := [name for name in marks if name not in one.names]:
        raise BadInput(f"这一轮没有“{unknown[0]}”这项标准。", reason="unknown_word", hint=f"标准是：{'、'.join(one.names)}。")
    for name in one.names:
        if name not in marks:
            raise BadInput(f"“{name}”没有打分。", reason="missing_value", hint="不评这件作品的，请选弃权或回避。")
        refuse_mark(one, name, marks[name])
    return {name: marks[name] for name in one.names}


def criteria_of(lines: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """Criteria with their weights from lines "name=weight". Raises BadInput."""
    told: Sequence[str] = [line.strip() for line in lines if line.strip()]
    found = numbers_of(told)
    if len(found) != len(told):
        raise BadInput("标准请写成“名称=权重”，每项一次。", reason="bad_number", hint="例如 科学性=1、故事性=2。")
    return tuple(found.items())
