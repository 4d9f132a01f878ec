-- What each unit has of each tool, by the last word.
create table tools (
    tool text primary key,
    unit text not null,
    name text not null,
    count integer not null,
    lent_on text not null
) strict, without rowid;
