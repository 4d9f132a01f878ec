-- The ledger and what belongs to this data file alone.
create table meta (
    key text primary key,
    value text not null
) strict, without rowid;

-- Own keys; the private half never leaves the file. Keys of other writers as they came with packs.
create table local_keys (
    writer text primary key,
    private text not null,
    public text not null,
    -- what others close for this file alone
    sealing_private text not null,
    sealing_public text not null,
    -- the order in which the file came by them
    place integer not null
) strict, without rowid;

create table writer_keys (
    writer text primary key,
    public text not null
) strict, without rowid;

create table facts (
    scope text not null,
    writer text not null,
    seq integer not null,
    clock integer not null,
    kind text not null,
    v integer not null,
    subject text not null,
    actor text not null,
    batch text,
    client_id text,
    -- ids of what its writer saw standing, joined by blanks
    replaces text not null,
    happened_on text not null,
    recorded_at text not null,
    digest text not null,
    previous text not null,
    chain text not null,
    salt text,
    body text,
    primary key (scope, writer, seq, chain)
) strict;
-- every fact of the subjects that are re-folded
create index facts_by_subject on facts (subject);
-- is this client id known?
create index facts_by_client_id on facts (client_id) where client_id is not null;
-- what a withdrawn batch touched
create index facts_by_batch on facts (batch) where batch is not null;
-- a fact by its id: corrections, carriers, withdrawals
create index facts_by_chain on facts (chain);

-- what has no body: erased, or left out on the way
create index facts_without_body on facts (subject) where body is null;

create table seals (
    scope text not null,
    writer text not null,
    seq integer not null,
    chain text not null,
    suite text not null,
    signature text not null,
    primary key (scope, writer, seq, chain)
) strict, without rowid;

-- Segments that wait for the one before them: kept as they came, not folded.
create table parked (
    id integer primary key,
    scope text not null,
    writer text not null,
    start integer not null,
    previous text not null,
    seq integer not null,
    chain text not null,
    suite text not null,
    signature text not null,
    unique (scope, writer, start, previous, chain)
) strict;

-- Their facts, a line each, as they came.
create table parked_facts (
    parked integer not null references parked (id) on delete cascade,
    seq integer not null,
    line text not null,
    primary key (parked, seq)
) strict, without rowid;
