-- What a join code is for: anybody of its unit ("unit"), one class of it ("class"), one family ("family").
alter table local_join_codes add column sort text not null default 'unit';
alter table local_join_codes add column class_name text not null default '';
-- the press of a button that made it, so that pressing twice makes no more; "" where the code itself tells
alter table local_join_codes add column press text not null default '';

-- Who entered by the code of a class or of a family and waits for a word: of this data file alone, since nothing has been said yet.
create table local_entrants (
    entrant text primary key,
    code text not null,
    -- where they would be at home
    unit text not null,
    name text not null,
    -- the name as names are compared
    name_key text not null,
    class_name text not null,
    phone text not null,
    kind text not null,
    guardian integer not null,
    -- the version of the notice that was agreed to
    consent text not null,
    -- SHA-256 of the token in the link that shows what became of them
    page_hash text not null,
    entered_at text not null,
    -- whom they were found to be, "" for nobody yet
    person text not null,
    refused integer not null
) strict, without rowid;
-- who waits at a unit?
create index local_entrants_by_unit on local_entrants (unit, refused);
-- what became of those of one form?
create index local_entrants_by_page on local_entrants (page_hash);
-- who entered by a code?
create index local_entrants_by_code on local_entrants (code);
