-- Folded tables that every camp has, whatever its areas. `campmgr rebuild` empties and fills them; see facts/tables.py.

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

create table nodes (
    node text primary key,
    key text not null,
    -- which of the unit's laptops it is
    number integer not null,
    parent text not null,
    unit text not null,
    line text not null,
    state text not null,
    -- what decided its rights, in order: JSON
    events text not null
) strict, without rowid;

create table units (
    unit text primary key,
    -- what people call it by; "" for none
    code text not null,
    name text not null,
    kind text not null,
    parent text not null,
    own_line text not null,
    line text not null,
    expected integer,
    participating integer not null,
    path text not null,
    -- the same way down in codes, by which lists are sorted
    place text not null,
    birth_path text not null,
    birth_line text not null,
    -- [[day, parent], …] in order, the birth first
    parents text not null
) strict, without rowid;
-- the subtree of a unit
create index units_by_path on units (path);
-- the children of a unit
create index units_by_parent on units (parent, unit);

-- Files that were imported, by the batch they became: what a list of imports shows, and where like counts come from.
create table imports (
    batch text not null,
    fact text not null,
    -- the unit in whose people scope the fact stands
    unit text not null,
    kind text not null,
    file text not null,
    sha256 text not null,
    -- when like counts were read, "" where nobody said
    read_at text not null,
    row_count integer not null,
    new_rows integer not null,
    changed_rows integer not null,
    unchanged_rows integer not null,
    rejected_rows integer not null,
    actor text not null,
    recorded_at text not null,
    clock integer not null,
    primary key (batch, fact)
) strict, without rowid;
-- the newest first
create index imports_by_clock on imports (clock, batch);

create table withdrawn (
    batch text not null,
    scope text not null,
    fact text not null,
    primary key (batch, scope, fact)
) strict, without rowid;

-- Facts that belong into another scope and are not there yet.
create table carry_due (
    subject text not null,
    fact text not null,
    source text not null,
    target text not null,
    primary key (subject, fact, source, target)
) strict, without rowid;

-- What a human should look at; each row as `facts/review.review_row` makes it.
create table review (
    subject text not null,
    matter text not null,
    -- what makes it so: JSON
    detail text not null,
    -- what people type; rows that are settled in one go share it
    id text not null,
    -- whose desk sees it
    unit text not null,
    -- the day since which it waits
    since text not null,
    primary key (subject, matter, detail)
) strict, without rowid;
-- the rows of one id, and how many rows of each matter wait
create index review_by_id on review (id, matter);
-- what waits at a unit
create index review_by_unit on review (unit, since, id, matter);
-- what waits anywhere, page by page
create index review_by_since on review (since, id);

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

-- The camp's secret by unit, from which people's ids are made: of this data file alone, never in a fact.
create table local_unit_keys (
    unit text primary key,
    -- 256 bits as hex digits
    key text not null
) strict, without rowid;

-- Imports that are under way, or were cut off: how far each is. A row goes when its file is through.
create table local_imports (
    batch text primary key,
    kind text not null,
    file text not null,
    -- what makes it the same import: kind, bytes, unit and how the file is read
    same text not null,
    actor text not null,
    started_at text not null,
    touched_at text not null,
    -- the number of the last row that is done, and how many there are at most
    row_number integer not null,
    whole integer not null,
    new_rows integer not null,
    changed_rows integer not null,
    -- what the form sends that goes on with it, as JSON; empty for one from the command line
    form text not null
) strict, without rowid;

-- What imported files were called, on the machine that imported them: names of files may hold names of people, so they do not travel.
create table local_file_names (
    batch text primary key,
    name text not null
) strict, without rowid;
