"""Where else a name stands: reasons and other free texts, which no erasure reaches, for whoever erases to see."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from campmgr.areas.people.kinds import DETAILS
from campmgr.clock import local_text
from campmgr.facts.catalogue import kinds_of
from campmgr.ledger.envelope import scope_unit
from campmgr.ledger.kinds import Kinds
from campmgr.store.door import Reader

_MOST = 50
_SHORTEST = 2
"""Characters of a name that is looked for; a single one stands in every text."""


_WITH_WORDS = f"and body glob '*[^ -~]*' and kind not in ('person_registered', '{DETAILS}', 'progress_told')"
"""As the index `facts_with_words` says: bodies with other characters than ASCII, where a name that has such can stand."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A text with the name in it: what sort of record, on which day, and the text."""

    what: str
    day: str
    text: str


def mentions(r: Reader, name: str, is_theirs: Callable[[str], bool] | None = None) -> tuple[Mention, ...]:
    """Free texts of the ledger that hold a name, the newest first; details that an erasure takes away are left out.

    `is_theirs`: whose units' records the reader may see; whoever sits at the machine sees all.
    """
    if len(name) < _SHORTEST:
        return ()
    kinds = kinds_of(r)
    going = ",".join(repr(kind) for kind, row in kinds.items() if row.erasable)
    looked = "" if name.isascii() else _WITH_WORDS
    sql = f"""select kind, recorded_at, body, scope from facts where instr(body, :name) and kind not in ({going}) {looked}
              order by clock desc, chain limit :most"""  # noqa: S608 - names of kinds are ours
    rows = r.all(sql, name=json.dumps(name, ensure_ascii=False)[1:-1], most=_MOST)
    return tuple(
        Mention(_called(kinds, kind), local_text(at)[:10], text)
        for kind, at, body, scope in rows
        if is_theirs is None or is_theirs(scope_unit(scope) or "")
        for text in _texts(json.loads(body))
        if name in text
    )


def _called(kinds: Kinds, kind: str) -> str:
    return (kinds[kind].called if kind in kinds else "") or "记录"


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)
