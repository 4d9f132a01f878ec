-- Who is who: folded tables, and what is `local_`: of this data file alone, left as it is by `campmgr rebuild`.

create table people (
    person text primary key,
    home text not null,
    kind text not null,
    number text not null,
    name text not null,
    -- the name as names are compared
    name_key text not null,
    class_name text not null,
    phone text not null,
    -- the order of classes (class_order.py)
    class_key text not null,
    guardian integer not null,
    erased integer not null,
    code text not null,
    joined_on text not null,
    credited integer not null,
    signed_in integer not null,
    complete integer not null,
    ready integer not null,
    certified integer not null,
    -- where the person counts, and since when: JSON [[day, placement], …], the first day ""
    placements text not null,
    -- what the person adds to the totals: JSON [[placement, day, …eight differences], …]
    steps text not null
) strict;
-- the roster of a unit, and who of it has this name?
create index people_by_home on people (home, name_key, person);
-- who has this code?
create index people_by_code on people (code);
-- who has this 编号, and this name with it?
create index people_by_number on people (number, name) where number <> '';
-- who has this name, and this telephone with it? Everybody by name: of a million people the first fifty
create index people_by_name on people (name_key, phone);
-- who can be given a certificate?
create index people_complete on people (complete, certified, person) where complete = 1;

-- What people are found by: the beginnings of each word are what somebody may type.
create table person_words (
    person text not null,
    word text not null,
    primary key (person, word)
) strict, without rowid;
-- who is found by what was typed?
create index person_words_by_word on person_words (word);

create table alias_links (
    person text not null,
    other text not null,
    -- merges and partings said of the two, in order, with the scopes they stand in: JSON [[merged, [scope, …]], …]
    said text not null,
    primary key (person, other)
) strict, without rowid;
-- whose other half is this?
create index alias_links_by_other on alias_links (other);

create table aliases (
    person text primary key,
    stands_for text not null,
    code text not null
) strict, without rowid;
-- who has this code, on an older card?
create index aliases_by_code on aliases (code);
-- everyone who is this person
create index aliases_by_person on aliases (stands_for);

create table memberships (
    person text not null,
    unit text not null,
    since text not null,
    primary key (person, unit)
) strict, without rowid;
-- the members of a unit
create index memberships_by_unit on memberships (unit, person);

-- Two people who may be one (fold/twins.py): a row for each of the two.
create table twins (
    person text not null,
    other text not null,
    primary key (person, other)
) strict, without rowid;

-- What somebody looked at and settled about a person, by the case.
create table settled (
    person text not null,
    case_ text not null,
    primary key (person, case_)
) strict, without rowid;

-- What a person agreed to before anything was typed, last word first.
create table consents (
    person text primary key,
    version text not null,
    given_on text not null,
    withdrawn_on text not null
) strict, without rowid;

-- What a unit should be told of members whose home is elsewhere, and has not been told yet.
create table progress_due (
    person text not null,
    unit text not null,
    -- what to tell: JSON
    progress text not null,
    primary key (person, unit)
) strict, without rowid;

-- Joining by QR code, and the owners' links to their own pages: of this data file alone.
create table local_join_codes (
    code text primary key,
    unit text not null,
    -- the last day, "" for none
    ends_on text not null,
    -- how many may join, 0 for any number
    most integer not null,
    used integer not null,
    active integer not null,
    made_at text not null,
    made_by text not null
) strict, without rowid;
-- the codes of a unit
create index local_join_codes_by_unit on local_join_codes (unit);

create table local_pages (
    -- SHA-256 of the token in the link
    token_hash text primary key,
    person text not null,
    -- 1: found again by code and telephone, and nobody has confirmed it: may look, not withdraw
    recovered integer not null,
    made_at text not null
) strict, without rowid;

-- For whom a browser has spoken (joined, declared): a hint for doubtful declarations, of this data file alone, never a fact.
create table local_spoken_for (
    person text not null,
    -- SHA-256 of the number that the browser made up for itself
    device_hash text not null,
    first_at text not null,
    primary key (person, device_hash)
) strict, without rowid;
-- everyone a browser has spoken for
create index local_spoken_for_by_device on local_spoken_for (device_hash);

-- Rows of lists whose 编号 is that of somebody of another name and class: what the row says, until somebody decides. Of this data
-- file alone, since it holds names.
create table local_number_conflicts (
    -- random, so that what is noted of it says nothing of the name
    conflict text primary key,
    unit text not null,
    number text not null,
    name text not null,
    class_name text not null,
    phone text not null,
    kind text not null,
    guardian integer not null,
    -- the two by which a row that comes again is known: name and class as they are compared
    name_key text not null,
    class_key text not null,
    -- who bears the number
    bearer text not null,
    -- the import that met it last, its row there and its day
    batch text not null,
    row_number integer not null,
    met_on text not null,
    -- whom it was found to be, where that is another person; "" for nobody yet
    person text not null,
    unique (unit, number, name_key, class_key)
) strict, without rowid;
-- what was found of a number before
create index local_number_conflicts_by_number on local_number_conflicts (number);
