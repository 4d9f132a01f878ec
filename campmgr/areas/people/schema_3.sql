-- Who looked at what of whom: telephones shown whole, copies of all that is held. Of this data file alone; no names stand here, and
-- an erasure leaves it, since whoever was looked at may still ask.
create table local_looks (
    look integer primary key,
    -- when, as a stored instant
    at text not null,
    -- "account:<id>"; "" for the person themselves
    actor text not null,
    -- "phone" or "copy"
    what text not null,
    person text not null,
    -- the unit at which the person was at home then
    home text not null,
    -- "" where nothing was said
    why text not null
) strict;
-- what was looked at in a unit, the latest first
create index local_looks_by_home on local_looks (home, at);
-- who looked at this person?
create index local_looks_by_person on local_looks (person);

-- whose details are still held, unit by unit
create index people_held on people (home, guardian) where erased = 0;

-- in which texts does a name stand? What holds nothing but codes and ids, as most facts do, is not looked through (queries/mentions.py)
create index facts_with_words on facts (clock)
    where body glob '*[^ -~]*' and kind not in ('person_registered', 'person_details_changed', 'progress_told');
