-- For offices that ask in SQL (docs/sql.md): what is shown here stays, however the tables behind it change.

create view v_items as
select i.item as item, a.code as activity, u.code as unit_code, u.name as unit, i.sort as sort, i.title as title,
    i.event_on as event_on, i.sent_at as sent_at, i.sent_on as sent_on, i.length as characters, i.section as section,
    i.last_day as last_day, i.late as late, i.short as short, i.state as state, i.points as points
from items i left join units u on u.unit = i.unit left join activities a on a.activity = i.activity;

create view v_adoptions as
select d.item as item, a.code as activity, u.code as unit_code, u.name as unit, i.title as title, d.outlet as outlet,
    d.class as class, d.adopted_on as adopted_on, d.link as link, d.settled as settled, d.reason as reason
from adoptions d left join items i on i.item = d.item left join units u on u.unit = d.unit
    left join activities a on a.activity = d.activity;

create view v_item_points as
select p.item as item, a.code as activity, u.code as unit_code, u.name as unit, p.code as rule, p.day as day,
    p.column_ as "column", p.number as number, p.points as points
from item_points p left join units u on u.unit = p.unit left join activities a on a.activity = p.activity;

create view v_venues as
select a.code as activity, u.code as unit_code, u.name as unit, v.name as name, v.used_for as used_for, v.area / 10.0 as area,
    v.usable as usable, v.class as class, v.place as place, v.existing as existing, v.open_to_public as open_to_public, v.theme as theme
from venues v left join units u on u.unit = v.unit left join activities a on a.activity = v.activity where v.listed = 1;
