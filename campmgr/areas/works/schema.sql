-- Works and their like counts: folded tables, and `waiting_likes`: of this data file alone, left as it is by `campmgr rebuild`.

create table works (
    person text not null,
    work text not null,
    author text not null,
    link text not null,
    number text not null,
    title text not null,
    account text not null,
    field text not null,
    published_on text not null,
    counts integer not null,
    reason text not null,
    likes integer not null,
    plays integer,
    read_at text not null,
    -- what the work adds to the totals, as in people
    steps text not null,
    -- 1: the platform showed a lower bound, 10万+
    at_least integer not null default 0,
    primary key (person, work)
) strict, without rowid;
-- the standings, from the top
create index works_by_likes on works (counts, likes desc, work);
-- one work by its id, its link, its number
create index works_by_id on works (work);
create index works_by_link on works (link) where link <> '';
create index works_by_number on works (number) where number <> '';
-- works to fold again when a person is merged or parted
create index works_by_author on works (author);

create table readings (
    person text not null,
    work text not null,
    fact text not null,
    read_at text not null,
    likes integer not null,
    plays integer,
    rounded integer not null,
    at_least integer not null default 0,
    primary key (person, work, fact)
) strict, without rowid;
-- what was known at a time
create index readings_by_time on readings (work, read_at);
-- the standings as of a time, from the top
create index readings_by_likes on readings (likes desc, read_at, work);
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
    -- 1 for the last word of its case, 0 for what was said before
    stands integer not null,
    primary key (person, work, fact)
) strict, without rowid;
-- the newest first
create index work_decisions_by_clock on work_decisions (clock, work);

-- Where a work was recommended to, and how far that has come: the last word for each outlet.
create table recommendations (
    person text not null,
    work text not null,
    outlet text not null,
    state text not null,
    day text not null,
    note text not null,
    fact text not null,
    primary key (person, work, outlet)
) strict, without rowid;

-- What whoever handed a work in agreed to, last: [version, digest] of each text, as JSON, and when.
create table work_agreements (
    person text not null,
    work text not null,
    fact text not null,
    statements text not null,
    agreed_at text not null,
    primary key (person, work)
) strict, without rowid;

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
