-- Circulars 通报 that were given out: what they say never changes.
create table circulars (
    -- activity/unit/number
    circular text not null,
    fact text not null,
    activity text not null,
    unit text not null,
    number integer not null,
    as_of text not null,
    at text not null,
    digest text not null,
    -- the fact's body: JSON
    content text not null,
    primary key (circular, fact)
) strict, without rowid;
-- one circular, by the id of its fact
create index circulars_by_fact on circulars (fact);
