-- the list of works from the most likes on, whatever their state (queries/listed.py)
create index works_listed on works (likes desc, work, counts, read_at);
