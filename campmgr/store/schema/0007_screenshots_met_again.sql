-- where else was this picture shown?
create index declarations_by_evidence on declarations (evidence) where evidence <> '';
