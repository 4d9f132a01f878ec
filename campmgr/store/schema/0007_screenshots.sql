-- The picture beside a declaration: its SHA-256 as the fact tells it, "" for none.
alter table declarations add column evidence text not null default '';

-- The pictures themselves: in this data file alone, without what cameras add to them, and only while a declaration waits.
-- They are no facts and never travel.
create table local_screenshots (
    person text not null,
    -- SHA-256 of `picture`
    digest text not null,
    -- JPEG
    picture blob not null,
    -- the same, small, for lists
    small blob not null,
    made_at text not null,
    primary key (person, digest)
) strict;
-- who else sent the same picture?
create index local_screenshots_by_digest on local_screenshots (digest, person);
