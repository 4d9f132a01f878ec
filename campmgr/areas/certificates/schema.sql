-- Certificates: folded tables, and what is `local_`: of this data file alone, left as it is by `campmgr rebuild`.

create table certificates (
    person text not null,
    number text not null,
    -- the camp it is of: "" for the one that was opened with the campaign
    activity text not null,
    edition integer not null,
    credited integer not null,
    issued_on text not null,
    state text not null,
    ended_on text not null,
    reason text not null,
    primary key (person, number)
) strict, without rowid;
-- is this certificate real?
create index certificates_by_number on certificates (number);

-- Numbers of certificates that the platform itself gave, recorded beside ours.
create table platform_certificates (
    person text not null,
    fact text not null,
    number text not null,
    issued_on text not null,
    primary key (person, fact)
) strict, without rowid;

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

-- Pictures that belong to a setting, such as the seal: of this data file alone, found by their SHA-256.
create table local_pictures (
    digest text primary key,
    png blob not null
) strict;
