-- Which column of a unit's files is which field, as somebody chose it: of this data file alone.
create table local_mappings (
    unit text not null,
    kind text not null,
    field text not null,
    -- a heading, or "!" and a heading: not that one
    heading text not null,
    primary key (unit, kind, field)
) strict, without rowid;
