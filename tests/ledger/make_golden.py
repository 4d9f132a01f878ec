"""Writes the golden file of every kind and version that has none yet: `python -m tests.ledger.make_golden`.

A golden file is never written again: what one version has put into a ledger, every later version must read and prove.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from campmgr.areas.whole import CATALOGUE
from campmgr.ledger.carrier import CARRIERS, DETAILS_CARRIER, wrap
from campmgr.ledger.envelope import Draft, Fact, Head, Stream, chain_of, digest_of, envelope_text, genesis
from campmgr.ledger.kinds import Home, Kind, scope_of
from tests.ledger.writing import write_fact

FOLDER = Path(__file__).parent / "golden"
SUMS = FOLDER / "SHA256SUMS"

CAMPAIGN = "c0" * 16
WRITER = "ab" * 16
SALT = "5a" * 16
CLOCK = 1_686_369_600_000_000
RECORDED_AT = "2023-06-10T12:00:00+08:00"

_SAMPLES: dict[str, object] = {
    "text": "𠮷安县“逃生演练” 1/2\n",
    "text?": None,
    "int": 750,
    "int?": None,
    "flag": True,
    "list": [["people/350102", "甲", 3], []],
    "map": {"乙": [1, 2], "a": {"b": "c"}, "": None},
}
_PLACES = {Home.PUBLIC: "", Home.UNITS: "35", Home.PEOPLE: "350102-0001", Home.WHERE_IT_REACHES: "people/350102-0001"}


def golden_path(kind: Kind) -> Path:
    """Where the golden file of a kind and version stands."""
    return FOLDER / f"{kind.name}.v{kind.v}.json"


def draft_of(kind: Kind) -> Draft:
    """The sample draft of a kind: every field of its body filled by its type."""
    body: dict[str, Any] = {name: _SAMPLES[sort] for name, sort in kind.body.items()}
    if kind.name in CARRIERS:
        inner = Draft("350103", "membership_ended", "person:1", {"unit": "350103"}, happened_on="2023-06-09")
        if kind.name == DETAILS_CARRIER:
            inner = Draft("350103", "person_details_changed", "person:1", {"name": "张三"}, happened_on="2023-06-09")
        body = wrap(CAMPAIGN, fixed_fact(inner))
    about = f"{kind.subjects[0]}:0f0f"
    return Draft(_PLACES[kind.home], kind.name, about, body, "联络员", "2023-06-10", "b" * 32, "d" * 32, ("e" * 64,))


def fixed_fact(draft: Draft, v: int = 0) -> Fact:
    """The first fact of its stream that a draft becomes, in today's version or another, with a salt that is not random."""
    head = head_of(draft)
    fact = write_fact(CAMPAIGN, _stream_of(draft), v or CATALOGUE.kinds[draft.kind].v, head, CLOCK, RECORDED_AT, draft)
    fact = fact._replace(salt=SALT, digest=digest_of(SALT, fact.body or ""))
    return fact._replace(chain=chain_of(head.chain, envelope_text(CAMPAIGN, fact)))


def head_of(draft: Draft) -> Head:
    """What stands before a golden fact."""
    return genesis(CAMPAIGN, _stream_of(draft))


def _stream_of(draft: Draft) -> Stream:
    return Stream(scope_of(CATALOGUE.kinds[draft.kind], draft.place), WRITER)


def record_of(draft: Draft) -> dict[str, Any]:
    """What a golden file holds."""
    fact = fixed_fact(draft)
    fields = ("place", "kind", "subject", "actor", "happened_on", "batch", "client_id", "replaces", "body")
    return {
        "draft": {name: getattr(draft, name) for name in fields},
        "scope": fact.scope,
        "v": fact.v,
        "campaign": CAMPAIGN,
        "writer": WRITER,
        "clock": CLOCK,
        "recorded_at": RECORDED_AT,
        "salt": SALT,
        "previous": head_of(draft).chain,
        "envelope": envelope_text(CAMPAIGN, fact),
        "digest": fact.digest,
        "chain": fact.chain,
    }


def main() -> None:
    """Write what is missing and note its sum."""
    FOLDER.mkdir(exist_ok=True)
    for kind in CATALOGUE.kinds.values():
        path = golden_path(kind)
        if not path.exists():
            path.write_text(json.dumps(record_of(draft_of(kind)), ensure_ascii=False, indent=1) + "\n", "utf-8")
            with SUMS.open("a", encoding="utf-8") as sums:
                sums.write(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n")


if __name__ == "__main__":
    main()
