-- What a unit asks of everybody whom it counts beside their home stands with the membership, all of one unit together: of a
-- federation with 20,000 members nobody is looked up one by one.
drop table memberships;
create table memberships (
    unit text not null,
    person text not null,
    since text not null,
    -- as in the person's own row
    home text not null,
    kind text not null,
    name_key text not null,
    class_name text not null,
    phone text not null,
    class_key text not null,
    guardian integer not null,
    erased integer not null,
    left_on text not null,
    credited integer not null,
    signed_in integer not null,
    complete integer not null,
    ready integer not null,
    certified integer not null,
    -- 1: part of the camp that is going on
    takes_part integer not null,
    primary key (unit, person)
) strict, without rowid;
-- where else does somebody count?
create index memberships_by_person on memberships (person, unit);
-- who of a class that a unit counts is not ready?
create index memberships_behind on memberships (unit, class_key, person)
    where ready = 0 and takes_part = 1 and left_on = '';
insert into meta (key, value) values ('rebuild_due', '1') on conflict (key) do update set value = '1';
