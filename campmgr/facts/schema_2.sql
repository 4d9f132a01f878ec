-- What runs here: one row for each activity, the camp opened with the campaign among them, under the id "".
create table activities (
    activity text primary key,
    code text not null,
    sort text not null,
    name text not null,
    -- the id of the unit that runs it, and where whoever keeps this ledger sits in it
    host text not null,
    seat text not null,
    opened_on text not null,
    -- "" while it is open
    closed_on text not null,
    reason text not null,
    -- how often its rules were said, what they are now, their digest
    version integer not null,
    rules text not null,
    rules_digest text not null
) strict, without rowid;
