-- Packs that this file has made: a receipt answers one of them. Rows of this data file alone, as all below.
create table local_packs_made (
    pack text primary key,
    -- in the order of making
    number integer not null unique,
    made_at text not null,
    facts integer not null,
    -- for whom, with the writers that each was known by then: {node: [writer]}
    made_for text not null
) strict, without rowid;

-- What neighbours say they hold: the newest receipts of each writer, of which the last few count where its file was copied.
create table local_receipts (
    receipt text primary key,
    -- what its giver calls it, where a later one goes on from it
    mark text not null,
    node text not null,
    writer text not null,
    -- the pack that it answers, and which of its giver's receipts it is
    pack text not null,
    number integer not null,
    given_at text not null,
    heard_at text not null,
    -- how many facts of that pack were new there, known, set aside
    told text not null,
    -- the digest of what is held there
    state text not null
) strict, without rowid;

-- What is held somewhere, stream by stream, compressed: a row for all receipts that say the same.
create table local_held_states (
    state text primary key,
    lines blob not null
) strict, without rowid;

-- What this file has told each neighbour it holds: of each stream a hash of what was told last, and by which receipt first.
create table local_given_lines (
    node text not null,
    scope text not null,
    writer text not null,
    line text not null,
    number integer not null,
    primary key (node, scope, writer)
) strict, without rowid;

-- The last receipts for each neighbour: a later one may say what is otherwise since.
create table local_given (
    node text not null,
    mark text not null,
    number integer not null,
    primary key (node, mark)
) strict, without rowid;

-- What laptops further up have signed about what they hold; it came with receipts, and is passed on with this file's own.
create table local_held_above (
    scope text not null,
    writer text not null,
    node text not null,
    -- the signer's key, which of its receipts it was, what it holds, and its signature
    key text not null,
    number integer not null,
    points text not null,
    signature text not null,
    primary key (scope, writer, node)
) strict, without rowid;

-- Of each neighbour's packs the newest: when it was made, when it came, how many facts it had.
create table local_packs_heard (
    node text primary key,
    made_at text not null,
    heard_at text not null,
    facts integer not null,
    new integer not null
) strict, without rowid;

-- How far a neighbour holds a stream, as its packs have shown: a receipt for it names that point where this file holds it too.
create table local_shown (
    node text not null,
    scope text not null,
    writer text not null,
    seq integer not null,
    chain text not null,
    primary key (node, scope, writer)
) strict, without rowid;
