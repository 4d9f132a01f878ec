-- Tables folded from the ledger. `campmgr rebuild` empties and refills them. Names are listed in projections/tables.py.

create table camp (
    campaign text primary key,
    name text not null,
    root_writer text not null,
    root_unit text not null,
    province text not null,
    opened_on text not null,
    rules text not null,
    rules_digest text not null
) strict, without rowid;

create table lessons (
    lesson text primary key,
    name text not null,
    hundredths integer not null,
    length_minutes integer not null,
    kind text not null,
    field text not null,
    replay_of text not null
) strict, without rowid;

create table nodes (
    node text primary key,
    key text not null,
    name text not null,
    parent text not null,
    unit text not null,
    line text not null,
    state text not null,
    -- what decided its rights, in order: JSON
    events text not null
) strict, without rowid;

create table units (
    unit text primary key,
    name text not null,
    kind text not null,
    parent text not null,
    own_line text not null,
    line text not null,
    expected integer,
    participating integer not null,
    path text not null,
    birth_path text not null,
    birth_line text not null,
    -- [[day, parent], …] in order, the birth first
    parents text not null
) strict, without rowid;
-- the subtree of a unit
create index units_by_path on units (path);
-- the children of a unit
create index units_by_parent on units (parent, unit);

create table people (
    person text primary key,
    home text not null,
    kind text not null,
    number text not null,
    name text not null,
    class_name text not null,
    phone text not null,
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
-- the roster of a unit
create index people_by_home on people (home, person);
-- who has this code?
create index people_by_code on people (code);
-- who has this 编号?
create index people_by_number on people (number) where number <> '';
-- who has this name?
create index people_by_name on people (name) where name <> '';
-- who can be given a certificate?
create index people_complete on people (complete, certified, person) where complete = 1;

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

create table marks (
    person text not null,
    fact text not null,
    lesson text not null,
    day text not null,
    minutes integer,
    source text not null,
    primary key (person, fact)
) strict, without rowid;

create table conditions (
    person text not null,
    fact text not null,
    condition text not null,
    day text not null,
    source text not null,
    primary key (person, fact)
) strict, without rowid;

-- What a person agreed to before anything was typed, last word first.
create table consents (
    person text primary key,
    version text not null,
    given_on text not null,
    withdrawn_on text not null
) strict, without rowid;

-- Lessons people say they watched, waiting for a coordinator or settled.
create table declarations (
    person text not null,
    fact text not null,
    lesson text not null,
    day text not null,
    minutes integer,
    state text not null,
    reason text not null,
    primary key (person, fact)
) strict, without rowid;
-- the declarations that wait
create index declarations_waiting on declarations (state, person) where state = 'waiting';

create table certificates (
    person text not null,
    number text not null,
    edition integer not null,
    credited integer not null,
    issued_on text not null,
    state text not null,
    ended_on text not null,
    reason text not null,
    primary key (person, number)
) strict, without rowid;
-- is this certificate real?
create index certificates_by_number on certificates (number);

create table works (
    person text not null,
    work text not null,
    author text not null,
    link text not null,
    number text not null,
    title text not null,
    account text not null,
    field text not null,
    published_on text not null,
    counts integer not null,
    reason text not null,
    likes integer not null,
    plays integer,
    read_at text not null,
    -- what the work adds to the totals, as in people
    steps text not null,
    primary key (person, work)
) strict, without rowid;
-- the standings, from the top
create index works_by_likes on works (counts, likes desc, work);
-- one work by its id, its link, its number
create index works_by_id on works (work);
create index works_by_link on works (link) where link <> '';
create index works_by_number on works (number) where number <> '';
-- works to fold again when a person is merged or parted
create index works_by_author on works (author);

create table readings (
    person text not null,
    work text not null,
    fact text not null,
    read_at text not null,
    likes integer not null,
    plays integer,
    rounded integer not null,
    primary key (person, work, fact)
) strict, without rowid;
-- what was known at a time
create index readings_by_time on readings (work, read_at);
-- the standings as of a time, from the top
create index readings_by_likes on readings (likes desc, read_at, work);

create table withdrawn (
    batch text not null,
    scope text not null,
    fact text not null,
    primary key (batch, scope, fact)
) strict, without rowid;

-- Marks of codes nobody here knows yet.
create table pending (
    code text not null,
    fact text not null,
    scope text not null,
    primary key (code, fact)
) strict, without rowid;

-- Facts that belong into another scope and are not there yet.
create table carry_due (
    subject text not null,
    fact text not null,
    source text not null,
    target text not null,
    primary key (subject, fact, source, target)
) strict, without rowid;

-- What a unit should be told of members whose home is elsewhere, and has not been told yet.
create table progress_due (
    person text not null,
    unit text not null,
    -- what to tell: JSON
    progress text not null,
    primary key (person, unit)
) strict, without rowid;

create table review (
    subject text not null,
    matter text not null,
    detail text not null,
    primary key (subject, matter, detail)
) strict, without rowid;

create table prize_lists (
    number integer not null,
    fact text not null,
    at text not null,
    rule_text text not null,
    digest text not null,
    content text not null,
    published integer not null,
    primary key (number, fact)
) strict, without rowid;

-- Totals. A placement says where a person counts: "kind|home|membership,…".
create table placement_days (
    placement text not null,
    day text not null,
    joined integer not null,
    learning integer not null,
    completed integer not null,
    ready integer not null,
    certified integer not null,
    hours integer not null,
    works integer not null,
    likes integer not null,
    primary key (placement, day)
) strict, without rowid;

create table told_days (
    unit text not null,
    placement text not null,
    day text not null,
    joined integer not null,
    learning integer not null,
    completed integer not null,
    ready integer not null,
    certified integer not null,
    hours integer not null,
    works integer not null,
    likes integer not null,
    primary key (unit, placement, day)
) strict, without rowid;

create table unit_days (
    unit text not null,
    line text not null,
    day text not null,
    joined integer not null,
    learning integer not null,
    completed integer not null,
    ready integer not null,
    certified integer not null,
    hours integer not null,
    works integer not null,
    likes integer not null,
    primary key (unit, line, day)
) strict, without rowid;

create table unit_totals (
    unit text not null,
    line text not null,
    joined integer not null,
    learning integer not null,
    completed integer not null,
    ready integer not null,
    certified integer not null,
    hours integer not null,
    works integer not null,
    likes integer not null,
    primary key (unit, line)
) strict, without rowid;
