create table walks (
    walk text primary key,
    activity text not null,
    unit text not null,
    place text not null,
    minutes integer not null,
    counts integer not null
) strict, without rowid;
create index walks_by_activity on walks (activity, unit);
create table sites (
    site text primary key,
    activity text not null,
    unit text not null,
    listed integer not null,
    listed_on text not null,
    name text not null,
    used_for text not null,
    area integer,
    usable integer not null,
    class text not null,
    place text not null,
    theme text not null,
    keeper text not null,
    note text not null
) strict, without rowid;
create index sites_by_activity on sites (activity, unit);
create table channels (
    channel text primary key,
    activity text not null,
    unit text not null,
    listed integer not null,
    listed_on text not null,
    name text not null,
    class integer,
    from_on text not null
) strict, without rowid;
