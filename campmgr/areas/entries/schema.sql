-- Works as units keep them (an inventory), what becomes of each, their files, batches handed in, votes.
create table entries (
    entry text primary key,
    activity text not null,
    unit text not null,
    listed integer not null,
    listed_on text not null,
    title text not null,
    class text not null,
    sub text not null,
    theme text not null,
    also text not null,
    entrant text not null,
    author text not null,
    team text not null,
    created_on text not null,
    platform text not null,
    published_on text not null,
    link text not null,
    words text not null,
    joint integer not null,
    stated integer not null,
    source text not null,
    note text not null
) strict, without rowid;
create index entries_by_activity on entries (activity, unit);

-- Where a work has come to, as its own unit's scope says; only what stands there speaks for it.
create table entry_ways (
    unit text not null,
    entry text not null,
    activity text not null,
    stage text not null,
    -- where it is shown, joined by 、
    outlets text not null,
    staged_on text not null,
    reason text not null,
    -- what it has lost, joined by 、
    revoked text not null,
    revoked_reason text not null,
    primary key (unit, entry)
) strict, without rowid;
create index entry_ways_by_activity on entry_ways (activity, stage);

-- The link by which the same work is known again, whatever is written around it.
create table entry_links (
    unit text not null,
    entry text not null,
    link text not null,
    primary key (unit, entry)
) strict, without rowid;
create index entry_links_by_link on entry_links (link);

create table entry_files (
    unit text not null,
    entry text not null,
    role text not null,
    sha256 text not null,
    name text not null,
    bytes integer not null,
    -- what the file was found to be when it was attached: JSON
    probe text not null,
    primary key (unit, entry, role, sha256)
) strict, without rowid;
-- the same bytes under another title
create index entry_files_by_digest on entry_files (sha256);

-- works that are not one, though a link or a file is the same: somebody looked
create table entry_apart (
    unit text not null,
    entry text not null,
    why text not null,
    other text not null,
    primary key (unit, entry, why, other)
) strict, without rowid;

-- What was said of a work that not everybody who writes there may say: folded again with other rights.
create table entry_words (
    unit text not null,
    entry text not null,
    fact text not null,
    activity text not null,
    word text not null,
    said_on text not null,
    -- 1: whoever said it may not; it counts for nothing, and is told
    tells integer not null,
    primary key (unit, entry, fact)
) strict, without rowid;

create table vote_readings (
    unit text not null,
    entry text not null,
    channel text not null,
    read_at text not null,
    activity text not null,
    votes integer not null,
    -- how many were rejected for which reason: JSON
    rejected text not null,
    rounded integer not null,
    at_least integer not null,
    primary key (unit, entry, channel, read_at)
) strict, without rowid;
create index vote_readings_by_activity on vote_readings (activity, entry);

create table handins (
    unit text not null,
    handin text not null,
    activity text not null,
    window text not null,
    -- "closed" or "reopened"
    state text not null,
    late text not null,
    -- the works as they were handed in: JSON
    rows text not null,
    contact text not null,
    share text not null,
    statements text not null,
    sent_on text not null,
    digest text not null,
    reason text not null,
    primary key (unit, handin)
) strict, without rowid;
create index handins_by_activity on handins (activity, unit, window);

create table handin_entries (
    unit text not null,
    handin text not null,
    entry text not null,
    number integer not null,
    primary key (unit, handin, entry)
) strict, without rowid;
create index handin_entries_by_entry on handin_entries (entry);

-- A batch that the host takes though its window is over.
create table handin_leaves (
    unit text not null,
    handin text not null,
    activity text not null,
    window text not null,
    reason text not null,
    primary key (unit, handin)
) strict, without rowid;
create index handin_leaves_by_activity on handin_leaves (activity, unit);

-- As entry_words, of batches.
create table handin_words (
    unit text not null,
    handin text not null,
    fact text not null,
    activity text not null,
    word text not null,
    said_on text not null,
    -- 1: whoever said it may not; it counts for nothing, and is told
    tells integer not null,
    primary key (unit, handin, fact)
) strict, without rowid;

-- Where a unit is, for the head of its table; typed once, printed each time.
create table local_unit_addresses (
    unit text primary key,
    address text not null
) strict, without rowid;

-- The password of a shared link, of this data file alone: a fact stays for ever.
create table local_share_secrets (
    handin text primary key,
    secret text not null
) strict, without rowid;
