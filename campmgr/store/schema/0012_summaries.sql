-- Where a work was recommended to, and how far that has come: the last word for each outlet.
create table recommendations (
    person text not null,
    work text not null,
    outlet text not null,
    state text not null,
    day text not null,
    note text not null,
    fact text not null,
    primary key (person, work, outlet)
) strict, without rowid;

-- What each unit hands in at the end.
create table summaries (
    unit text primary key,
    -- "draft", "handed_in", "returned" or "accepted"
    state text not null,
    text text not null,
    written_on text not null,
    fact text not null,
    reason text not null,
    judged_on text not null
) strict, without rowid;
