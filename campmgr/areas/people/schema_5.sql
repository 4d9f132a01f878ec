-- what did somebody enter by the code of a class or of a family?
create index local_entrants_by_person on local_entrants (person) where person <> '';
