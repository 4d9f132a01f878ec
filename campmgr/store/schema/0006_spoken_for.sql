-- For whom a browser has spoken (joined, declared): a hint for doubtful declarations, of this data file alone, never a fact.
create table local_spoken_for (
    person text not null,
    -- SHA-256 of the number that the browser made up for itself
    device_hash text not null,
    first_at text not null,
    primary key (person, device_hash)
) strict, without rowid;
-- everyone a browser has spoken for
create index local_spoken_for_by_device on local_spoken_for (device_hash);
