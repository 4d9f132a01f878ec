-- For offices that ask in SQL (docs/sql.md): what is shown here stays, however the tables behind it change.

create view v_units as
select u.code as code, u.name as name, u.kind as kind, u.line as line, p.code as parent_code, p.name as parent,
    u.expected as expected, u.participating as participating, u.place as place
from units u left join units p on p.unit = u.parent;
