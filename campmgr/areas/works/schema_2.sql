-- The sums of every snapshot are read off the index, without a look at the readings themselves.
drop index readings_by_snapshot;
create index readings_by_snapshot on readings (read_at, work, likes);
