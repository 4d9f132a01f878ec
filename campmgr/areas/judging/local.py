"""Of this data file alone: which account a judge marks with, and what was put aside half marked. None of it ever travels."""

from __future__ import annotations

import json
from collections.abc import Mapping

from campmgr.store.door import Reader, Writer


def bind_judge(w: Writer, account: str, person: str) -> None:
    """From now on this account marks as this judge, and no other does; "" for nobody."""
    w.run("delete from local_judges where account = :account or person = :person", account=account, person=person)
    if person:
        w.run("insert into local_judges (account, person) values (:account, :person)", account=account, person=person)


def judge_of(r: Reader, account: str) -> str:
    """The person that an account marks as; "" for none."""
    return str(r.value("select person from local_judges where account = :account", account=account) or "")


def bound_accounts(r: Reader) -> dict[str, str]:
    """Accounts by the judges who mark with them."""
    found: dict[str, str] = dict(r.all("select person, account from local_judges"))
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
