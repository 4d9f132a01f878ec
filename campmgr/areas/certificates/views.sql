-- For offices that ask in SQL (docs/sql.md): what is shown here stays, however the tables behind it change.

create view v_certificates as
select c.number as number, p.code as code, p.name as name, u.code as unit_code, u.name as unit, p.class_name as class_name,
    c.edition as edition, c.credited / 100.0 as hours, c.issued_on as issued_on, c.state as state, c.ended_on as ended_on,
    c.reason as reason, coalesce(a.code, '') as camp_code, coalesce(a.name, '') as camp
from certificates c left join activities a on a.activity = c.activity left join people p on p.person = c.person left join units u on u.unit = p.home;
