-- Doubts about marks that stand already are found by folding again.
insert into meta (key, value) values ('rebuild_due', '1') on conflict (key) do update set value = '1';
