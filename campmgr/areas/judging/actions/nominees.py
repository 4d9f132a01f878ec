"""What the host says of people, teams and units that may get an award: who is to have one and why, and points for units."""

from __future__ import annotations

from collections.abc import Mapping

from campmgr.areas.judging.fold.nominees import nominee_key
from campmgr.areas.judging.queries.nominees import team_line
from campmgr.areas.judging.rules.nominees import FULL, NUMBER, PERSON, TEAM, UNIT, Nominee
from campmgr.areas.judging.settings import Awards, names_of
from campmgr.areas.people.queries.finding import Person
from campmgr.areas.prizes.actions.lasting_words import stays_for_ever
from campmgr.errors import BadInput
from campmgr.facts.activities import Activity
from campmgr.facts.saying import say
from campmgr.ledger.envelope import Draft, Fact, subject
from campmgr.store.door import Writer
from campmgr.wording import hundredths_of

LONGEST_TEAM = 60


def as_unit(unit: str) -> Nominee:
    """A unit, by its id."""
    return Nominee(unit, UNIT, unit)


def as_person(person: Person) -> Nominee:
    """A person, who need not have made a work."""
    return Nominee(person.person, PERSON, person.home)


def as_team(activity: Activity, unit: str, name: str) -> Nominee:
    """A team of a unit, by its name. Raises BadInput for none, an endless one, or one with a number that could be somebody's."""
    name = stays_for_ever(name, "团队名称")
    if len(name) > LONGEST_TEAM:
        raise BadInput(f"团队名称最多 {LONGEST_TEAM} 个字。", reason="too_long", hint="请写简称。")
    return Nominee(team_line(activity.id, unit, name), TEAM, unit, name)


def name_nominee(
    w: Writer, activity: Activity, nominee: Nominee, award: str, reason: str, actor: str = "", client_id: str | None = None
) -> Fact:
    """Say that somebody is to have an award, and why: before others, or where equals are too many (H-23). Raises BadInput for an
    award that is not for such, and without a reason.
    """
    asked = activity.rules[Awards]
    names = names_of(asked.unit_awards if nominee.sort == UNIT else asked.people_awards)
    if award not in names:
        known = "、".join(names) or "还没有"
        raise BadInput(
            f"“{award}”不是给{nominee.sort}的奖。",
            reason="unknown_word",
            hint=f"给{nominee.sort}的奖：{known}；可在规则“奖项”里改。",
        )
    body = {"activity": activity.id, "line": nominee.line, "sort": nominee.sort, "unit": nominee.unit, "name": nominee.name,
            "award": award, "reason": stays_for_ever(reason, "理由")}  # fmt: skip
    return _say(w, activity, nominee.line, "nominee_noted", body, actor, client_id)


def parts_to_rate(activity: Activity) -> tuple[str, ...]:
    """The parts that the host gives points for: all but 数量, which is counted."""
    return tuple(part for part in names_of(activity.rules[Awards].unit_weights) if part != NUMBER)


def rate_unit(
    w: Writer, activity: Activity, unit: str, points: Mapping[str, str], reason: str, actor: str = "", client_id: str | None = None
) -> Fact:
    """Give a unit points of 0 to 100 for these parts, written as numbers with two places at most. Raises BadInput."""
    known, parts = parts_to_rate(activity), dict[str, int]()
    for part, written in points.items():
        if part not in known:
            raise BadInput(f"没有“{part}”这一项可以打分。", reason="unknown_word",
                           hint=f"可以打分的：{'、'.join(known) or '还没有'}；“{NUMBER}”由程序数；可在规则“奖项”里改。")  # fmt: skip
        found = hundredths_of(written)
        if found is None or not 0 <= found <= FULL:
            raise BadInput(f"“{part}”的分数“{written}”不对。", reason="bad_number", hint="请填 0 到 100，最多两位小数。")
        parts[part] = found
    if not parts:
        raise BadInput("请至少给一项打分。", reason="missing_value", hint="留空的项保持原来的分数。")
    body = {"activity": activity.id, "line": unit, "parts": parts, "reason": stays_for_ever(reason, "理由")}
    return _say(w, activity, unit, "nominee_rated", body, actor, client_id)


def _say(
    w: Writer, activity: Activity, line: str, kind: str, body: Mapping[str, object], actor: str, client_id: str | None
) -> Fact:
    about = subject("nominee", nominee_key(activity.id, line))
    return say(w, [Draft(activity.host, kind, about, dict(body), actor=actor, client_id=client_id)])[0].fact
