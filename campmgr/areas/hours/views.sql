-- For offices that ask in SQL (docs/sql.md): what is shown here stays, however the tables behind it change.

create view v_hours as
select p.code as code, p.name as name, u.code as unit_code, u.name as unit, p.class_name as class_name,
    p.credited / 100.0 as hours, p.signed_in as signed_in, p.complete as completed, p.ready as ready
from people p left join units u on u.unit = p.home
where p.kind <> 'outside' and p.steps <> '[]';

create view v_marks as
select p.code as code, p.name as name, u.code as unit_code, u.name as unit, p.class_name as class_name,
    m.lesson as lesson, l.name as lesson_name, m.day as day, m.minutes as minutes, m.source as source
from marks m join people p on p.person = m.person left join units u on u.unit = p.home left join lessons l on l.lesson = m.lesson;

create view v_conditions as
select p.code as code, p.name as name, u.code as unit_code, u.name as unit, p.class_name as class_name,
    c.condition as condition, c.day as day, c.source as source
from conditions c join people p on p.person = c.person left join units u on u.unit = p.home;
