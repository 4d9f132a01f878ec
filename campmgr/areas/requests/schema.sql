-- What units ask the offices above them for.
create table requests (
    request text primary key,
    -- who asks
    unit text not null,
    -- "person", "unit", "correct" or "other"
    sort text not null,
    -- whom it is about, "" for nobody
    person text not null,
    -- the unit to go to, "" where nothing moves
    target text not null,
    text text not null,
    asked_on text not null,
    -- the fact that asks
    fact text not null,
    -- "open", "done" or "refused"
    state text not null,
    reason text not null,
    answered_on text not null
) strict, without rowid;
create index requests_by_state on requests (state, asked_on);
create index requests_by_unit on requests (unit, asked_on);
