-- Rows of drafts that could not become facts, until somebody decides. Of this data file alone, since they hold names.
create table local_left_drafts (
    draft text primary key,
    -- what it was, as `queries.py` reads it: JSON
    about text not null,
    -- what it was, in words
    words text not null,
    -- why it is not in, in a sentence
    reason text not null,
    -- the unit whose desk sees it
    unit text not null,
    left_on text not null
) strict, without rowid;
-- all that one reason keeps out
create index local_left_drafts_by_reason on local_left_drafts (reason);
