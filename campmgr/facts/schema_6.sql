-- What offices that ask in SQL want to know of a unit: since when so many are expected and by whose word, and when it was closed,
-- by itself or with one above it; '' where nobody said so.
alter table units add column counted_on text not null default '';
alter table units add column count_source text not null default '';
alter table units add column closed_on text not null default '';

insert into meta (key, value) values ('rebuild_due', '1') on conflict (key) do update set value = '1';
