-- When a live begins, as a stored instant; '' where nobody said.
alter table lessons add column starts_at text not null default '';
