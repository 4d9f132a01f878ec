-- Certificates that no longer hold, as their nodes publish them; folded from public facts.
create table revoked_numbers (
    number text primary key,
    -- revoked, superseded
    state text not null,
    -- the number that stands instead; ""
    by_number text not null,
    on_day text not null,
    writer text not null
) strict, without rowid;
-- facts of the new kinds may lie here already, brought by a newer node
insert into meta (key, value) values ('rebuild_due', '1') on conflict (key) do update set value = '1';
