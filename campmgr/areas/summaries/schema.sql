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
