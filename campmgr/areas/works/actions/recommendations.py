"""Saying where a work was recommended to, and how far that has come (F-25)."""

from __future__ import annotations

from campmgr.areas.people.queries.finding import Person
from campmgr.areas.works.actions.works import place_of_work
from campmgr.areas.works.queries.recommendations import STATES
from campmgr.clock import parse_day, today_of
from campmgr.errors import BadInput
from campmgr.facts.saying import say
from campmgr.ledger.envelope import Draft, Fact, subject
from campmgr.store.door import Writer

LONGEST_OUTLET, LONGEST_NOTE = 60, 200


def recommend(
    w: Writer, work: str, author: Person, outlet: str, state: str, *, on: str = "", note: str = "", actor: str = "",
    client_id: str | None = None,
) -> Fact:  # fmt: skip
    """Note how far a work has come with an outlet; the last word for an outlet stands. Raises BadInput, NotAllowed."""
    outlet, note = outlet.strip(), note.strip()
    if not outlet or len(outlet) > LONGEST_OUTLET:
        raise BadInput(f"请写推荐给哪里，最多 {LONGEST_OUTLET} 字。", reason="missing_value", hint="例如规则里的推荐播出渠道。")
    if state not in STATES:
        raise BadInput(f"没有“{state}”这种状态。", reason="unknown_word", hint="可用：" + "、".join(STATES.values()))
    if len(note) > LONGEST_NOTE:
        raise BadInput(f"备注最多 {LONGEST_NOTE} 字，现在是 {len(note)} 字。", reason="too_long", hint="请写简短些。")
    today = today_of(w.clock)
    try:
        day = parse_day(on) if on else today
    except ValueError as problem:
        raise BadInput(f"“{on}”不是日期。", reason="bad_date", hint="请写成 2023-07-03。") from problem
    if day > today:
        raise BadInput("这个日期还没有到。", reason="bad_date", hint="请填已经发生的日期。")
    body = {"outlet": outlet, "state": state, "note": note}
    place = place_of_work(w, work, author)
    return say(
        w, [Draft(place, "work_recommended", subject("work", work), body, actor=actor, client_id=client_id, happened_on=day)]
    )[0].fact
