-- For offices that ask in SQL (docs/sql.md): what is shown here stays, however the tables behind it change.

create view v_works as
select w.link as link, w.number as number, w.title as title, w.account as account, w.field as field,
    p.code as author_code, p.name as author, u.code as unit_code, u.name as unit, w.published_on as published_on,
    w.likes as likes, w.at_least as at_least, w.plays as plays, w.read_at as read_at, w.counts as counts, w.reason as reason
from works w left join people p on p.person = w.person left join units u on u.unit = p.home;
