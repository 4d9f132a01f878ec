-- Like counts: lower bounds (10万+), what works are called elsewhere, decisions about works, rows that wait to be matched.
alter table works add column at_least integer not null default 0;
alter table readings add column at_least integer not null default 0;
-- the works and counts of one snapshot
create index readings_by_snapshot on readings (read_at, work);

-- Other links, numbers and rows by which a work is known, as somebody matched them.
create table work_keys (
    person text not null,
    work text not null,
    fact text not null,
    key text not null,
    clock integer not null,
    primary key (person, work, fact)
) strict, without rowid;
-- which work is meant by this?
create index work_keys_by_key on work_keys (key);

-- What was decided about a work: taken out, taken in again, or a flag looked at.
create table work_decisions (
    person text not null,
    work text not null,
    fact text not null,
    -- the flag it settles, "" for none
    case_ text not null,
    -- 1 counts, 0 does not, null: only looked at
    counts integer,
    reason text not null,
    actor text not null,
    recorded_at text not null,
    clock integer not null,
    primary key (person, work, fact)
) strict, without rowid;
-- the newest first
create index work_decisions_by_clock on work_decisions (clock, work);

-- Rows of like counts that fit no work, or more than one; they never leave this data file, since they may hold names.
create table waiting_likes (
    key text not null,
    read_at text not null,
    batch text not null,
    row_number integer not null,
    -- what the row says, as JSON
    said text not null,
    reason text not null,
    sentence text not null,
    -- 1: somebody decided to leave it out
    put_aside integer not null,
    primary key (key, read_at)
) strict, without rowid;
-- decisions made before this table was there
insert into meta (key, value) values ('rebuild_due', '1') on conflict (key) do update set value = '1';
