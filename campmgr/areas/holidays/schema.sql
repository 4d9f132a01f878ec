-- Made by the area of prize lists in data files that are older than this area.
-- The days on which a year differs from Monday to Friday; a year without any row is not known.
create table if not exists calendar_days (
    year integer not null,
    day text not null,
    -- "off", "work", or "source" for the row that names where the year's table came from
    sort text not null,
    note text not null,
    primary key (year, day, sort)
) strict, without rowid;
