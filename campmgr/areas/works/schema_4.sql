-- Works of a placement field by field, from a day on: how many more, by how many more people, with how many more likes. Field "*"
-- counts each author once.
create table field_works (
    placement text not null,
    field text not null,
    day text not null,
    works integer not null,
    authors integer not null,
    likes integer not null,
    primary key (placement, field, day)
) strict, without rowid;
-- those that came out zero, for whoever takes them away
create index field_works_all_zero on field_works (placement) where works = 0 and authors = 0 and likes = 0;
-- how many works of each field of the whole camp?
create index field_works_by_field on field_works (field, day, works, authors, likes);

-- they were counted off the works themselves
drop index works_by_field;

insert into meta (key, value) values ('rebuild_due', '1') on conflict (key) do update set value = '1';
