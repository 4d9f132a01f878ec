-- Joining by QR code, and the owners' links to their own pages: of this data file alone.
create table local_join_codes (
    code text primary key,
    unit text not null,
    -- the last day, "" for none
    ends_on text not null,
    -- how many may join, 0 for any number
    most integer not null,
    used integer not null,
    active integer not null,
    made_at text not null,
    made_by text not null
) strict, without rowid;
-- the codes of a unit
create index local_join_codes_by_unit on local_join_codes (unit);

create table local_pages (
    -- SHA-256 of the token in the link
    token_hash text primary key,
    person text not null,
    made_at text not null
) strict, without rowid;
