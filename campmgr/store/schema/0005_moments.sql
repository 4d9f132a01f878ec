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
insert into meta (key, value) values ('rebuild_due', '1') on conflict (key) do update set value = '1';
