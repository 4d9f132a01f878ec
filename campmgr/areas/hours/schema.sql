-- Lessons and what people did: folded tables, and what is `local_`: of this data file alone, left as it is by `campmgr rebuild`.

create table lessons (
    lesson text primary key,
    name text not null,
    hundredths integer not null,
    length_minutes integer not null,
    kind text not null,
    field text not null,
    replay_of text not null,
    -- when a live begins, as a stored instant; '' where nobody said
    starts_at text not null default ''
) strict, without rowid;

create table marks (
    person text not null,
    fact text not null,
    lesson text not null,
    day text not null,
    minutes integer,
    source text not null,
    primary key (person, fact)
) strict, without rowid;

create table conditions (
    person text not null,
    fact text not null,
    condition text not null,
    day text not null,
    source text not null,
    primary key (person, fact)
) strict, without rowid;

-- Marks of codes that were not known where they were scanned, and what was taken back of them there.
create table pending (
    code text not null,
    fact text not null,
    scope text not null,
    -- the mark that is taken back, "" for a mark
    takes_back text not null,
    primary key (code, fact)
) strict, without rowid;

-- What was recorded one by one, outside a class marking or an import: who in which second by which writer, and how many that were.
create table moments (
    person text not null,
    moment text not null,
    primary key (person, moment)
) strict, without rowid;
-- everyone of a second
create index moments_by_moment on moments (moment);

create table crowds (
    moment text primary key,
    people integer not null
) strict, without rowid;
-- the seconds with most people
create index crowds_by_people on crowds (people);

-- Lessons people say they watched, waiting for a coordinator or settled.
create table declarations (
    person text not null,
    fact text not null,
    lesson text not null,
    day text not null,
    minutes integer,
    state text not null,
    reason text not null,
    -- SHA-256 of the picture beside it, as the fact tells it; '' for none
    evidence text not null default '',
    primary key (person, fact)
) strict, without rowid;
-- the declarations that wait
create index declarations_waiting on declarations (state, person) where state = 'waiting';
-- where else was this picture shown?
create index declarations_by_evidence on declarations (evidence) where evidence <> '';

-- The pictures themselves: in this data file alone, without what cameras add to them, and only while a declaration waits.
-- They are no facts and never travel.
create table local_screenshots (
    person text not null,
    -- SHA-256 of `picture`
    digest text not null,
    -- JPEG
    picture blob not null,
    -- the same, small, for lists
    small blob not null,
    made_at text not null,
    primary key (person, digest)
) strict;
-- who else sent the same picture?
create index local_screenshots_by_digest on local_screenshots (digest, person);

-- Paper rosters as printed: who stood in which row, so that what was ticked on paper can be typed in by row number however the
-- unit has changed since. Of this data file alone, and ids only: a roster is typed in where it was printed.
create table local_rosters (
    roster text primary key,
    unit text not null,
    -- "" for all classes
    class_name text not null,
    -- a lesson's code or a condition, "" left blank on the paper
    what text not null,
    -- "" left blank on the paper
    day text not null,
    -- 1: with a column for minutes
    with_minutes integer not null,
    made_at text not null,
    made_by text not null
) strict, without rowid;
-- the rosters of a unit, the newest last
create index local_rosters_by_unit on local_rosters (unit, made_at);

create table local_roster_rows (
    roster text not null references local_rosters (roster),
    -- from 1, through all sheets
    number integer not null,
    person text not null,
    primary key (roster, number)
) strict, without rowid;

-- Which sheets were typed in, and as which batch; a sheet may be typed again.
create table local_roster_sheets (
    roster text not null references local_rosters (roster),
    sheet integer not null,
    batch text not null,
    people integer not null,
    typed_at text not null,
    primary key (roster, sheet, batch)
) strict, without rowid;

-- What logs of meetings say of people whom nobody has told yet, and of the others in the same log, to be united with once somebody
-- has; they hold names, and never travel.
create table local_sessions (
    unit text not null,
    lesson text not null,
    -- the name as it is compared (campmgr/wording.py), or the person where the log tells no name
    key text not null,
    -- [[start, end], …] in seconds since 1970: JSON
    spans text not null,
    batch text not null,
    row_number integer not null,
    -- what the log calls them
    called text not null,
    -- told without times, on this day
    seconds integer not null,
    day text not null,
    -- "" until somebody says who it is
    person text not null,
    put_aside integer not null default 0,
    primary key (unit, lesson, key, spans)
) strict, without rowid;

-- Who is meant by a name in a unit's logs, as somebody said once.
create table local_session_names (
    unit text not null,
    key text not null,
    person text not null,
    primary key (unit, key)
) strict, without rowid;
