-- In which fields of life people have learned, and where they counted then: what one person adds to `field_learners`.
create table learned_fields (
    person text primary key,
    -- [[field, placement, day, people more], …]: JSON; field "*" for all fields together
    steps text not null
) strict, without rowid;

-- How many more people of a placement have learned in a field from a day on; field "*" counts each of them once.
create table field_learners (
    placement text not null,
    field text not null,
    day text not null,
    people integer not null,
    primary key (placement, field, day)
) strict, without rowid;
-- those that came out zero, for whoever takes them away
create index field_learners_all_zero on field_learners (placement) where people = 0;
-- how many people learned in each field of the whole camp?
create index field_learners_by_field on field_learners (field, day, people);

insert into meta (key, value) values ('rebuild_due', '1') on conflict (key) do update set value = '1';
