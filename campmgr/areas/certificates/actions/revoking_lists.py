"""Many certificates revoked by a list: looked at row by row first, each row accounted for, then all in one transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from campmgr.areas.certificates.actions.revoking import revoke_all
from campmgr.areas.certificates.queries.held import find_held
from campmgr.areas.people.queries.finding import people_by_id
from campmgr.errors import NotFound
from campmgr.facts import world as worlds
from campmgr.facts.saying import may_write
from campmgr.ids import is_certificate_number
from campmgr.store.door import Reader, Writer
from campmgr.store.identity import WRITER
from campmgr.typed_codes import certificate_number_in

_LONGEST_REASON = 200


@dataclass(frozen=True, slots=True)
class WantedRow:
    """A row as the list has it; `reason` is "" where it gives none."""

    row: int
    number: str
    reason: str


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """What becomes of a row: to be revoked (`result` "new"), revoked already ("known"), or "rejected" for a reason."""

    row: int
    number: str
    name: str
    why: str
    result: str
    reason: str = ""
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class RevocationPlan:
    """Every row of a list, in its order."""

    rows: tuple[PlannedRow, ...]

    def count(self, result: str) -> int:
        """How many rows come to a result."""
        return sum(each.result == result for each in self.rows)


def plan_revocations(r: Reader, wanted: Iterable[WantedRow], reason: str, within: Collection[str] | None = None) -> RevocationPlan:
    """What revoking a list comes to; `reason` stands for rows that give none, `within` are the units one may act for."""
    seen: set[str] = set()
    return RevocationPlan(tuple(_planned(r, each, reason, within, seen) for each in wanted))


def revoke_planned(w: Writer, plan: RevocationPlan, actor: str = "") -> int:
    """Revoke the rows that are new, in one go; how many that were."""
    fresh = [(each.number, each.why) for each in plan.rows if each.result == "new"]
    if fresh:
        revoke_all(w, fresh, actor)
    return len(fresh)


def _planned(r: Reader, wanted: WantedRow, otherwise: str, within: Collection[str] | None, seen: set[str]) -> PlannedRow:
    number, why = certificate_number_in(wanted.number), wanted.reason or otherwise.strip()
    name, problem = _problem(r, number, why, within)
    if not problem and number in seen:
        problem = ("repeated_row", "这个编号在名单里出现了两次，只算前一次。")
    seen.add(number)
    if problem:
        result = "known" if problem[0] == "known" else "rejected"
        return PlannedRow(wanted.row, number, name, why, result, "" if result == "known" else problem[0], problem[1])
    return PlannedRow(wanted.row, number, name, why, "new")


def _problem(r: Reader, number: str, why: str, within: Collection[str] | None) -> tuple[str, tuple[str, str] | None]:
    """(the holder's name, (reason, sentence) for not revoking)."""
    if not number:
        return "", ("missing_value", "没有证书编号。")
    if not is_certificate_number(number):
        return "", ("bad_check_digits", f"“{number[:60]}”不是证书编号，或输错了（末位是校验位）。")
    try:
        held = find_held(r, number)
    except NotFound:
        held = None
    if held is None or (within is not None and held.home not in within):
        return "", ("unknown_certificate", f"没有编号为 {number} 的证书，或不在您的范围内。")
    name = people_by_id(r, [held.person])[held.person].shown_name
    return name, _refusal(r, held.state, held.home, why)


def _refusal(r: Reader, state: str, home: str, why: str) -> tuple[str, str] | None:
    if state == "revoked":
        return "known", "已经撤销过。"
    if state == "superseded":
        return "conflict", "已经换发，不用再撤销；要撤销的是换发后的新证书。"
    if not may_write(worlds.load(r), r.meta(WRITER), home):
        return "not_granted", "这份数据文件没有持有人所在单位的授权。"
    if not why:
        return "missing_value", "没有写原因；请在表里写，或统一填写一个。"
    if len(why) > _LONGEST_REASON:
        return "too_long", f"原因最多 {_LONGEST_REASON} 个字，现在是 {len(why)} 个。"
    return None
