-- How many works of each field, and by how many people, is read off the index.
create index works_by_field on works (field, person, likes) where counts = 1;
