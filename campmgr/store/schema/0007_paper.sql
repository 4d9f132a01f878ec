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
