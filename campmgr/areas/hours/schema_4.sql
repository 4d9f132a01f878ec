-- The field of a mark's lesson, null while nobody has described that: so the marks themselves tell who learns in a field since when,
-- and one more mark in a field in which somebody counts already asks nothing.
alter table marks add column field text;
drop table learned_fields;

insert into meta (key, value) values ('rebuild_due', '1') on conflict (key) do update set value = '1';
