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
