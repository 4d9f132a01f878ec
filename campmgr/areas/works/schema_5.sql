-- How many works every snapshot has read, and how many likes in all, kept by difference.
create table snapshot_sums (
    read_at text primary key,
    works integer not null,
    likes integer not null
) strict, without rowid;
create index snapshot_sums_all_zero on snapshot_sums (read_at) where works = 0 and likes = 0;

-- 1: whoever handed it in agreed to the texts. The works of a province, those that nobody agreed for first, by title.
alter table works add column agreed integer not null default 0;
create index works_by_agreement on works (agreed, title, work, person);
insert into meta (key, value) values ('rebuild_due', '1') on conflict (key) do update set value = '1';
