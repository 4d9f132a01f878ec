-- Award lists, what becomes of them, fit notes and tasks; as in schema.sql a row keeps the unit whose scope said it.
create table award_fits (
    unit text not null,
    entry text not null,
    award text not null,
    activity text not null,
    reason text not null,
    fact text not null,
    primary key (unit, entry, award)
) strict, without rowid;
create index award_fits_by_activity on award_fits (activity, award);

create table award_lists (
    unit text not null,
    list text not null,
    fact text not null,
    activity text not null,
    number integer not null,
    at text not null,
    digest text not null,
    -- the whole body: JSON
    content text not null,
    published integer not null,
    primary key (unit, list, fact)
) strict, without rowid;
create index award_lists_by_activity on award_lists (activity, number);

create table award_amendments (
    unit text not null,
    list text not null,
    fact text not null,
    amendment integer not null,
    said_on text not null,
    digest text not null,
    content text not null,
    published integer not null,
    primary key (unit, list, fact)
) strict, without rowid;

create table award_tasks (
    unit text not null,
    list text not null,
    line text not null,
    task text not null,
    activity text not null,
    state text not null,
    note text not null,
    said_on text not null,
    primary key (unit, list, line, task)
) strict, without rowid;
create index award_tasks_by_activity on award_tasks (activity, state);
