-- The day and the source of the number expected, and the day of closing, stand beside it.
drop view v_units;
create view v_units as
select u.code as code, u.name as name, u.kind as kind, u.line as line, p.code as parent_code, p.name as parent,
    u.expected as expected, u.participating as participating, u.place as place,
    u.counted_on as counted_on, u.count_source as count_source, u.closed_on as closed_on
from units u left join units p on p.unit = u.parent;
