-- Who has which duty in which activity, from when to when; what ended stays.
create table duties (
    person text not null,
    activity text not null,
    duty text not null,
    -- the fact that gave it
    fact text not null,
    -- for which unit
    unit text not null,
    from_on text not null,
    -- until when it was given; "" where nothing says so
    until_on text not null,
    -- "given", "ended", "followed" by a later word, or "erased" with its bearer's details
    state text not null,
    ended_on text not null,
    reason text not null,
    -- what the activity's sort keeps of it: JSON
    more text not null,
    primary key (person, activity, duty, fact)
) strict, without rowid;
-- the duties of an activity
create index duties_by_activity on duties (activity, duty, person);
