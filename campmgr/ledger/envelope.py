"""A fact: an envelope that is chained, a salted body beside it that can be erased, and what scopes and subjects are called."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from json.encoder import encode_basestring as _text
from typing import Any, NamedTuple, cast

from campmgr.ids import canonical, sha256

PUBLIC = "public"
FAMILIES = ("public", "units", "people")
"""Closed by default: a scope of any other family is neither sent nor taken in, until a program knows who may receive it."""

CAMP = "camp"
"""The subject of facts about the camp as a whole."""


@lru_cache(maxsize=4096)
def family_of(scope: str) -> str:
    """The family a scope belongs to; "" for one that is of none: unknown, or not of its family's form."""
    family, _, place = scope.partition("/")
    fits = family in FAMILIES and bool(place) != (family == PUBLIC) and "/" not in place
    return family if fits else ""


def units_scope(province: str) -> str:
    """The scope of the tree below this province."""
    return f"units/{province}"


def people_scope(unit: str) -> str:
    """The scope of the people whose home is this unit."""
    return f"people/{unit}"


def scope_unit(scope: str) -> str | None:
    """The unit of a people scope, None for any other."""
    return scope[7:] if scope.startswith("people/") else None


def subject(sort: str, key: str) -> str:
    """A subject: `person:…`, `unit:…`, `lesson:…`, `work:…`, `node:…`, `batch:…`, `list:…`, `code:…`, `totals:…`,
    `summary:…`, `calendar:…`.
    """
    return f"{sort}:{key}"


def are_ids(values: Sequence[object]) -> bool:
    """Whether these are ids of facts, each once and in order, as `replaces` lists them."""
    fit = all(isinstance(each, str) and len(each) == 64 and not each.strip("0123456789abcdef") for each in values)
    return fit and all(a < b for a, b in pairwise(cast("Sequence[str]", values)))


def subject_key(text: str) -> str:
    """The key part of a subject."""
    return text.partition(":")[2]


class Fact(NamedTuple):
    """One immutable fact as it stands in the ledger. `chain` is its id, `previous` that of the fact before it in its stream (kept,
    since of a forked stream nobody could tell without trying them all); `body` and `salt` are None once erased.

    `replaces`: the ids of the tips that its writer had before its eyes, joined by blanks; "" for none (docs/ledger.md#registers).
    """

    scope: str
    writer: str
    seq: int
    clock: int
    kind: str
    v: int
    subject: str
    actor: str
    batch: str | None
    client_id: str | None
    replaces: str
    happened_on: str
    recorded_at: str
    digest: str
    previous: str
    chain: str
    salt: str | None
    body: str | None


class Draft(NamedTuple):
    """A fact before it has a place in a stream: what an action wants to say.

    Scope and version come from the kind's row. `place` is the unit whose people it is about, the province whose tree, "" for what
    stands in public; of a withdrawal the scope of what it takes back. `replaces`: what a form or a file showed as standing when
    this was said; what stands of the registers it fills is added by the door (`facts/saying.py`).
    """

    place: str
    kind: str
    subject: str
    body: dict[str, Any]
    actor: str = ""
    happened_on: str = ""
    batch: str | None = None
    client_id: str | None = None
    replaces: tuple[str, ...] = ()


class Stream(NamedTuple):
    """Who wrote where: the unit of numbering, chaining and sealing."""

    scope: str
    writer: str


class Head(NamedTuple):
    """The last place of a stream: its number, chain value and clock."""

    seq: int
    chain: str
    clock: int


def genesis(campaign: str, stream: Stream) -> Head:
    """What stands before the first fact of a stream."""
    return Head(0, sha256(canonical([campaign, stream.scope, stream.writer])), 0)


def digest_of(salt: str, body: str) -> str:
    """SHA-256 over the salt's bytes and the canonical body. Raises ValueError for what is no hex or no Unicode text."""
    return hashlib.sha256(bytes.fromhex(salt) + body.encode()).hexdigest()


def body_fits(fact: Fact) -> bool:
    """Whether body and salt are those that the digest was made of."""
    try:
        return fact.body is not None and fact.salt is not None and digest_of(fact.salt, fact.body) == fact.digest
    except ValueError:
        return False


def envelope_text(campaign: str, fact: Fact) -> str:
    """The canonical envelope: everything that is chained, nothing that can be erased."""
    # Written out, each name in its place: what `canonical` makes of a mapping, in less than half the time, once for every fact.
    text, null = _text, "null"
    return (
        f'{{"actor":{text(fact.actor)},"batch":{null if fact.batch is None else text(fact.batch)}'
        f',"campaign":{text(campaign)},"client_id":{null if fact.client_id is None else text(fact.client_id)}'
        f',"clock":{fact.clock},"digest":{text(fact.digest)},"happened_on":{text(fact.happened_on)},"kind":{text(fact.kind)}'
        f',"recorded_at":{text(fact.recorded_at)},"replaces":[{",".join(map(text, fact.replaces.split()))}]'
        f',"scope":{text(fact.scope)},"seq":{fact.seq},"subject":{text(fact.subject)},"v":{fact.v},"writer":{text(fact.writer)}}}'
    )


def chain_of(previous: str, envelope: str) -> str:
    """The next chain value: SHA-256 over the previous one's bytes and the canonical envelope."""
    return hashlib.sha256(bytes.fromhex(previous) + envelope.encode()).hexdigest()


class Pen:
    """Writes facts of one stream. What is chained of many of them alike is put into words once: a file of 100,000 rows is as many
    facts or more. The text is that of `envelope_text`.
    """

    def __init__(self, campaign: str, stream: Stream, recorded_at: str, salts: Iterator[str]) -> None:
        self.stream = stream
        self._campaign, self._recorded_at, self._salts = campaign, recorded_at, salts
        self._scope = f'],"scope":{_text(stream.scope)},"seq":'
        self._about: dict[tuple[str, int, str, str | None], tuple[str, str, str]] = {}

    def write(self, draft: Draft, v: int, head: Head, clock: int) -> Fact:
        """The fact a draft becomes after the stream's last one, in version `v` of its kind."""
        scope, writer = self.stream
        seq, previous, _ = head
        _, kind, about, told, actor, happened_on, batch, client_id, replaces = draft
        body, salt, day = canonical(told), next(self._salts), happened_on or self._recorded_at[:10]
        digest, ids, seq = digest_of(salt, body), sorted(set(replaces)) if replaces else (), seq + 1
        begin, middle, end = self._about.get((kind, v, actor, batch)) or self._parts(kind, v, actor, batch)
        chain = chain_of(
            previous,
            f'{begin}{"null" if client_id is None else _text(client_id)},"clock":{clock},"digest":"{digest}"'
            f',"happened_on":{_text(day)}{middle}{",".join(map(_text, ids))}{self._scope}{seq},"subject":{_text(about)}{end}',
        )
        return Fact(scope, writer, seq, clock, kind, v, about, actor, batch, client_id, " ".join(ids), day, self._recorded_at,
                    digest, previous, chain, salt, body)  # fmt: skip

    def _parts(self, kind: str, v: int, actor: str, batch: str | None) -> tuple[str, str, str]:
        """What stands before the client id, before what is replaced, and after the subject."""
        begin = f'{{"actor":{_text(actor)},"batch":{"null" if batch is None else _text(batch)},"campaign":{_text(self._campaign)}'
        middle = f',"kind":{_text(kind)},"recorded_at":{_text(self._recorded_at)},"replaces":['
        parts = (f'{begin},"client_id":', middle, f',"v":{v},"writer":{_text(self.stream.writer)}}}')
        self._about[kind, v, actor, batch] = parts
        return parts
