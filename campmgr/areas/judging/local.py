"""Of this data file alone: which account a judge marks with, and what was put aside half marked. None of it ever travels."""

from __future__ import annotations

import json
from collections.abc import Mapping

from campmgr.store.door import Reader, Writer

_JUDGE = "coalesce(a.stands_for, j.person)"
_BOUND = "from local_judges j left join aliases a on a.person = j.person"


def bind_judge(w: Writer, account: str, person: str) -> None:
    """From now on this account marks as this judge, and no other does, under whatever id; "" for nobody."""
    w.run("delete from local_judges where account = :account or person = :person"
          " or person in (select person from aliases where stands_for = :person)", account=account, person=person)  # fmt: skip
    if person:
        w.run("insert into local_judges (account, person) values (:account, :person)", account=account, person=person)


def judge_of(r: Reader, account: str) -> str:
    """The person that an account marks as, of a merged one the id that stands; "" for none."""
    return str(r.value(f"select {_JUDGE} {_BOUND} where account = :account", account=account) or "")


def bound_accounts(r: Reader) -> dict[str, str]:
    """Accounts by the judges who mark with them."""
    found: dict[str, str] = dict(r.all(f"select {_JUDGE}, account {_BOUND}"))
    return found


def put_aside(w: Writer, account: str, activity: str, round_: str, entry: str, typed: Mapping[str, str]) -> None:
    """Keep what was typed of a work; nothing where there is nothing to keep."""
    asked = {"account": account, "activity": activity, "round": round_, "entry": entry}
    w.run("delete from local_half_marked where account = :account and activity = :activity and round = :round"
          " and entry = :entry", **asked)  # fmt: skip
    if typed:
        w.run(
            "insert into local_half_marked (account, activity, round, entry, typed) values (:account, :activity, :round, :entry,"
            " :typed)", typed=json.dumps(dict(typed), ensure_ascii=False), **asked)  # fmt: skip


def aside_of(r: Reader, account: str, activity: str, round_: str) -> dict[str, dict[str, str]]:
    """What an account has put aside in a round, by work."""
    rows = r.all("select entry, typed from local_half_marked where account = :account and activity = :activity and round = :round",
                 account=account, activity=activity, round=round_)  # fmt: skip
    return {entry: json.loads(typed) for entry, typed in rows}
