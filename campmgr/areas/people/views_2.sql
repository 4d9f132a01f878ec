-- For offices that ask in SQL (docs/sql.md): what is shown here stays, however the tables behind it change.

drop view v_participants;
create view v_participants as
select p.code as code, p.number as number, p.name as name, p.kind as kind, p.class_name as class_name,
    u.code as unit_code, u.name as unit, u.place as place, p.joined_on as joined_on, p.left_on as left_on, p.credited / 100.0 as hours,
    p.signed_in as signed_in, p.complete as completed, p.ready as ready, p.certified as certified, p.erased as erased
from people p left join units u on u.unit = p.home
where p.kind <> 'outside' and p.steps <> '[]';
