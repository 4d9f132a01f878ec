create table walks (
    walk text primary key,
    activity text not null,
    unit text not null,
    place text not null,
    minutes integer not null,
    counts integer not null
) strict, without rowid;
create index walks_by_activity on walks (activity, unit);
