-- Sheets of units that were given out and may come back: of this data file alone.
create table local_round_trips (
    trip text primary key,
    unit text not null,
    account text not null,
    made_at text not null,
    -- JSON: [unit, values] of each row as it was sent, in order
    rows text not null
) strict, without rowid;
create index local_round_trips_by_unit on local_round_trips (unit, made_at);
