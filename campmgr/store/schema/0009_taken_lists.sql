-- Numbers of signed revocation lists that were scanned or pasted here: of this data file alone, beside what packs bring.
create table local_ended_numbers (
    number text primary key,
    -- revoked, superseded, stands
    state text not null,
    -- the number that stands instead; ""
    instead text not null,
    -- the list's own instant
    as_of text not null,
    -- the node that signed it
    node text not null
) strict, without rowid;
