-- Files that were imported, by the batch they became: what a list of imports shows, and where like counts come from.
create table imports (
    batch text not null,
    fact text not null,
    -- the unit in whose people scope the fact stands
    unit text not null,
    kind text not null,
    file text not null,
    sha256 text not null,
    -- when like counts were read, "" where nobody said
    read_at text not null,
    row_count integer not null,
    new_rows integer not null,
    changed_rows integer not null,
    unchanged_rows integer not null,
    rejected_rows integer not null,
    actor text not null,
    recorded_at text not null,
    clock integer not null,
    primary key (batch, fact)
) strict, without rowid;
-- the newest first
create index imports_by_clock on imports (clock, batch);
