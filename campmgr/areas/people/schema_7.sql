-- Since which day somebody has left: no longer part of anything, and counted in all they did; '' for who is here.
alter table people add column left_on text not null default '';
drop index people_behind;
-- who of a unit is not ready, class by class, the furthest behind first? (hours/queries/chase.py; the words are those of its query)
create index people_behind on people (home, class_key, credited, class_name)
    where ready = 0 and kind <> 'outside' and steps <> '[]' and left_on = '' and name <> '';

-- Of the people of a class: who has left; who is not ready, and has not.
alter table class_sums add column have_left integer not null default 0;
alter table class_sums add column owing integer not null default 0;
drop index class_sums_all_zero;
create index class_sums_all_zero on class_sums (home) where people = 0 and away = 0 and learning = 0 and unsigned = 0
    and complete = 0 and lacking = 0 and ready = 0 and certified = 0 and have_left = 0 and owing = 0 and behind = 0 and due = 0
    and refused = 0 and valid = 0 and ended = 0 and held = 0 and minors = 0;
insert into meta (key, value) values ('rebuild_due', '1') on conflict (key) do update set value = '1';
