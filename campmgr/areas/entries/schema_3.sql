-- What of the list of checks was ticked when a work's stage was said (E-13): JSON, each check with true or false.
alter table entry_ways add column checks text not null default '{}';

-- What the makers of a work agreed to, each text for itself, by the id of its words.
create table entry_agreements (
    unit text not null,
    entry text not null,
    statement text not null,
    version text not null,
    agreed_at text not null,
    primary key (unit, entry, statement)
) strict, without rowid;
