-- Totals by day that a node has told of people it gave up, by the unit they were at home in: folded.
create table told_days (
    unit text not null,
    placement text not null,
    day text not null,
    joined integer not null,
    learning integer not null,
    completed integer not null,
    ready integer not null,
    certified integer not null,
    hours integer not null,
    works integer not null,
    likes integer not null,
    primary key (unit, placement, day)
) strict, without rowid;

-- What was noticed while packs were taken in, and waits for a human: of this data file alone.
create table local_noticed (
    matter text not null,
    -- a stream, a kind of fact, or what this file could not do
    subject text not null,
    unit text not null,
    since text not null,
    many integer not null,
    words text not null,
    -- 1: somebody has looked at it
    seen integer not null,
    primary key (matter, subject)
) strict, without rowid;
