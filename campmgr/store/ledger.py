"""The ledger as it is stored: append, look up, read streams. Knows nothing of what facts mean."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import cast

from campmgr.ids import canonical, sha256
from campmgr.ledger.envelope import Fact, Head, Stream, genesis
from campmgr.ledger.hpke import SealingKey
from campmgr.ledger.seal import KeyPair, Seal
from campmgr.store.door import Fresh, Reader, Row, Writer

_COLUMNS = ", ".join(Fact._fields)
_INSERT = (
    f"insert into facts ({_COLUMNS}) values ({', '.join('?' * len(Fact._fields))})"  # noqa: S608 - our own column names
    " on conflict (scope, writer, seq, chain) do nothing"
)
_SELECT = f"select {_COLUMNS} from facts"  # noqa: S608 - our own column names


def append(w: Writer, facts: Iterable[Fact]) -> int:
    """Store facts that are not there yet; how many were new. Chain and seal have been checked by the caller."""
    w.fresh = None
    return w.many(_INSERT, facts)


_MANY = 50
"""As many facts appended at once are worth remembering."""


def append_own(w: Writer, facts: Sequence[Fact]) -> None:
    """Store facts that this file has just written. Where they are many `of_subjects` knows them until they are folded (`forget`):
    whoever folds an import would else read all of it back.
    """
    if w.fresh is None and len(facts) >= _MANY:
        w.fresh = Fresh(last_place(w), {})
    w.many(_INSERT, facts)
    if w.fresh:
        for fact in facts:
            w.fresh.facts.setdefault(fact.subject, []).append(fact)


def forget(w: Writer) -> None:
    """From now on read all facts from the file."""
    w.fresh = None


def head(r: Reader, campaign: str, stream: Stream) -> Head:
    """The end of a stream; of a forked one the branch that got furthest (then the larger chain value)."""
    row = r.one(
        "select seq, chain, clock from facts where scope = :scope and writer = :writer order by seq desc, chain desc limit 1",
        **stream._asdict(),
    )
    return Head(*row) if row else genesis(campaign, stream)


def streams(r: Reader) -> list[Stream]:
    """Every stream of which something is held, found by skipping through the key's index."""
    return [
        Stream(*row)
        for row in r.all("""
        with recursive next_stream (scope, writer) as (
            select * from (select scope, writer from facts order by scope, writer limit 1)
            union all
            select (select scope from facts where (scope, writer) > (n.scope, n.writer) order by scope, writer limit 1),
                   (select writer from facts where (scope, writer) > (n.scope, n.writer) order by scope, writer limit 1)
            from next_stream n where n.scope is not null
        ) select scope, writer from next_stream where scope is not null""")
    ]


def sealed_streams(r: Reader) -> list[Stream]:
    """Every stream of which a seal is held."""
    return [Stream(*row) for row in r.all("select distinct scope, writer from seals")]


def holds(r: Reader, stream: Stream, seq: int, chain: str) -> bool:
    """Whether this very fact of a stream is held."""
    return r.one("select 1 from facts where scope = :scope and writer = :writer and seq = :seq and chain = :chain",
                 **stream._asdict(), seq=seq, chain=chain) is not None  # fmt: skip


def holds_any(r: Reader, scopes: Iterable[str]) -> bool:
    """Whether anything of one of these scopes is held."""
    return any(True for _ in r.among("select distinct scope from facts where scope in (:keys)", scopes))


def last_of(r: Reader, stream: Stream) -> list[Fact]:
    """The last fact of a stream that is not forked, if it has any."""
    return [Fact._make(row) for row in r.all(
        _SELECT + " where scope = :scope and writer = :writer order by seq desc limit 1", **stream._asdict())]  # fmt: skip


def is_forked(r: Reader, stream: Stream) -> bool:
    """Whether a stream holds two facts with one number: a copied or restored file wrote on under its old id."""
    row = r.one("select count(*), max(seq) from facts where scope = :scope and writer = :writer", **stream._asdict())
    return row is not None and row[0] != row[1]


def predecessors(r: Reader, stream: Stream) -> dict[str, str]:
    """Of each fact of a stream the chain value before it: what a fork is followed by."""
    return dict(r.each("select chain, previous from facts where scope = :scope and writer = :writer", **stream._asdict()))


def of_subjects(r: Reader, subjects: Iterable[str], kinds: Collection[str] = ()) -> Iterator[Fact]:
    """The facts about these subjects, all or those of some kinds, in no order."""
    named = {f"kind{place}": kind for place, kind in enumerate(sorted(kinds))}
    of_kinds = f" and kind in ({', '.join(':' + name for name in named)})" if named else ""
    if r.fresh is None:
        yield from map(Fact._make, r.among(_SELECT + " where subject in (:keys)" + of_kinds, subjects, **named))
        return
    place, fresh, about = r.fresh.place, r.fresh.facts, list(dict.fromkeys(subjects))
    older = " where subject in (:keys) and rowid <= :place"
    yield from map(Fact._make, r.among(_SELECT + older + of_kinds, about, place=place, **named))
    for each in about:
        yield from (fact for fact in fresh.get(each, ()) if not kinds or fact.kind in kinds)


def of_scope(r: Reader, scope: str) -> Iterator[Fact]:
    """All facts of one scope, stream by stream."""
    return map(Fact._make, r.each(_SELECT + " where scope = :scope order by writer, seq, chain", scope=scope))


def of_scopes(r: Reader, family: str) -> Iterator[Fact]:
    """All facts of every scope "family/…", stream by stream."""
    return map(Fact._make, r.each(
        _SELECT + " where scope >= :low and scope < :high order by scope, writer, seq, chain",
        low=family + "/", high=family + "0",
    ))  # fmt: skip


def beside(r: Reader, family: str, sort: str) -> Iterator[Fact]:
    """What is said in every scope "family/…" of subjects that are not of a sort."""
    return map(Fact._make, r.each(
        _SELECT + " where scope >= :low and scope < :high and not (subject >= :first and subject < :last)",
        low=family + "/", high=family + "0", first=sort + ":", last=sort + ";"))  # fmt: skip


def subjects_told_more(r: Reader, sort: str) -> set[str]:
    """The subjects of a sort of which more than one fact speaks."""
    return {row[0] for row in r.each(
        "select subject from facts where subject >= :low and subject < :high group by subject having count(*) > 1",
        low=sort + ":", high=sort + ";")}  # fmt: skip


def told_more(r: Reader, subjects: Iterable[str]) -> set[str]:
    """Those of these subjects of which more than one fact speaks."""
    return {row[0] for row in r.among(
        "select subject from facts where subject in (:keys) group by subject having count(*) > 1", subjects)}  # fmt: skip


def of_stream(r: Reader, stream: Stream, after: int = 0, upto: int = 2**62) -> Iterator[Fact]:
    """The facts of a stream in order; of a forked one both branches, side by side."""
    return map(Fact._make, r.each(
        _SELECT + " where scope = :scope and writer = :writer and seq > :after and seq <= :upto order by seq, chain",
        **stream._asdict(), after=after, upto=upto,
    ))  # fmt: skip


def by_chain(r: Reader, chains: Iterable[str]) -> dict[str, Fact]:
    """Facts by their ids; unknown ids are left out."""
    return {fact.chain: fact for fact in map(Fact._make, r.among(_SELECT + " where chain in (:keys)", chains))}


def by_chain_prefix(r: Reader, prefix: str) -> list[Fact]:
    """At most two facts whose id begins so: ids are long, people type their beginning."""
    return [Fact._make(row) for row in r.all(
        _SELECT + " where chain >= :low and chain < :high limit 2", low=prefix, high=prefix + "g")]  # fmt: skip


def by_client_id(r: Reader, client_ids: Iterable[str]) -> Iterator[Fact]:
    """Facts that carry one of these client ids."""
    return map(Fact._make, r.among(_SELECT + " where client_id in (:keys)", client_ids))


def subjects_of_batches(r: Reader, batches: Iterable[str], sort: str) -> set[str]:
    """The subjects of a sort ("person", "work", …) that the batches speak of."""
    return {row[0] for row in r.among(
        "select distinct subject from facts where batch in (:keys) and subject >= :low and subject < :high",
        batches, low=sort + ":", high=sort + ";")}  # fmt: skip


def is_spoken_of(r: Reader, subject: str) -> bool:
    """Whether any fact is about a subject."""
    return r.one("select 1 from facts where subject = :subject limit 1", subject=subject) is not None


def subjects_of_stream(r: Reader, stream: Stream) -> set[str]:
    """What a stream speaks of."""
    return {row[0] for row in r.all(
        "select distinct subject from facts where scope = :scope and writer = :writer", **stream._asdict())}  # fmt: skip


def subjects(r: Reader, sort: str) -> Iterator[str]:
    """Every subject of a sort ("person", "work", …), in order."""
    return (row[0] for row in r.each(
        "select distinct subject from facts where subject >= :low and subject < :high order by subject",
        low=sort + ":", high=sort + ";"))  # fmt: skip


def add_seals(w: Writer, sealed: Iterable[tuple[Stream, Seal]]) -> None:
    """Keep seals; one that is there already stays."""
    rows = [(*stream, *mark) for stream, mark in sealed]
    last: dict[Stream, _End] = {}
    for scope, writer, seq, chain, *_ in rows:
        stream = Stream(scope, writer)
        last[stream] = max((seq, chain), last.get(stream, _NO_END))
    difference = 0
    for stream, end in last.items():
        if end > (before := _end(w, stream)):
            difference += _head(stream, end) - _head(stream, before)
    w.many(
        "insert into seals (scope, writer, seq, chain, suite, signature) values (?, ?, ?, ?, ?, ?)"
        " on conflict (scope, writer, seq, chain) do nothing",
        rows,
    )
    _change_heads(w, difference)


def heads(r: Reader) -> str:
    """A digest of the last seals of all streams held: equal where the same is held, whatever came first.

    The sum of one hash for each stream, kept by difference, so that nobody has to look at 20,000 streams to say it.
    """
    return r.meta("heads", "0" * 64)


_End = tuple[int, str]
"""Number and chain value of the last seal of a stream; of one without any those of none."""

_NO_END: _End = (0, "")


def _end(r: Reader, stream: Stream) -> _End:
    sql = "select seq, chain from seals where scope = :scope and writer = :writer order by seq desc, chain desc limit 1"
    row = r.one(sql, scope=stream.scope, writer=stream.writer)
    return (row[0], row[1]) if row else _NO_END


def _head(stream: Stream, end: _End) -> int:
    """What a stream adds to the digest of heads."""
    return int(sha256(canonical([*stream, *end])), 16) if end != _NO_END else 0


def _change_heads(w: Writer, difference: int) -> None:
    if difference:
        w.set_meta("heads", f"{(int(heads(w), 16) + difference) % 2**256:064x}")


def seals_of(r: Reader, stream: Stream, after: int = 0) -> list[Seal]:
    """The seals of a stream in order, beyond a number."""
    return [Seal(*row) for row in r.all(
        "select seq, chain, suite, signature from seals where scope = :scope and writer = :writer and seq > :after"
        " order by seq, chain", **stream._asdict(), after=after)]  # fmt: skip


def ends(r: Reader) -> dict[Stream, tuple[int, str]]:
    """Number and chain value of the last seal of every stream, of a forked one of its longest branch; found by skipping."""
    return {
        Stream(scope, writer): (seq, chain)
        for scope, writer, seq, chain in r.each("""
        with recursive each_stream (scope, writer) as (
            select * from (select scope, writer from seals order by scope, writer limit 1)
            union all
            select (select scope from seals where (scope, writer) > (n.scope, n.writer) order by scope, writer limit 1),
                   (select writer from seals where (scope, writer) > (n.scope, n.writer) order by scope, writer limit 1)
            from each_stream n where n.scope is not null
        ) select e.scope, e.writer, s.seq, s.chain from each_stream e join seals s on s.scope = e.scope and s.writer = e.writer
        and (s.seq, s.chain) = (select seq, chain from seals t where t.scope = e.scope and t.writer = e.writer
                                order by seq desc, chain desc limit 1)""")
    }


def without_body(r: Reader) -> dict[Stream, int]:
    """How many facts of each stream have no body here, erased or left out on the way; streams that have all are left out."""
    # by `scope` alone the engine would walk every fact in the order of the key, to spare itself a sort of next to nothing
    rows = r.all("select min(scope), writer, count(*) from facts where body is null group by scope || '', writer")
    return {Stream(scope, writer): count for scope, writer, count in rows}


def erase_bodies(w: Writer, chains: Iterable[str]) -> None:
    """Remove body and salt; envelope, digest and chain stay."""
    forget(w)
    w.many("update facts set body = null, salt = null where chain = ?", [(chain,) for chain in chains])


def restore_bodies(w: Writer, facts: Iterable[Fact]) -> int:
    """Give a body back to facts that arrived without one; how many had been without. The digest was checked by the caller."""
    forget(w)
    return w.many(
        "update facts set body = ?, salt = ? where scope = ? and writer = ? and seq = ? and chain = ? and body is null",
        [(fact.body, fact.salt, fact.scope, fact.writer, fact.seq, fact.chain) for fact in facts if fact.body is not None],
    )


def purge_scope(w: Writer, scope: str) -> set[str]:
    """Remove everything of a scope that this node has lost; what it spoke of comes back, to be folded again."""
    forget(w)
    gone = {row[0] for row in w.all("select distinct subject from facts where scope = :scope", scope=scope)}
    w.run("delete from facts where scope = :scope", scope=scope)
    writers = w.all("select distinct writer from seals where scope = :scope", scope=scope)
    streams = [Stream(scope, writer) for (writer,) in writers]
    _change_heads(w, -sum(_head(stream, _end(w, stream)) for stream in streams))
    w.run("delete from seals where scope = :scope", scope=scope)
    w.run("delete from parked where scope = :scope", scope=scope)
    return gone


def own_key(r: Reader, writer: str = "") -> KeyPair:
    """The key this file writes with, or that of an earlier writer of this very file."""
    writer = writer or r.meta("writer")
    known = r.known.get(f"key {writer}")
    if known is None:
        row = r.one("select private, public from local_keys where writer = :writer", writer=writer)
        if row is None:
            raise LookupError("a data file without its key")
        known = r.known[f"key {writer}"] = KeyPair(*row)
    return cast("KeyPair", known)


def own_sealing_key(r: Reader, writer: str = "") -> SealingKey:
    """The key that others close for what this file alone may read, or that of an earlier writer of this very file."""
    sql = "select sealing_private, sealing_public from local_keys where writer = :writer"
    row = r.one(sql, writer=writer or r.meta("writer"))
    if row is None:
        raise LookupError("a data file without its key")
    return SealingKey(*row)


def own_sealing_keys(r: Reader) -> list[SealingKey]:
    """Every sealing key this file ever had, the newest first: what was closed for it yesterday still opens."""
    return [SealingKey(*row) for row in r.all("select sealing_private, sealing_public from local_keys order by place desc")]


def public_keys(r: Reader) -> dict[str, str]:
    """Writer id -> public key, of every writer met."""
    return dict(r.all("select writer, public from writer_keys"))


def add_public_keys(w: Writer, keys: Iterable[tuple[str, str]]) -> None:
    """Keep public keys (writer, key)."""
    w.many("insert into writer_keys (writer, public) values (?, ?) on conflict (writer) do nothing", keys)


def last_place(r: Reader) -> int:
    """Where the last fact of this file stands, in the order in which they came here; 0 for none."""
    return int(r.value("select max(rowid) from facts") or 0)


def told_since(r: Reader, place: int) -> Iterator[tuple[str, str | None]]:
    """Kind and body of each fact that came after a place."""
    yield from r.each("select kind, body from facts where rowid > :place order by rowid", place=place)


def bodies_upto(r: Reader, place: int) -> int:
    """How many facts up to a place have their bodies; all are looked at."""
    return int(r.value("select count(*) from facts where rowid <= :place and body is not null", place=place) or 0)


def said_since(r: Reader, place: int, most: int) -> list[Row]:
    """(id, kind, batch, whether its batch had begun before) of the facts that came after a place, at most so many."""
    sql = """select f.chain, f.kind, f.batch, exists (select 1 from facts o where o.batch = f.batch and o.rowid <= :place)
             from facts f where f.rowid > :place order by f.rowid limit :most"""
    return r.all(sql, place=place, most=most)
