-- who of a unit is not ready, class by class, the furthest behind first? (hours/queries/chase.py; the words are those of its query)
create index people_behind on people (home, class_key, credited, class_name)
    where ready = 0 and kind <> 'outside' and steps <> '[]' and name <> '';
-- how many of a unit, class by class, could have a certificate, lack a condition, hold one?
create index people_standing on people (home, class_key, class_name, kind, complete, ready, certified, person);
-- who has the hours and no certificate, unit by unit?
create index people_uncertified on people (home, ready, signed_in, class_key, person)
    where complete = 1 and certified = 0;
